import type { StationEvent } from '../../../core/events/event.ts'
import type { Journal } from '../counterStore.ts'
import { type Db, write } from './database.ts'
import { resolutionsOf } from './resolutions.ts'

interface EventRow {
  seq: number
  id: string
  type: string
  station_at: number
  corrected_at: number
  prev_hash: string
  salt: Buffer
  body: string
  sig: Buffer
}

type Outbox = Pick<Journal, 'due' | 'nextDue' | 'settle' | 'quarantine' | 'waiting'>

/** A row that is due later than this was put off by a clock that has been set back since. */
const LONGEST_WAIT_MS = 60_000

/** The part of the journal that still has to reach the server. */
export function outboxOf(db: Db): Outbox {
  const due = db.prepare<[number, number, number], EventRow>(
    `SELECT e.seq, e.id, e.type, e.station_at, e.corrected_at, e.prev_hash, e.salt, e.body, e.sig
     FROM outbox o JOIN event e ON e.seq = o.seq
     WHERE o.state = 'stored' AND (o.due_at <= ? OR o.due_at > ?) ORDER BY o.seq LIMIT ?`,
  )
  const nextDue = db.prepare<[], number | null>("SELECT MIN(due_at) FROM outbox WHERE state = 'stored'").pluck()
  const outboxRow = db.prepare<[number], { redemption_id: string | null }>(
    "SELECT redemption_id FROM outbox WHERE seq = ? AND state = 'stored'",
  )
  const leave = db.prepare('DELETE FROM outbox WHERE seq = ?')
  const settled = db.prepare(
    'INSERT OR IGNORE INTO settlement (seq, status, reason, change_seq, at) VALUES (?, ?, ?, ?, ?)',
  )
  const park = db.prepare("UPDATE outbox SET state = 'quarantined', reason = ? WHERE seq = ?")
  const postpone = db.prepare('UPDATE outbox SET attempts = attempts + 1, due_at = ?, reason = ? WHERE seq = ?')
  const resolutions = resolutionsOf(db)
  const known = db.prepare(
    'UPDATE overlay SET change_seq = ? WHERE redemption_id = ? AND (change_seq IS NULL OR change_seq < ?)',
  )
  const count = db.prepare<[], { count: number; value: number; quarantined: number }>(
    `SELECT COUNT(*) FILTER (WHERE state = 'stored' AND stored_value IS NOT NULL) AS count,
            COALESCE(SUM(stored_value) FILTER (WHERE state = 'stored'), 0) AS value,
            COUNT(*) FILTER (WHERE state = 'quarantined') AS quarantined FROM outbox`,
  )
  const forced = db.prepare<[], number>("SELECT COUNT(*) FROM settlement WHERE status = 'forced'").pluck()

  return {
    due(now, limit, maxBytes) {
      const events: StationEvent[] = []
      let bytes = 0
      for (const row of due.iterate(now, now + LONGEST_WAIT_MS, limit)) {
        bytes += row.body.length + 512
        if (events.length > 0 && bytes > maxBytes) break
        events.push(sealedEvent(row))
      }
      return events
    },

    nextDue: () => nextDue.get() ?? null,

    settle: (sent, results, changeSeq, at, retryAt) =>
      write(db, () => {
        const forcedEvents: { eventId: string; reason: string | null }[] = []
        const quarantinedEvents: { eventId: string; reason: string | null }[] = []
        const byId = new Map(results.map((result) => [result.id, result]))
        for (const event of sent) {
          const result = byId.get(event.id)
          const row = outboxRow.get(event.seq)
          if (!row) continue
          const reason = result?.reason ?? result?.lines.find((line) => line.reason)?.reason ?? null
          switch (result?.status) {
            case 'confirmed':
            case 'forced':
              leave.run(event.seq)
              settled.run(event.seq, result.status, reason, changeSeq, at)
              if (row.redemption_id && event.type === 'redemption') known.run(changeSeq, row.redemption_id, changeSeq)
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
              postpone.run(retryAt, reason, event.seq)
          }
        }
        return { forced: forcedEvents, quarantined: quarantinedEvents }
      }),

    quarantine: (seq, reason) =>
      write(db, () => {
        park.run(reason, seq)
        return null
      }),

    waiting() {
      const { count: stored, value, quarantined } = count.get() ?? { count: 0, value: 0, quarantined: 0 }
      return { count: stored, value, quarantined, forced: forced.get() ?? 0 }
    },
  }
}

const base64url = (bytes: Buffer) => bytes.toString('base64url')

function sealedEvent(row: EventRow): StationEvent {
  return {
    seq: row.seq,
    prevHash: row.prev_hash,
    salt: base64url(row.salt),
    sig: base64url(row.sig),
    type: row.type,
    id: row.id,
    stationAt: new Date(row.station_at).toISOString(),
    correctedAt: new Date(row.corrected_at).toISOString(),
    body: JSON.parse(row.body) as Record<string, unknown>,
  }
}
