import type { Database } from 'better-sqlite3'

/** Counts worth watching, by metric name. Cheap: nothing that grows with the number of redemptions is counted. */
export function figures(db: Database): () => Readonly<Record<string, number>> {
  const changeSeq = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck()
  const overuse = db.prepare<[], number>('SELECT count(*) FROM overuse WHERE resolution IS NULL').pluck()
  const quarantined = db.prepare<[], number>('SELECT count(*) FROM quarantine').pluck()
  return () => ({
    tapcoupon_change_seq: changeSeq.get() ?? 0,
    tapcoupon_overuse_open: overuse.get() ?? 0,
    tapcoupon_quarantined_events: quarantined.get() ?? 0,
  })
}
