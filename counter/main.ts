import { beginCounter } from './beginCounter.ts'
import { parentChannel } from './channel/childProcessChannel.ts'
import { runCounterProcess } from './counterProcess.ts'
import { liveBesideShell } from './livingProgram.ts'

/** The counter process: started by a shell over an IPC pipe (`core/counter/shellProtocol`), the only writer of its files. */
const channel = parentChannel()
liveBesideShell('counter', channel)
runCounterProcess(channel, beginCounter, (code) => process.exit(code))
