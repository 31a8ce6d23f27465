import { processOutput } from './output.ts'
import { stationCommand } from './stationCommand.ts'

process.exitCode = stationCommand(process.argv.slice(2), processOutput)
