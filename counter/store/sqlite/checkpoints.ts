import { type Checkpoint, checkpointHash, SignedCheckpoint } from '../../../core/events/checkpoint.ts'
import { sha256 } from '../../station/hashes.ts'
import type { Sealer } from '../../station/sealer.ts'
import type { Journal } from '../counterStore.ts'
import { type Db, write } from './database.ts'
import { tallyOf } from './tally.ts'

const DAY_MS = 86_400_000

/**
 * Settled events stay this long: longer than any copy may be old (720 hours), so that whatever a decision could rest on is
 * in the copy before it leaves the journal.
 */
export const KEEP_MS = 35 * DAY_MS
/** A forced line that nobody resolves stays this many times longer. */
const UNRESOLVED = 4
/** More settled events than these leave whatever their age: a clock that ran ahead must not fill the disk. */
const KEEP_EVENTS = 200_000
/** Rows in one transaction: a few milliseconds, so that a tap never waits for the broom. */
const SLICE = 200
const FREE_PAGES = 64

interface OldRow {
  readonly seq: number
  readonly type: string
  readonly at: number
  readonly hash: Buffer
  readonly total: number | null
  readonly waiting: string | null
  readonly settled: 'confirmed' | 'forced' | 'resolved' | null
}

/** The journal's checkpoint; null: every event since the first is there. */
export function readCheckpoint(db: Db): SignedCheckpoint | null {
  const signed = db.prepare<[], string>('SELECT signed FROM checkpoint').pluck().get()
  return signed === undefined ? null : SignedCheckpoint.parse(JSON.parse(signed))
}

/**
 * Makes signed checkpoints of what is settled and old, a slice at a time, and gives the space back to the file system.
 * What waits for the server or for a manager's word never goes, nor does the newest event, which the next one follows.
 */
export function tidying(db: Db, sealer: Sealer): Pick<Journal, 'tidy'> {
  const newest = db.prepare<[], number | null>('SELECT MAX(seq) FROM event').pluck()
  const columns = `e.seq, e.type, e.corrected_at AS at, e.hash, o.state AS waiting, s.status AS settled,
    CASE e.type WHEN 'redemption' THEN json_extract(e.body, '$.totalDiscount') END AS total`
  const joined = 'event e LEFT JOIN outbox o ON o.seq = e.seq LEFT JOIN settlement s ON s.seq = e.seq'
  const next = db.prepare<[number, number], OldRow>(
    `SELECT ${columns} FROM ${joined} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
  )
  const one = db.prepare<[number], OldRow>(`SELECT ${columns} FROM ${joined} WHERE e.seq = ?`)
  const put = db.prepare('REPLACE INTO checkpoint VALUES (1, ?)')
  const dropSettlement = db.prepare('DELETE FROM settlement WHERE seq = ?')
  const dropEvent = db.prepare('DELETE FROM event WHERE seq = ?')
  // Ids carry their time: what sorts below this one is older.
  const oldIntents = db.prepare<[string, number]>(
    `DELETE FROM intent WHERE redemption_id IN
       (SELECT redemption_id FROM intent WHERE redemption_id < ? AND state <> 'open' LIMIT ?)`,
  )
  const oldUndos = db.prepare<[string, number]>(
    `DELETE FROM undo WHERE redemption_id IN
       (SELECT redemption_id FROM undo WHERE redemption_id < ? AND state <> 'pending' LIMIT ?)`,
  )
  const oldUses = db.prepare<[number]>('DELETE FROM overlay WHERE change_seq IS NOT NULL AND used_at < ?')
  // The newest change stays: the next one is to have a higher number.
  const oldSales = db.prepare<[number, number]>(
    `DELETE FROM pos_sale WHERE (pos_id, sale_id) IN
       (SELECT pos_id, sale_id FROM pos_sale
        WHERE coalesce(ended_at, opened_at) < ? AND on_screen = 0 AND change_seq < (SELECT max(change_seq) FROM pos_sale)
        LIMIT ?)`,
  )
  const oldResolutions = db.prepare<[number]>(
    'DELETE FROM resolution WHERE at < ? AND NOT EXISTS (SELECT 1 FROM event WHERE event.id = resolution.event_id)',
  )
  const tally = tallyOf(db)
  const freePages = () => db.pragma('freelist_count', { simple: true }) as number

  /** Takes a slice of what is old into the checkpoint; how many events left. */
  const advance = (now: number, keepMs: number): number => {
    const oldest = now - keepMs
    const undecided = ({ waiting, settled, at }: OldRow): boolean =>
      waiting !== null || (settled === 'forced' && at >= now - UNRESOLVED * keepMs)
    const before = readCheckpoint(db)?.checkpoint ?? null
    const last = newest.get() ?? 0
    const sum = before ? structuredClone(before) : emptyCheckpoint()
    const leaving: OldRow[] = []
    sum.kept = sum.kept.filter(({ seq }) => {
      const row = one.get(seq)
      if (row && undecided(row)) return true
      if (row) leaving.push(row)
      return false
    })
    for (const row of next.iterate(sum.throughSeq, SLICE)) {
      const old = row.at < oldest || row.seq <= last - KEEP_EVENTS
      if (!old || row.seq >= last || row.waiting === 'stored') break
      if (sum.throughSeq === 0) sum.from = new Date(row.at).toISOString()
      sum.throughSeq = row.seq
      sum.hash = row.hash.toString('base64url')
      sum.through = new Date(row.at).toISOString()
      if (undecided(row)) sum.kept.push({ seq: row.seq, hash: sum.hash })
      else leaving.push(row)
    }
    if (leaving.length === 0) return 0
    tally.changed()
    for (const row of leaving) {
      sum.types[row.type] = (sum.types[row.type] ?? 0) + 1
      if (row.settled) sum.settled[row.settled] += 1
      sum.totalDiscount += row.total ?? 0
      dropSettlement.run(row.seq)
      dropEvent.run(row.seq)
    }
    sum.at = new Date(now).toISOString()
    const sig = Buffer.from(sealer.sign(checkpointHash(sum, sha256))).toString('base64url')
    put.run(JSON.stringify({ checkpoint: sum, sig } satisfies SignedCheckpoint))
    return leaving.length
  }

  return {
    tidy(now, keepMs = KEEP_MS) {
      const oldest = now - keepMs
      const done = write(db, () => {
        const events = advance(now, keepMs)
        const ofIds = oldIntents.run(idAt(oldest), SLICE).changes + oldUndos.run(idAt(oldest), SLICE).changes
        const rows = ofIds + oldSales.run(oldest, SLICE).changes
        oldUses.run(oldest)
        oldResolutions.run(oldest)
        return { events, rows }
      })
      if (!done.ok) return done
      if (freePages() > 0) db.pragma(`incremental_vacuum(${FREE_PAGES})`)
      const { events, rows } = done.value
      return { ok: true, value: { events, more: events > 0 || rows > 0 || freePages() > FREE_PAGES } }
    },
  }
}

/** The smallest UUIDv7 of a moment. */
function idAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

type Sum = { -readonly [Field in keyof Checkpoint]: Checkpoint[Field] }

function emptyCheckpoint(): Sum {
  const epoch = new Date(0).toISOString()
  return {
    version: 1,
    throughSeq: 0,
    hash: '',
    at: epoch,
    from: epoch,
    through: epoch,
    types: {},
    settled: { confirmed: 0, forced: 0, resolved: 0 },
    totalDiscount: 0,
    kept: [],
  }
}
