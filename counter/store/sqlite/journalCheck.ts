import { existsSync, rmSync, writeFileSync } from 'node:fs'
import {
  BEGINNING,
  type Broken,
  checkpointLink,
  type Link,
  nextLink,
  verifyJournal,
} from '../../../core/events/verify.ts'
import { chainCrypto } from '../../station/chainCrypto.ts'
import type { Journal } from '../counterStore.ts'
import { readCheckpoint } from './checkpoints.ts'
import { type Db, isDamage, UnusableFile } from './database.ts'
import { EVENT_COLUMNS, type EventRow, sealedEvent } from './eventRow.ts'

/** Events whose chain and signatures are looked at before the first customer: a few milliseconds. */
const TAIL = 64
/** Rows of one slice while the counter works: a few milliseconds of signatures. */
const SLICE = 32

/** What is read slice by slice besides events, and the column that orders it. */
const OTHER_TABLES = { outbox: 'seq', settlement: 'seq', intent: 'redemption_id', undo: 'redemption_id' } as const

/** Beside the journal after damage was met: the next start reads everything before it trusts the file. */
const markOf = (path: string): string => `${path}.damaged`

export const isMarked = (path: string): boolean => existsSync(markOf(path))

/** Remembers that the file at `path` was found damaged, and where. A disk that takes nothing more is told of otherwise. */
export function mark(path: string, detail: string): void {
  try {
    writeFileSync(markOf(path), `${detail}\n`, { mode: 0o600 })
  } catch {
    // The next start meets the same damage, only later.
  }
}

/** Whose signatures the journal bears: claims an empty one for `publicKey`. Throws `UnusableFile` for another's. */
export function claimJournal(db: Db, publicKey: Uint8Array): void {
  const known = db.prepare<[], Buffer>('SELECT public_key FROM signing_key').pluck().get()
  if (!known) db.prepare('INSERT INTO signing_key VALUES (1, ?)').run(publicKey)
  else if (!known.equals(publicKey))
    throw new UnusableFile('of_another_key', 'signed with another key than the station has')
}

/**
 * Looks at a journal before anything is written to it: the newest events, which the next one follows; all of it when
 * damage was met before. Throws `UnusableFile` at the first thing that is not as the station wrote it.
 */
export function checkAtStart(db: Db, path: string, publicKey: Uint8Array): void {
  const marked = isMarked(path)
  const broken = marked ? firstBreak(db, publicKey) : breakInTail(db, publicKey)
  if (broken) throw new UnusableFile('corrupt', `event ${broken.seq}: ${broken.problem}`)
  if (marked) rmSync(markOf(path), { force: true })
}

function breakInTail(db: Db, publicKey: Uint8Array): Broken | null {
  const crypto = chainCrypto(publicKey)
  const start = startOf(db, publicKey)
  if (!start.ok) return start.broken
  const newest = db.prepare<[], number | null>('SELECT MAX(seq) FROM event').pluck().get() ?? 0
  const after = Math.max(start.value.seq, newest - TAIL)
  let link: Link | null = after === start.value.seq ? start.value : null
  for (const row of rowsAfter(db, after, TAIL)) {
    const next = nextLink(link ?? { seq: row.seq - 1, hash: row.prev_hash }, sealedEvent(row), crypto)
    if (!next.ok) return next.broken
    link = next.value
  }
  return null
}

function firstBreak(db: Db, publicKey: Uint8Array): Broken | null {
  const all = db.prepare<[], EventRow>(`SELECT ${EVENT_COLUMNS} FROM event e ORDER BY e.seq`)
  const events = function* () {
    for (const row of all.iterate()) yield sealedEvent(row)
  }
  return verifyJournal({ checkpoint: readCheckpoint(db), whole: true, events: events() }, chainCrypto(publicKey)).broken
}

function startOf(db: Db, publicKey: Uint8Array) {
  const checkpoint = readCheckpoint(db)
  return checkpoint ? checkpointLink(checkpoint, chainCrypto(publicKey)) : { ok: true as const, value: BEGINNING }
}

const rowsAfter = (db: Db, seq: number, limit: number): EventRow[] =>
  db
    .prepare<[number, number], EventRow>(`SELECT ${EVENT_COLUMNS} FROM event e WHERE e.seq > ? ORDER BY e.seq LIMIT ?`)
    .all(seq, limit)

/** Reads the whole journal again and again, a slice at a time, while the counter works. */
export function scrubbing(db: Db, publicKey: Uint8Array): Pick<Journal, 'scrub'> {
  const crypto = chainCrypto(publicKey)
  const others = Object.entries(OTHER_TABLES).map(([table, key]) =>
    db.prepare<[string | number, number], Record<string, string | number>>(
      `SELECT *, ${key} AS place FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`,
    ),
  )
  let link: Link | null = null
  let table = 0
  let place: string | number = ''

  const eventSlice = (): 'more' | 'next' | Broken => {
    const start = startOf(db, publicKey)
    if (!start.ok) return start.broken
    // A checkpoint may have taken in what was to be read next.
    let at: Link = link && link.seq > start.value.seq ? link : start.value
    const rows = rowsAfter(db, at.seq, SLICE)
    for (const row of rows) {
      const next = nextLink(at, sealedEvent(row), crypto)
      if (!next.ok) return next.broken
      at = next.value
    }
    link = at
    return rows.length < SLICE ? 'next' : 'more'
  }
  const otherSlice = (): 'more' | 'next' => {
    // Text sorts after every number, so the empty text begins no table of numbers.
    const rows = others[table - 1]?.all(place === '' && table <= 2 ? 0 : place, SLICE) ?? []
    place = rows.at(-1)?.place ?? ''
    return rows.length < SLICE ? 'next' : 'more'
  }

  return {
    scrub() {
      try {
        const read = table === 0 ? eventSlice() : otherSlice()
        if (typeof read === 'object') return { state: 'damaged', detail: `event ${read.seq}: ${read.problem}` }
        if (read === 'more') return { state: 'more' }
        table = (table + 1) % (others.length + 1)
        place = ''
        link = null
        return { state: table === 0 ? 'done' : 'more' }
      } catch (error) {
        if (!isDamage(error)) throw error
        return { state: 'damaged', detail: (error as Error).message }
      }
    },
  }
}
