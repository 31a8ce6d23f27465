import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Store } from '../../../core/objective.ts'
import type { SessionParts } from '../../../counter/session/parts.ts'
import { search } from '../../../counter/session/search.ts'
import { Snapshotter } from '../../../counter/sync/snapshotter.ts'
import type { Report } from '../report.ts'
import { median } from './holders.ts'
import { benchStation, PURCHASE, presented } from './station.ts'

const ROUNDS = 3

type Server = { url: string; token: string; store: Store; settings: unknown }

/** From nothing to the first answered tap, against a bulk insert of the same coupons into a bare table. */
export async function snapshot(report: Report, server: Server): Promise<void> {
  // The server makes it once for everybody; what is measured is how it comes.
  const rounds: { ours: number; bare: number; stall: number }[] = []
  let size = { ours: 0, bare: 0, rows: 0 }
  for (let round = 0; round <= ROUNDS; round++) {
    const station = benchStation(server)
    try {
      const { readyMs, stallMs } = await timed(station.parts)
      const path = join(station.folder, 'replica.db')
      const { ms, bytes, rows } = bareInsert(path)
      size = { ours: statSync(path).size, bare: bytes, rows }
      if (round > 0) rounds.push({ ours: readyMs, bare: ms, stall: stallMs })
    } finally {
      station.close()
    }
  }
  const ms = (of: 'ours' | 'bare' | 'stall') => rounds.map((round) => Math.round(round[of]))
  report({
    row: 'snapshot_rows_vs_raw',
    value: median(rounds.map(({ ours, bare }) => bare / ours)),
    unit: 'ratio',
    detail: { rows: size.rows, readyMs: ms('ours'), bareInsertMs: ms('bare'), longestStallMs: ms('stall') },
  })
  report({
    row: 'file_size_vs_raw',
    value: size.ours / size.bare,
    unit: 'ratio',
    detail: { rows: size.rows, replicaMb: mb(size.ours), bareTableMb: mb(size.bare) },
  })
}

const mb = (bytes: number) => Math.round(bytes / 10_000) / 100

/** Fetches a copy into a station. */
snapshot.fill = async (parts: SessionParts): Promise<void> => {
  await timed(parts)
}

async function timed(parts: SessionParts): Promise<{ readyMs: number; stallMs: number }> {
  let stallMs = 0
  let last = performance.now()
  const beat = setInterval(() => {
    const now = performance.now()
    stallMs = Math.max(stallMs, now - last - 5)
    last = now
  }, 5)
  const started = performance.now()
  const snapshotter = new Snapshotter({ ...parts, changed: () => {}, resent: () => {} })
  while (snapshotter.isWanted) {
    const delayMs = await snapshotter.step()
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
  }
  parts.connectivity.force(true)
  const question = 1
  const found = await search(parts, {
    type: 'search',
    question,
    presented: presented(1),
    purchase: PURCHASE,
    select: null,
  })
  const readyMs = performance.now() - started
  clearInterval(beat)
  if (found.kind !== 'offers' || found.response.usable.length === 0) throw new Error('the first tap found nothing')
  return { readyMs, stallMs }
}

/** The coupons of a replica into a table that has nothing but them, in one fsynced transaction. */
function bareInsert(replica: string): { ms: number; bytes: number; rows: number } {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
  const source = new Sqlite(replica, { readonly: true })
  const rows = source
    .prepare<[], unknown[]>(
      'SELECT holder_ref, acquisition_id, campaign_ref, uses_left, expires_at, revoked FROM acquisition',
    )
    .raw()
    .all()
  source.close()
  const path = join(folder, 'bare.db')
  const db = new Sqlite(path)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec(`CREATE TABLE acquisition (holder_ref INTEGER NOT NULL, acquisition_id BLOB NOT NULL,
      campaign_ref INTEGER NOT NULL, uses_left INTEGER NOT NULL, expires_at INTEGER, revoked INTEGER NOT NULL) STRICT`)
    const insert = db.prepare('INSERT INTO acquisition VALUES (?, ?, ?, ?, ?, ?)')
    const started = performance.now()
    db.transaction(() => {
      for (const row of rows) insert.run(row)
    })()
    const ms = performance.now() - started
    db.pragma('wal_checkpoint(TRUNCATE)')
    return { ms, bytes: statSync(path).size, rows: rows.length }
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
