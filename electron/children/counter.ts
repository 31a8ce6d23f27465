import { beginCounter } from '../../counter/beginCounter.ts'
import { runCounterProcess } from '../../counter/counterProcess.ts'
import { parentPortChannel } from './parentPortChannel.ts'

/**
 * Entry of the counter process in Electron, which would only warn of a rejection that nobody handles. It dies rather
 * than run half broken: the shell starts another.
 */
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`counter: ${reason instanceof Error ? reason.stack : 'unhandled rejection'}\n`)
  process.exit(1)
})

runCounterProcess(parentPortChannel(process.parentPort), beginCounter, (code) => process.exit(code))
