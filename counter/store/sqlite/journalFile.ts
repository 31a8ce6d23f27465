import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SignedCheckpoint } from '../../../core/events/checkpoint.ts'
import type { StationEvent } from '../../../core/events/event.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type { Db } from './database.ts'
import { EVENT_COLUMNS, type EventRow, sealedEvent } from './eventRow.ts'
import { BESIDE } from './files.ts'
import { transplantSchema } from './transplant.ts'

/** A journal that is only looked at: a live one, a copy, a damaged one. What cannot be read of it is null. */
export interface JournalFile {
  readonly stationId: string | null
  readonly publicKey: Uint8Array | null
  readonly checkpoint: SignedCheckpoint | null
  /** Numbers of the events that the server has not taken; null: unreadable. */
  readonly waiting: readonly number[] | null
  /** By rising number; a number alone is an event that cannot be read. */
  events(): Iterable<StationEvent | number>
  event(seq: number): StationEvent | null
  close(): void
}

const SLICE = 500
/** Without a readable end, numbers are tried until so many in a row are nothing. */
const NOTHING_MORE = 20_000

/** Opens the journal at `path` without writing to it, whatever state it is in. Refused when it is none. */
export function openJournalFile(path: string): Outcome<JournalFile, { readonly problem: string }> {
  if (!existsSync(path)) return refused({ problem: 'no such file' })
  let opened: { db: Db; release: () => void }
  try {
    opened = openReadOnly(path)
  } catch (error) {
    return refused({ problem: (error as Error).message })
  }
  const { db, release } = opened
  const close = () => {
    db.close()
    release()
  }
  try {
    return accepted({ ...contentOf(db), close })
  } catch (error) {
    close()
    return refused({ problem: `not a journal that this program can read: ${(error as Error).message}` })
  }
}

/**
 * On a disk that cannot be written SQLite finds no room for its lock file: then a copy is opened. So it is where the pages
 * are damaged that say what is where, which the copy is given anew.
 */
function openReadOnly(path: string): { db: Db; release: () => void } {
  try {
    return { db: readOnly(path), release: () => {} }
  } catch (error) {
    const { code } = error as { code?: unknown }
    const unreadable = /^SQLITE_(CORRUPT|NOTADB)/.test(String(code))
    if (!unreadable && !/^SQLITE_(CANTOPEN|READONLY|IOERR)/.test(String(code))) throw error
    return openCopy(path, unreadable)
  }
}

function readOnly(file: string): Db {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    db.pragma('user_version')
    db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function openCopy(path: string, damaged: boolean): { db: Db; release: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-journal-'))
  const release = () => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'journal.db')
    copyFileSync(path, copy)
    for (const suffix of BESIDE) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
    if (damaged) transplantSchema(copy)
    return { db: readOnly(copy), release }
  } catch (error) {
    release()
    throw error
  }
}

function contentOf(db: Db): Omit<JournalFile, 'close'> {
  const one = db.prepare<[number], EventRow>(`SELECT ${EVENT_COLUMNS} FROM event e WHERE e.seq = ?`)
  const range = db.prepare<[number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM event e WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq`,
  )
  const checkpoint = readable(() => {
    const signed = db.prepare<[], string>('SELECT signed FROM checkpoint').pluck().get()
    return signed === undefined ? null : SignedCheckpoint.parse(JSON.parse(signed))
  })
  const bound = (which: 'MIN' | 'MAX') =>
    readable(() => db.prepare<[], number | null>(`SELECT ${which}(seq) FROM event`).pluck().get() ?? 0)

  const event = (seq: number): StationEvent | null => {
    const row = readable(() => one.get(seq) ?? null)
    return row && readable(() => sealedEvent(row))
  }
  const events = function* (): Generator<StationEvent | number> {
    const last = bound('MAX')
    let nothing = 0
    for (let after = Math.max(0, (bound('MIN') ?? 1) - 1); last === null ? nothing < NOTHING_MORE : after < last; ) {
      const through = after + SLICE
      const slice = readable(() => range.all(after, through).map((row) => readable(() => sealedEvent(row)) ?? row.seq))
      const found = slice ?? singly(after, last === null ? through : Math.min(through, last), event)
      nothing = found.some((item) => typeof item !== 'number') ? 0 : nothing + SLICE
      // Without a known end, a number that leads nowhere may be beyond it.
      yield* last === null ? found.filter((item) => typeof item !== 'number') : found
      after = through
    }
  }

  return {
    stationId: readable(() => db.prepare<[], string>('SELECT station_id FROM station').pluck().get() ?? null),
    publicKey: readable(() => db.prepare<[], Buffer>('SELECT public_key FROM signing_key').pluck().get() ?? null),
    checkpoint,
    waiting: readable(() => db.prepare<[], number>('SELECT seq FROM outbox ORDER BY seq').pluck().all()),
    events,
    event,
  }
}

/** Where a whole slice cannot be read, what can be of it, one by one. */
function singly(
  after: number,
  through: number,
  event: (seq: number) => StationEvent | null,
): (StationEvent | number)[] {
  const found: (StationEvent | number)[] = []
  for (let seq = after + 1; seq <= through; seq++) found.push(event(seq) ?? seq)
  return found
}

/** null for what a damaged page does not give. */
function readable<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
