import { parseArgs } from 'node:util'
import type { ExportHeader } from '../core/events/exportFile.ts'
import { verifyJournal } from '../core/events/verify.ts'
import { chainCrypto } from '../counter/station/chainCrypto.ts'
import { writeExport } from '../counter/store/sqlite/rescue.ts'
import { eventWords, verdictWords } from './journalReport.ts'
import { keyOf, openJournal, stationKeyBeside } from './journalSource.ts'
import { say } from './say.ts'

const USAGE = `npm run journal -- verify FILE [--key KEY]
  checks numbers, chain, signatures and checkpoint of a journal: a journal.db (also a live one, which is only read), a copy
  of it, or a rescue file. Exit code 0: it is what the station wrote; 1: it is not, and where; 2: it cannot be read
  --key KEY     the station's public key, 43 characters of base64url, from the server's office; or the word station: from
                the station.json beside FILE. Without it: from there if there is one, else the key that the file itself names
npm run journal -- show FILE [--from SEQ]
  lists its events; of media nothing but their type is shown
npm run journal -- export --data-dir DIR FILE [--all]
  writes what the server has not taken (--all: everything) to FILE, for npm run server -- import FILE. Works on a damaged
  journal: what can be read of it is written
  --json        one line of JSON in place of words
  --help`

const BROKEN = 1
const UNREADABLE = 2

const options = {
  key: { type: 'string' },
  from: { type: 'string' },
  'data-dir': { type: 'string' },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const
type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

function main(): number {
  let given: { values: Values; positionals: string[] }
  try {
    given = parseArgs({ options, allowPositionals: true })
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = given
  const [command, file, ...more] = positionals
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (file === undefined || more.length > 0) return wrong('one command and one file')
  switch (command) {
    case 'verify':
      return verify(file, values)
    case 'show':
      return show(file, values)
    case 'export':
      return exportEvents(file, values)
    default:
      return wrong(`there is no command ${command}`)
  }
}

function verify(file: string, { key, json }: Values): number {
  const opened = openJournal(file)
  if (!opened.ok) return unreadable(file, opened.problem)
  const journal = opened.value
  try {
    const trusted = key === undefined || key === 'station' ? stationKeyBeside(file) : keyOf(key)
    if (key !== undefined && !trusted) {
      return wrong(
        key === 'station' ? 'there is no station.json beside the file' : 'a key has 43 characters of base64url',
      )
    }
    const publicKey = trusted ?? journal.publicKey
    if (!publicKey) return unreadable(file, 'it names no key: give --key')
    const verdict = verifyJournal(journal, chainCrypto(publicKey))
    const { complete } = journal
    const proof = trusted ? (key === undefined || key === 'station' ? 'station' : 'given') : 'file'
    const intact = verdict.broken === null && complete()
    const found = {
      ...verdict,
      intact,
      complete: complete(),
      proof,
      stationId: journal.stationId,
      checkpoint: journal.checkpoint,
      whole: journal.whole,
    } as const
    if (json) {
      const { broken, events, last, stationId } = found
      process.stdout.write(
        `${JSON.stringify({ intact, firstBad: broken?.seq ?? null, problem: broken?.problem ?? (intact ? null : 'cut_off'), events, last, stationId, key: proof })}\n`,
      )
    } else process.stdout.write(`${verdictWords(file, found).join('\n')}\n`)
    return intact ? 0 : BROKEN
  } finally {
    journal.close()
  }
}

function show(file: string, { from = '1', json }: Values): number {
  const opened = openJournal(file)
  if (!opened.ok) return unreadable(file, opened.problem)
  try {
    for (const event of opened.value.events) {
      if (typeof event === 'number')
        process.stdout.write(
          json ? `${JSON.stringify({ seq: event, unreadable: true })}\n` : `${event} cannot be read\n`,
        )
      else if (event.seq >= Number(from)) process.stdout.write(`${eventWords(event, json === true)}\n`)
    }
    return 0
  } finally {
    opened.value.close()
  }
}

function exportEvents(file: string, values: Values): number {
  const folder = values['data-dir']
  if (folder === undefined) return wrong('export wants --data-dir')
  const opened = openJournal(folder)
  if (!opened.ok || !opened.value.database) return unreadable(folder, opened.ok ? 'no journal.db' : opened.problem)
  try {
    const kind: ExportHeader['kind'] = values.all ? 'journal' : 'queue'
    const written = writeExport(opened.value.database, file, kind, Date.now())
    if (!written.ok) return unreadable(file, written.detail)
    const { events, unreadable: lost } = written.value
    if (values.json) process.stdout.write(`${JSON.stringify({ path: file, events, unreadable: lost })}\n`)
    else process.stdout.write(`${events} events are in ${file}\n`)
    if (lost.length > 0) say(`${lost.length} events are there and cannot be read: ${lost.slice(0, 20).join(', ')}`)
    return lost.length > 0 ? BROKEN : 0
  } finally {
    opened.value.close()
  }
}

function wrong(problem: string): number {
  say(`${problem}\n${USAGE}`)
  return UNREADABLE
}

function unreadable(file: string, problem: string): number {
  say(`${file}: ${problem}`)
  return UNREADABLE
}

process.exitCode = main()
