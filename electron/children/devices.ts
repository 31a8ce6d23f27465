import { runDevices } from '../../counter/devices/devices.ts'
import { liveBesideShell } from '../../counter/livingProgram.ts'
import { systemClock, systemIds } from '../../counter/system.ts'
import { parentPortChannel } from './parentPortChannel.ts'

/** Entry of the devices process in Electron. */
const channel = parentPortChannel(process.parentPort)
liveBesideShell('devices', channel)
const devices = runDevices(channel, systemClock, systemIds)
channel.onClosed(() => void devices.stop().finally(() => process.exit(0)))
