import { journalCommand } from './journalCommand.ts'
import { processOutput } from './output.ts'

process.exitCode = journalCommand(process.argv.slice(2), processOutput)
