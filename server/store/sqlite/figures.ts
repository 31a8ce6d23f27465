import type { Database } from 'better-sqlite3'

/** Counts worth watching, by metric name. Cheap: nothing that grows with the number of redemptions is counted. */
export function figures(db: Database, position: () => number): () => Readonly<Record<string, number>> {
  const overuse = db.prepare<[], number>('SELECT count(*) FROM overuse WHERE resolution IS NULL').pluck()
  const quarantined = db.prepare<[], number>('SELECT count(*) FROM quarantine').pluck()
  return () => ({
    tapcoupon_change_seq: position(),
    tapcoupon_overuse_open: overuse.get() ?? 0,
    tapcoupon_quarantined_events: quarantined.get() ?? 0,
  })
}
