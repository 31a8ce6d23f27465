import { uuidv7 } from 'uuidv7'
import { openDatabase } from '../../../server/store/sqlite/database.ts'

/** Redemptions in a transaction, as many as a station sends events at once. */
const BATCH = 500

/**
 * The writes that a settled redemption needs and nothing else: prepared statements, fsynced batches, on a connection of
 * its own to the server's own file, by a station of its own. Each is of another customer, as at a till. The returned
 * function takes how many, and says how long they took, milliseconds.
 */
export function bareBatches(path: string): (count: number) => number {
  const db = openDatabase(path)
  const some = db
    .prepare<[], { holder_id: string; acquisition_id: string; campaign_id: string }>(
      `SELECT holder_id, min(acquisition_id) AS acquisition_id, campaign_id FROM acquisitions
       GROUP BY holder_id ORDER BY holder_id`,
    )
    .all()
  const stationId = 'bare'
  db.prepare(
    `INSERT INTO stations (station_id, store_id, name, role, state, announced_at)
     SELECT ?, store_id, 'bare', 'counter', 'enrolled', 0 FROM stores`,
  ).run(stationId)
  const insertRedemption = db.prepare(
    `INSERT INTO redemptions (redemption_id, intent_hash, station_id, store_id, status, state, origin, decided_at, day,
       entry, operator_id, sale_ref, shown, decision)
     VALUES (?, ?, ?, 's', 'approved', 'active', 'offline', ?, ?, 'tap', NULL, NULL, 1, ?)`,
  )
  const insertLine = db.prepare(
    `INSERT INTO redemption_lines (redemption_id, acquisition_id, campaign_id, holder_id, period, discount, state)
     VALUES (?, ?, ?, ?, NULL, 100, 'counted')`,
  )
  const use = db.prepare(
    'UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = ? WHERE holder_id = ? AND acquisition_id = ? AND uses_left > 0',
  )
  const count = db.prepare('UPDATE campaign_usage SET uses = uses + 1, value = value + 100 WHERE campaign_id = ?')
  const insertEvent = db.prepare(
    `INSERT INTO events (station_id, seq, event_id, type, hash, prev_hash, station_at, corrected_at, received_at, event, result)
     VALUES (?, ?, ?, 'redemption', ?, ?, ?, ?, ?, ?, ?)`,
  )
  // Where the customer was today: a row the first time, which nearly every time is.
  const visit = db.prepare(
    `INSERT INTO holder_activity (store_id, holder_id, day, change_seq) VALUES ('s', ?, ?, ?)
     ON CONFLICT (store_id, holder_id) DO UPDATE SET day = excluded.day, change_seq = excluded.change_seq
     WHERE day < excluded.day`,
  )
  // What others are told of it.
  const insertNotice = db.prepare(
    "INSERT INTO outbox (position, at, type, store_id, data) VALUES (?, ?, 'redemption.approved', 's', ?)",
  )
  const position = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck()
  const move = db.prepare("UPDATE positions SET value = ? WHERE name = 'change'")
  const hash = Buffer.alloc(32, 1)
  let seq = 0
  let turn = 0

  const one = (changeSeq: number): void => {
    const redemptionId = uuidv7()
    const coupon = some[(turn++ * 31 + 15) % some.length]
    const now = Date.now()
    // As long as what the server keeps of an approval of one coupon over three lines.
    const decision = 'd'.repeat(300)
    const day = Math.floor(now / 86_400_000)
    visit.run(coupon?.holder_id, day, changeSeq)
    insertRedemption.run(redemptionId, hash, stationId, now, day, decision)
    insertNotice.run(changeSeq - 2, now, JSON.stringify({ notice: 'n'.repeat(330) }))
    insertLine.run(redemptionId, coupon?.acquisition_id, coupon?.campaign_id, coupon?.holder_id)
    use.run(changeSeq - 1, coupon?.holder_id, coupon?.acquisition_id)
    count.run(coupon?.campaign_id)
    seq += 1
    insertEvent.run(stationId, seq, redemptionId, hash, hash, now, now, now, 'e'.repeat(1_300), 'r'.repeat(150))
  }
  return (redemptions) => {
    const started = performance.now()
    for (let done = 0; done < redemptions; done += BATCH) {
      db.transaction(() => {
        const batch = Math.min(BATCH, redemptions - done)
        const changeSeq = position.get() ?? 0
        for (let nth = 1; nth <= batch; nth++) one(changeSeq + 3 * nth)
        move.run(changeSeq + 3 * batch)
      }).immediate()
    }
    return performance.now() - started
  }
}
