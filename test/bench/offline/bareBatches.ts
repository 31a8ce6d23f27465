import { uuidv7 } from 'uuidv7'
import { openDatabase } from '../../../server/store/sqlite/database.ts'

/** Redemptions in a transaction, as many as a station sends events at once. */
const BATCH = 500

/**
 * The limit of settling: the rows that settled redemptions leave on the server, and nothing else. Prepared statements on a
 * connection of its own to the server's own file, as the server opens it (WAL, an fsync a transaction, the same cache and
 * checkpoints), by a station of its own; each redemption is of another customer, as at a till, and its texts are as long as
 * those that the server has kept of ours. What the server sums up in a transaction (a campaign's uses, a day's figures, how far
 * a journal has come) is summed up here too. It reads nothing, checks nothing, and knows no HTTP.
 *
 * The returned function takes how many, and says how long they took, milliseconds. Before that it brings the log into the
 * file, which is not counted: each begins with an empty one, whoever wrote before. With 0 it does only that.
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
  const count = db.prepare('UPDATE campaign_usage SET uses = uses + ?, value = value + 100 * ? WHERE campaign_id = ?')
  const figure = db.prepare(
    `INSERT INTO daily_figures (day, campaign_id, store_id, redeemed, discount, forced, forced_discount, rolled_back)
     VALUES (?, ?, 's', ?, 100 * ?, 0, 0, 0)
     ON CONFLICT (day, campaign_id, store_id) DO UPDATE SET redeemed = redeemed + excluded.redeemed,
       discount = discount + excluded.discount`,
  )
  const settledThrough = db.prepare('UPDATE stations SET settled_through = ? WHERE station_id = ?')
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
  const lengthOf = (what: string, from: string): number =>
    db.prepare<[], number | null>(`SELECT avg(length(${what})) FROM ${from}`).pluck().get() ?? 0
  /** As long as what the server keeps of ours: known once it has settled some. */
  const readTexts = () => {
    const ours = `station_id <> '${stationId}'`
    const text = (length: number) => 'x'.repeat(Math.round(length))
    return {
      decision: text(lengthOf('decision', `redemptions WHERE ${ours}`)),
      notice: text(lengthOf('data', "outbox WHERE type = 'redemption.approved'")),
      event: text(lengthOf('event', `events WHERE type = 'redemption' AND ${ours}`)),
      result: text(lengthOf('result', `events WHERE type = 'redemption' AND ${ours}`)),
    }
  }
  let texts: ReturnType<typeof readTexts> | null = null
  let seq = 0
  let turn = 0

  /** One redemption; its campaign. */
  const one = (changeSeq: number, now: number, day: number): string => {
    texts ??= readTexts()
    const redemptionId = uuidv7()
    const coupon = some[(turn++ * 31 + 15) % some.length]
    visit.run(coupon?.holder_id, day, changeSeq)
    insertRedemption.run(redemptionId, hash, stationId, now, day, texts.decision)
    insertNotice.run(changeSeq - 2, now, texts.notice)
    insertLine.run(redemptionId, coupon?.acquisition_id, coupon?.campaign_id, coupon?.holder_id)
    use.run(changeSeq - 1, coupon?.holder_id, coupon?.acquisition_id)
    seq += 1
    insertEvent.run(stationId, seq, redemptionId, hash, hash, now, now, now, texts.event, texts.result)
    return coupon?.campaign_id ?? ''
  }
  const batchOf = (size: number): void => {
    const changeSeq = position.get() ?? 0
    const now = Date.now()
    const day = Math.floor(now / 86_400_000)
    const uses = new Map<string, number>()
    for (let nth = 1; nth <= size; nth++) {
      const campaignId = one(changeSeq + 3 * nth, now, day)
      uses.set(campaignId, (uses.get(campaignId) ?? 0) + 1)
    }
    for (const [campaignId, times] of uses) {
      count.run(times, times, campaignId)
      figure.run(day, campaignId, times, times)
    }
    settledThrough.run(seq, stationId)
    move.run(changeSeq + 3 * size)
  }
  return (redemptions) => {
    db.pragma('wal_checkpoint(TRUNCATE)')
    const started = performance.now()
    for (let done = 0; done < redemptions; done += BATCH) {
      db.transaction(() => batchOf(Math.min(BATCH, redemptions - done))).immediate()
    }
    return performance.now() - started
  }
}
