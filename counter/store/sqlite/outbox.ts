import type { EventResult, StationEvent } from '../../../core/events/event.ts'
import type { Journal } from '../counterStore.ts'
import { type Db, write } from './database.ts'
import { EVENT_COLUMNS, type EventRow, sealedEvent } from './eventRow.ts'
import { leaseMoves } from './leaseBook.ts'
import { resolutionsOf } from './resolutions.ts'
import { tallyOf } from './tally.ts'

type Outbox = Pick<Journal, 'due' | 'nextDue' | 'settle' | 'quarantine' | 'waiting' | 'backlog'>

/** A row that is due later than this was put off by a clock that has been set back since. */
const LONGEST_WAIT_MS = 60_000

/** The part of the journal that still has to reach the server. */
export function outboxOf(db: Db): Outbox {
  const due = db.prepare<[number, number, number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}
     FROM outbox o JOIN event e ON e.seq = o.seq
     WHERE o.seq > ? AND o.state = 'stored' AND (o.due_at <= ? OR o.due_at > ?) ORDER BY o.seq LIMIT ?`,
  )
  const isDue = db.prepare<[], number>("SELECT 1 FROM outbox WHERE state = 'stored' AND due_at = 0 LIMIT 1").pluck()
  const nextDue = db
    .prepare<[], number | null>("SELECT MIN(due_at) FROM outbox WHERE due_at > 0 AND state = 'stored'")
    .pluck()
  const outboxRow = db.prepare<[number], { redemption_id: string | null; attempts: number }>(
    "SELECT redemption_id, attempts FROM outbox WHERE seq = ? AND state = 'stored'",
  )
  const leave = db.prepare('DELETE FROM outbox WHERE seq = ?')
  const settled = db.prepare(
    'INSERT OR IGNORE INTO settlement (seq, status, reason, change_seq, at) VALUES (?, ?, ?, ?, ?)',
  )
  const park = db.prepare("UPDATE outbox SET state = 'quarantined', reason = ? WHERE seq = ?")
  const postpone = db.prepare('UPDATE outbox SET attempts = attempts + 1, due_at = ?, reason = ? WHERE seq = ?')
  const resolutions = resolutionsOf(db)
  const leases = leaseMoves(db)
  const known = db.prepare(
    'UPDATE overlay SET change_seq = ? WHERE redemption_id = ? AND (change_seq IS NULL OR change_seq < ?)',
  )
  const tally = tallyOf(db)
  const backlog = db.prepare<[], { stored: number; quarantined: number; unresolved: number }>(
    `SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'stored') AS stored,
            (SELECT COUNT(*) FROM outbox WHERE state = 'quarantined') AS quarantined,
            (SELECT COUNT(*) FROM intent WHERE state = 'open') + (SELECT COUNT(*) FROM undo WHERE state = 'pending')
              AS unresolved`,
  )

  return {
    due(now, limit, maxBytes, afterSeq = 0) {
      const events: StationEvent[] = []
      let bytes = 0
      for (const row of due.iterate(afterSeq, now, now + LONGEST_WAIT_MS, limit)) {
        bytes += Buffer.byteLength(row.body) + 512
        if (events.length > 0 && bytes > maxBytes) break
        events.push(sealedEvent(row))
      }
      return events
    },

    nextDue: () => (isDue.get() ? 0 : (nextDue.get() ?? null)),

    settle: (sent, results, changeSeq, at, retryAt) =>
      write(db, () => {
        tally.changed()
        const forcedEvents: { eventId: string; reason: string | null }[] = []
        const quarantinedEvents: { eventId: string; reason: string | null }[] = []
        const answers = answersBySeq(results)
        for (const event of sent) {
          const row = outboxRow.get(event.seq)
          if (!row) continue
          const answer = answers.get(event.seq)
          // An answer for another event, or two that differ, is none: whatever it says, the event is sent again.
          const result = answer?.id === event.id ? answer : undefined
          const reason = result?.reason ?? result?.lines.find((line) => line.reason)?.reason ?? null
          switch (result?.status) {
            case 'confirmed':
            case 'forced':
              leave.run(event.seq)
              if (row.redemption_id && event.type === 'redemption') known.run(changeSeq, row.redemption_id, changeSeq)
              // One that was sent again was counted the first time.
              if (settled.run(event.seq, result.status, reason, changeSeq, at).changes === 0) break
              leases.settled(event, result)
              if (result.status === 'forced') {
                forcedEvents.push({ eventId: event.id, reason })
                resolutions.applyTo(event.seq)
              }
              break
            case 'quarantined':
              park.run(reason, event.seq)
              resolutions.applyTo(event.seq)
              quarantinedEvents.push({ eventId: event.id, reason })
              break
            case 'retry':
            case undefined:
              postpone.run(at + patience(row.attempts, retryAt - at), reason, event.seq)
          }
        }
        return { forced: forcedEvents, quarantined: quarantinedEvents }
      }),

    quarantine: (seq, reason) =>
      write(db, () => {
        tally.changed()
        park.run(reason, seq)
        return null
      }),

    backlog: () => backlog.get() ?? { stored: 0, quarantined: 0, unresolved: 0 },

    waiting: tally.read,
  }
}

/** Doubles with every attempt from `firstMs`, which the caller jitters, and never ends. */
const patience = (attempts: number, firstMs: number): number =>
  Math.min(LONGEST_WAIT_MS, firstMs * 2 ** Math.min(attempts, 20))

/** By the place they name; null where two differ about it. */
function answersBySeq(results: readonly EventResult[]): ReadonlyMap<number, EventResult | null> {
  const answers = new Map<number, EventResult | null>()
  for (const result of results) {
    if (result.seq === null) continue
    const other = answers.get(result.seq)
    const same = other === undefined || (other !== null && other.id === result.id && other.status === result.status)
    answers.set(result.seq, same ? result : null)
  }
  return answers
}
