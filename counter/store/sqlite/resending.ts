import type { EventDraft, Journal, Stored } from '../counterStore.ts'
import type { Db } from './database.ts'
import { tallyOf } from './tally.ts'

/**
 * What is sent once more because the server has lost it. `unit` runs one transaction, `send` writes an event within it.
 * Its rows in the outbox say no value: they count in no limit of what waits, and were counted the first time.
 */
export function resendingOf(
  db: Db,
  unit: (work: () => unknown) => Stored,
  send: (event: EventDraft) => void,
): Pick<Journal, 'answeredThrough' | 'resend'> {
  const answered = db
    .prepare<[], number>(
      `SELECT seq FROM settlement WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = settlement.seq)
       ORDER BY seq DESC LIMIT 1`,
    )
    .pluck()
  const again = db.prepare<[number]>(
    `INSERT OR IGNORE INTO outbox (seq, redemption_id)
     SELECT seq, CASE type WHEN 'redemption' THEN json_extract(body, '$.redemptionId') END FROM event WHERE seq > ?`,
  )
  // Wherever the server counted these, it will count them somewhere else.
  const placeless = db.prepare(
    `UPDATE overlay SET change_seq = NULL
     WHERE redemption_id IN (SELECT redemption_id FROM outbox WHERE redemption_id IS NOT NULL)`,
  )
  const tally = tallyOf(db)
  return {
    answeredThrough: () => answered.get() ?? 0,
    resend: (after, event) =>
      unit(() => {
        again.run(after)
        placeless.run()
        tally.changed()
        send(event)
      }),
  }
}
