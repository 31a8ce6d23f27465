import { parseArgs } from 'node:util'
import type { ExportHeader } from '../core/events/exportFile.ts'
import { verifyJournal } from '../core/events/verify.ts'
import { chainCrypto } from '../counter/station/chainCrypto.ts'
import { writeExport } from '../counter/store/sqlite/rescue.ts'
import { eventWords, verdictWords } from './journalReport.ts'
import { keyOf, openJournal, stationKeyBeside } from './journalSource.ts'
import type { Output } from './output.ts'

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

/** `npm run journal -- ARGUMENTS`; answers the exit code. */
export function journalCommand(args: readonly string[], output: Output): number {
  let given: { values: Values; positionals: string[] }
  try {
    given = parseArgs({ args: withKeyJoined(args), options, allowPositionals: true })
  } catch (error) {
    return wrong(output, error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = given
  const [command, file, ...more] = positionals
  if (values.help) {
    output.out(USAGE)
    return 0
  }
  if (file === undefined || more.length > 0) return wrong(output, 'one command and one file')
  switch (command) {
    case 'verify':
      return verify(file, values, output)
    case 'show':
      return show(file, values, output)
    case 'export':
      return exportEvents(file, values, output)
    default:
      return wrong(output, `there is no command ${command}`)
  }
}

function verify(file: string, { key, json }: Values, output: Output): number {
  const opened = openJournal(file)
  if (!opened.ok) return unreadable(output, file, opened.problem)
  const journal = opened.value
  try {
    const trusted = key === undefined || key === 'station' ? stationKeyBeside(file) : keyOf(key)
    if (key !== undefined && !trusted) {
      return wrong(
        output,
        key === 'station' ? 'there is no station.json beside the file' : 'a key has 43 characters of base64url',
      )
    }
    const publicKey = trusted ?? journal.publicKey
    if (!publicKey) return unreadable(output, file, 'it names no key: give --key')
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
      const firstBad = broken?.seq ?? null
      const problem = broken?.problem ?? (intact ? null : 'cut_off')
      output.out(JSON.stringify({ intact, firstBad, problem, events, last, stationId, key: proof }))
    } else output.out(verdictWords(file, found).join('\n'))
    return intact ? 0 : BROKEN
  } finally {
    journal.close()
  }
}

function show(file: string, { from = '1', json }: Values, output: Output): number {
  const opened = openJournal(file)
  if (!opened.ok) return unreadable(output, file, opened.problem)
  try {
    for (const event of opened.value.events) {
      if (typeof event === 'number')
        output.out(json ? JSON.stringify({ seq: event, unreadable: true }) : `${event} cannot be read`)
      else if (event.seq >= Number(from)) output.out(eventWords(event, json === true))
    }
    return 0
  } finally {
    opened.value.close()
  }
}

function exportEvents(file: string, values: Values, output: Output): number {
  const folder = values['data-dir']
  if (folder === undefined) return wrong(output, 'export wants --data-dir')
  const opened = openJournal(folder)
  if (!opened.ok || !opened.value.database)
    return unreadable(output, folder, opened.ok ? 'no journal.db' : opened.problem)
  try {
    const kind: ExportHeader['kind'] = values.all ? 'journal' : 'queue'
    const written = writeExport(opened.value.database, file, kind, Date.now())
    if (!written.ok) return unreadable(output, file, written.detail)
    const { events, unreadable: lost } = written.value
    if (values.json) output.out(JSON.stringify({ path: file, events, unreadable: lost }))
    else output.out(`${events} events are in ${file}`)
    if (lost.length > 0)
      output.err(`${lost.length} events are there and cannot be read: ${lost.slice(0, 20).join(', ')}`)
    return lost.length > 0 ? BROKEN : 0
  } finally {
    opened.value.close()
  }
}

function wrong({ err }: Output, problem: string): number {
  err(`${problem}\n${USAGE}`)
  return UNREADABLE
}

function unreadable({ err }: Output, file: string, problem: string): number {
  err(`${file}: ${problem}`)
  return UNREADABLE
}

/** A key may begin with `-`, which parseArgs would take for an option. */
function withKeyJoined(args: readonly string[]): string[] {
  const at = args.indexOf('--key')
  const key = args[at + 1]
  return at < 0 || key === undefined ? [...args] : [...args.slice(0, at), `--key=${key}`, ...args.slice(at + 2)]
}
