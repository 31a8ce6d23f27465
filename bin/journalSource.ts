import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StationEvent } from '../core/events/event.ts'
import { ExportEnd, ExportHeader } from '../core/events/exportFile.ts'
import type { FoundJournal } from '../core/events/verify.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { type JournalFile, openJournalFile } from '../counter/store/sqlite/journalFile.ts'

/** A journal in whatever file it is. */
export interface JournalSource extends FoundJournal {
  readonly stationId: string | null
  readonly publicKey: Uint8Array | null
  /** null: it is a rescue file. */
  readonly database: JournalFile | null
  /** Whether a file that has an end was read up to it; only true after `events`. */
  complete(): boolean
  close(): void
}

const SQLITE_MAGIC = 'SQLite format 3\0'

/** Opens a journal.db, a folder with one, or a rescue file; refused in words. */
export function openJournal(path: string): Outcome<JournalSource, { readonly problem: string }> {
  try {
    const file = statSync(path).isDirectory() ? join(path, 'journal.db') : path
    return beginningOf(file) === SQLITE_MAGIC ? database(file) : exported(file)
  } catch (error) {
    return refused({ problem: (error as Error).message })
  }
}

function database(path: string): Outcome<JournalSource, { readonly problem: string }> {
  const opened = openJournalFile(path)
  if (!opened.ok) return opened
  const { stationId, publicKey, checkpoint, close } = opened.value
  return accepted({
    stationId,
    publicKey,
    checkpoint,
    whole: true,
    events: opened.value.events(),
    database: opened.value,
    complete: () => true,
    close,
  })
}

function exported(path: string): Outcome<JournalSource, { readonly problem: string }> {
  const lines = linesOf(path)
  const first = lines.next()
  const header = ExportHeader.safeParse(first.done ? null : json(first.value))
  if (!header.success) return refused({ problem: 'neither a journal.db nor a rescue file' })
  let complete = false
  const events = function* (): Generator<StationEvent | number> {
    let seq = 0
    let count = 0
    for (const line of lines) {
      const value = json(line)
      const end = ExportEnd.safeParse(value)
      if (end.success) {
        complete = end.data.events === count
        return
      }
      const event = StationEvent.safeParse(value)
      count += 1
      seq = event.success ? event.data.seq : seq + 1
      // As it stands in the file: what is checked is what was written.
      yield event.success ? (value as StationEvent) : seq
    }
  }
  const { stationId, publicKey, checkpoint, kind } = header.data
  return accepted({
    stationId,
    publicKey: publicKey === null ? null : Buffer.from(publicKey, 'base64url'),
    checkpoint,
    whole: kind === 'journal',
    events: events(),
    database: null,
    complete: () => complete,
    close: () => void lines.return(undefined),
  })
}

/** A raw Ed25519 key from its text; null for another text. */
export function keyOf(text: string): Uint8Array | null {
  return /^[A-Za-z0-9_-]{43}$/.test(text) ? Buffer.from(text, 'base64url') : null
}

/** The public key in the station.json beside a journal; null: there is none. Nothing else of that file is looked at. */
export function stationKeyBeside(path: string): Uint8Array | null {
  try {
    const folder = statSync(path).isDirectory() ? path : dirname(path)
    const { publicKey } = JSON.parse(readFileSync(join(folder, 'station.json'), 'utf8')) as { publicKey?: unknown }
    return typeof publicKey === 'string' ? keyOf(publicKey) : null
  } catch {
    return null
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(SQLITE_MAGIC.length)
    readSync(file, bytes, 0, bytes.length, 0)
    return bytes.toString('latin1')
  } finally {
    closeSync(file)
  }
}

const CHUNK = 256 * 1024

/** A file's lines, a piece of it in memory at a time. */
function* linesOf(path: string): Generator<string, undefined> {
  const file = openSync(path, 'r')
  const decoder = new TextDecoder()
  try {
    const bytes = Buffer.alloc(CHUNK)
    let rest = ''
    for (let read = readSync(file, bytes); read > 0; read = readSync(file, bytes)) {
      const lines = (rest + decoder.decode(bytes.subarray(0, read), { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield line
    }
    if (rest !== '') yield rest
    return undefined
  } finally {
    closeSync(file)
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
