import { beginCounter } from './beginCounter.ts'
import { parentChannel } from './channel/childProcessChannel.ts'
import { runCounterProcess } from './counterProcess.ts'

/** The counter process: started by a shell over an IPC pipe (`core/counter/shellProtocol`), the only writer of its files. */
runCounterProcess(parentChannel(), beginCounter, (code) => process.exit(code))
