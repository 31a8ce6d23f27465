import { beginCounter } from './beginCounter.ts'
import { parentChannel } from './channel/childProcessChannel.ts'
import { runCounterProcess } from './counterProcess.ts'

/** It dies rather than run half broken: the shell starts another, which finds everything on disk. */
process.on('unhandledRejection', (reason) => {
  process.stderr.write(`counter: ${reason instanceof Error ? reason.stack : 'unhandled rejection'}\n`)
  process.exit(1)
})

/** The counter process: started by a shell over an IPC pipe (`core/counter/shellProtocol`), the only writer of its files. */
runCounterProcess(parentChannel(), beginCounter, (code) => process.exit(code))
