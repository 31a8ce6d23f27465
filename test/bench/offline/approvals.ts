import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { approve } from '../../../counter/session/approve.ts'
import type { SessionParts } from '../../../counter/session/parts.ts'
import { search } from '../../../counter/session/search.ts'
import type { Report } from '../report.ts'
import { quantile } from './holders.ts'
import { type BenchStation, PURCHASE, presented } from './station.ts'

const APPROVALS = 500
const WARM = 500

/** An approval without the server, from the tap's decision to what is on disk, against the writes it needs, in turn. */
export async function approvals(report: Report, { folder, parts }: BenchStation, holders: number): Promise<void> {
  const bare = bareWrites(join(folder, 'journal.db'), join(folder, 'bare.db'))
  const times = { ours: [] as number[], bare: [] as number[] }
  let before: string | null = null
  for (let turn = 0; turn < APPROVALS + WARM; turn++) {
    const redemptionId = parts.ids.uuid7()
    const ours = () => approveOne(parts, (turn * 6_007 + 11) % holders, redemptionId)
    // What comes second finds the disk's own journal just written, so each is first every other time.
    const first = turn % 2 === 0 ? await ours() : null
    const writes = before === null ? null : bare(before)
    const took = first ?? (await ours())
    before = redemptionId
    if (turn < WARM || writes === null) continue
    times.ours.push(took)
    times.bare.push(writes)
  }
  const p50 = { ours: quantile(times.ours, 0.5), bare: quantile(times.bare, 0.5) }
  const p99 = { ours: quantile(times.ours, 0.99), bare: quantile(times.bare, 0.99) }
  report({
    row: 'approve_p50_vs_raw_fsync',
    value: p50.ours / p50.bare,
    unit: 'ratio',
    detail: { approvals: APPROVALS, p50Ms: p50, p99Ms: p99 },
  })
}

/** Approves one coupon of a holder, alone, after the search that every tap begins with; milliseconds of the approval. */
export async function approveOne(parts: SessionParts, holder: number, redemptionId: string): Promise<number> {
  const media = presented(holder)
  const found = await search(parts, {
    type: 'search',
    question: 1,
    presented: media,
    purchase: PURCHASE,
    select: null,
  })
  const offer = found.kind === 'offers' ? found.response.usable[0] : undefined
  if (found.kind !== 'offers' || !offer) throw new Error('a holder without coupons')
  const { usable, unusable, best } = found.response
  const started = performance.now()
  const decided = await approve(parts, {
    type: 'redeem',
    redemptionId,
    presented: media,
    purchase: PURCHASE,
    select: { acquisitionIds: [offer.acquisitionId] },
    expectedTotalDiscount: offer.discount.total,
    offers: { medium: media, source: found.source, usable, unusable, best, selected: [], selection: null },
    waitedMs: found.waitedMs,
  })
  const ms = performance.now() - started
  if (decided.kind !== 'approved') throw new Error(`an approval was refused: ${JSON.stringify(decided.refused)}`)
  return ms
}

/**
 * The rows that an approval left in `journal`, written again into a file of the same tables: the intent, fsynced, then all
 * the others together, fsynced. Both are needed: an intent is on disk before anything of it can leave the machine or be
 * shown (CONTRACT.md §4.1), and the next start tells the cashier of one that the power ended. Milliseconds.
 */
function bareWrites(journal: string, path: string): (redemptionId: string) => number {
  const source = new Sqlite(journal, { readonly: true })
  const db = new Sqlite(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  for (const sql of source
    .prepare<[], string>(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type != 'trigger' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .pluck()
    .all()) {
    db.exec(sql)
  }
  const insertOf = (table: string) => {
    const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
    return db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
  }
  const intent = source.prepare<
    [string],
    { redemption_id: string; created_at: number; request: string; shown: string }
  >('SELECT redemption_id, created_at, request, shown FROM intent WHERE redemption_id = ?')
  const openIntent = db.prepare(
    "INSERT INTO intent (redemption_id, created_at, request, state) VALUES (?, ?, ?, 'open')",
  )
  const showIntent = db.prepare(
    "UPDATE intent SET state = 'shown', shown = ? WHERE redemption_id = ? AND state = 'open'",
  )
  const seq = source.prepare<[string], number>('SELECT seq FROM outbox WHERE redemption_id = ?').pluck()
  const others = [
    {
      insert: insertOf('event'),
      rows: source.prepare<[number], unknown[]>('SELECT * FROM event WHERE seq = ?').raw(),
      by: 'seq',
    },
    {
      insert: insertOf('outbox'),
      rows: source.prepare<[number], unknown[]>('SELECT * FROM outbox WHERE seq = ?').raw(),
      by: 'seq',
    },
    {
      insert: insertOf('overlay'),
      rows: source.prepare<[string], unknown[]>('SELECT * FROM overlay WHERE redemption_id = ?').raw(),
      by: 'redemption',
    },
  ]
  return (redemptionId) => {
    const asked = intent.get(redemptionId)
    const at = seq.get(redemptionId)
    if (!asked || at === undefined) throw new Error('an approval that left no rows')
    const found = others.map(({ insert, rows, by }) => ({
      insert,
      rows: rows.all((by === 'seq' ? at : redemptionId) as never),
    }))
    const started = performance.now()
    db.transaction(() => openIntent.run(asked.redemption_id, asked.created_at, asked.request)).immediate()
    db.transaction(() => {
      showIntent.run(asked.shown, redemptionId)
      for (const { insert, rows } of found) for (const row of rows) insert.run(row)
    }).immediate()
    return performance.now() - started
  }
}
