import { parentChannel } from '../channel/childProcessChannel.ts'
import { liveBesideShell } from '../livingProgram.ts'
import { systemClock, systemIds } from '../system.ts'
import { runDevices } from './devices.ts'

/** Entry of the devices process in the browser shell: a child with an IPC pipe. */
const channel = parentChannel()
liveBesideShell('devices', channel)
const devices = runDevices(channel, systemClock, systemIds)

/** Native libraries may hang while they close; nothing here is worth waiting for longer. */
const CLOSE_DEADLINE_MS = 1_000

channel.onClosed(() => {
  setTimeout(() => process.exit(0), CLOSE_DEADLINE_MS).unref()
  void devices.stop().finally(() => process.exit(0))
})
