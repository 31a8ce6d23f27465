import { loadRun, namesIn } from '../namedFile.ts'
import { type BenchRow, formatRow } from './report.ts'

/** `npm run bench -- NAME [--json] [options]`: runs test/bench/NAME.ts and prints one line a row. */
const folder = import.meta.dirname
const words = process.argv.slice(2)
const json = words.includes('--json')
const [name, ...options] = words.filter((word) => word !== '--json')
const names = namesIn(folder, ['main.ts', 'report.ts'])

if (name === undefined || !names.includes(name)) {
  console.error(`usage: npm run bench -- NAME [--json]\nNAME is one of: ${names.join(', ')}`)
  process.exitCode = 2
} else {
  const run = await loadRun(folder, name)
  await run((row: BenchRow) => console.log(formatRow(name, row, json)), options)
}
