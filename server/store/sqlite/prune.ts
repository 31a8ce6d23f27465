import type { Database } from 'better-sqlite3'
import { FAR_BEHIND, KEEPING_MS, NOTICES_KEPT_MS } from '../keeping.ts'

/** Rows of one kind in one transaction: short enough that a redemption behind it does not notice. */
const SLICE = 500
const DAY_MS = 86_400_000

/**
 * Erases a slice of what nobody can ask for any more; answers how many rows. Runs in the caller's transaction. `position`:
 * where the change feed is.
 */
export function pruning(db: Database, position: () => number): (now: number) => number {
  // Ids carry their time: what sorts below the smallest id of a moment is older.
  const acquisitions = db.prepare<[string, number]>(
    `DELETE FROM acquisition_requests WHERE acquisition_id IN
       (SELECT acquisition_id FROM acquisition_requests WHERE acquisition_id < ? LIMIT ?)`,
  )
  const refusals = db.prepare<[string, number]>(
    `DELETE FROM redemptions WHERE redemption_id IN
       (SELECT redemption_id FROM redemptions WHERE status = 'refused' AND redemption_id < ?
        AND NOT EXISTS (SELECT 1 FROM redemption_lines AS line WHERE line.redemption_id = redemptions.redemption_id)
        LIMIT ?)`,
  )
  const annuls = db.prepare<[string, number]>(
    `DELETE FROM rollbacks WHERE rollback_id IN
       (SELECT rollback_id FROM rollbacks WHERE state = 'waiting' AND rollback_id < ? LIMIT ?)`,
  )
  // A cursor this far behind is gone, and positions only rise.
  const changes = db.prepare<[number, number]>(
    `DELETE FROM holder_changes
     WHERE change_seq <= ? AND change_seq <= (SELECT min(change_seq) FROM holder_changes) + ?`,
  )
  // Looked at from the beginning: positions and times rise together.
  const notices = db.prepare<[number, number]>(
    `DELETE FROM outbox WHERE at < ? AND position <= (SELECT min(position) FROM outbox) + ?`,
  )
  const deliveries = db.prepare<[number]>(
    `DELETE FROM webhook_deliveries WHERE (endpoint_id, position) IN (SELECT endpoint_id, position
       FROM webhook_deliveries WHERE position < coalesce((SELECT min(position) FROM outbox), 0) LIMIT ?)`,
  )
  const oldEvents = db.prepare<[number], { station_id: string; seq: number }>(
    `SELECT s.station_id, (SELECT MIN(seq) FROM events e WHERE e.station_id = s.station_id AND e.seq > s.erased_through) AS seq
     FROM stations s WHERE EXISTS (SELECT 1 FROM events e WHERE e.station_id = s.station_id AND e.seq =
       (SELECT MIN(seq) FROM events f WHERE f.station_id = s.station_id AND f.seq > s.erased_through) AND e.received_at < ?)`,
  )
  const run = db.prepare<[string, number, number], { seq: number; received_at: number; settled: number }>(
    `SELECT seq, received_at, json_extract(result, '$.status') = 'confirmed' AS settled FROM events
     WHERE station_id = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  )
  const erase = db.prepare<[string, number]>('UPDATE events SET event = NULL WHERE station_id = ? AND seq = ?')
  const erasedThrough = db.prepare<[number, string]>('UPDATE stations SET erased_through = ? WHERE station_id = ?')

  const eraseBodies = (before: number): number => {
    let rows = 0
    for (const { station_id, seq } of oldEvents.all(before)) {
      let through = 0
      for (const event of run.all(station_id, seq, SLICE)) {
        if (event.received_at >= before) break
        // What a person may still have to judge keeps its story.
        if (event.settled) erase.run(station_id, event.seq)
        through = event.seq
        rows += 1
      }
      erasedThrough.run(through, station_id)
      if (rows >= SLICE) break
    }
    return rows
  }

  const bodyDays = db
    .prepare<[], number>("SELECT json_extract(value, '$.eventBodyDays') FROM settings WHERE name = 'retention'")
    .pluck()
  /** Never shorter than ids are remembered: until then an event may come again and is compared. */
  const bodiesKeptMs = (): number => Math.max(KEEPING_MS, (bodyDays.get() ?? 0) * DAY_MS)

  return (now) => {
    const before = now - KEEPING_MS
    const id = firstIdOf(before)
    const answers = [acquisitions, refusals, annuls].reduce((sum, kind) => sum + kind.run(id, SLICE).changes, 0)
    const told = notices.run(now - NOTICES_KEPT_MS, SLICE).changes + deliveries.run(SLICE).changes
    return told + answers + changes.run(position() - FAR_BEHIND, SLICE).changes + eraseBodies(now - bodiesKeptMs())
  }
}

/** The smallest UUIDv7 of a moment (RFC 9562 §5.7). */
function firstIdOf(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
