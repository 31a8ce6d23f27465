import { runDevices } from '../../counter/devices/devices.ts'
import { systemClock, systemIds } from '../../counter/system.ts'
import { parentPortChannel } from './parentPortChannel.ts'

/** Entry of the devices process in Electron. It dies rather than run half broken: the shell starts another. */
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`devices: ${reason instanceof Error ? reason.stack : 'unhandled rejection'}\n`)
  process.exit(1)
})

const channel = parentPortChannel(process.parentPort)
const devices = runDevices(channel, systemClock, systemIds)
channel.onClosed(() => void devices.stop().finally(() => process.exit(0)))
