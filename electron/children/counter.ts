import { beginCounter } from '../../counter/beginCounter.ts'
import { runCounterProcess } from '../../counter/counterProcess.ts'
import { liveBesideShell } from '../../counter/livingProgram.ts'
import { parentPortChannel } from './parentPortChannel.ts'

/** Entry of the counter process in Electron. */
const channel = parentPortChannel(process.parentPort)
liveBesideShell('counter', channel)
runCounterProcess(channel, beginCounter, (code) => process.exit(code))
