import { ConflictOutcome } from '../../../core/contract/conflicts.ts'
import { Override } from '../../../core/redemption/overrides.ts'
import type { EventDraft, Journal } from '../counterStore.ts'
import { type Db, write } from './database.ts'
import { resolutionsOf } from './resolutions.ts'
import { tallyOf } from './tally.ts'

type DeskRows = Pick<
  Journal,
  'overrides' | 'keepOverride' | 'dropOverride' | 'queue' | 'ownConflicts' | 'resolve' | 'sendAgain'
>

interface QueueSql {
  seq: number
  id: string
  type: string
  state: 'stored' | 'quarantined'
  corrected_at: number
  stored_value: number | null
  attempts: number
  due_at: number
  reason: string | null
}

interface ConflictSql {
  seq: number
  id: string
  kind: 'forced' | 'quarantined'
  corrected_at: number
  redemption_id: string | null
  value: number | null
  reason: string | null
  outcome: string | null
  by_name: string | null
  why: string | null
}

/** A conflict that an event is about is shown once, by its last resolution. */
const LAST_RESOLUTION = `LEFT JOIN resolution r ON r.conflict_id =
  (SELECT conflict_id FROM resolution WHERE event_id = e.id ORDER BY remaining, at DESC LIMIT 1)`

/** The part of the journal that a manager looks at. `send` appends an event and its outbox row in the open transaction. */
export function deskRowsOf(db: Db, send: (event: EventDraft) => void): DeskRows {
  const selectOverrides = db.prepare<[], string>('SELECT override FROM override ORDER BY kind').pluck()
  const putOverride = db.prepare('REPLACE INTO override (kind, override) VALUES (?, ?)')
  const dropOverride = db.prepare('DELETE FROM override WHERE kind = ?')
  const countQueue = db.prepare<[], number>('SELECT COUNT(*) FROM outbox').pluck()
  const selectQueue = db.prepare<[number], QueueSql>(
    `SELECT o.seq, e.id, e.type, o.state, e.corrected_at, o.stored_value, o.attempts, o.due_at, o.reason
     FROM outbox o JOIN event e ON e.seq = o.seq ORDER BY o.state = 'quarantined' DESC, o.seq LIMIT ?`,
  )
  const selectConflicts = db.prepare<[number], ConflictSql>(
    `SELECT e.seq, e.id, x.kind, e.corrected_at, json_extract(e.body, '$.redemptionId') AS redemption_id,
            json_extract(e.body, '$.totalDiscount') AS value, x.reason, r.outcome, r.by_name, r.reason AS why
     FROM (SELECT seq, 'quarantined' AS kind, reason FROM outbox WHERE state = 'quarantined'
           UNION ALL
           SELECT seq, 'forced', reason FROM settlement WHERE status IN ('forced', 'resolved')) x
     JOIN event e ON e.seq = x.seq ${LAST_RESOLUTION} ORDER BY e.seq DESC LIMIT ?`,
  )
  const resolutions = resolutionsOf(db)
  const again = db.prepare("UPDATE outbox SET state = 'stored', due_at = 0 WHERE state = 'quarantined'")

  return {
    overrides: () =>
      selectOverrides.all().flatMap((text) => {
        // One that another version of this program wrote and this one cannot read is off: that only makes it more careful.
        const { data } = Override.safeParse(JSON.parse(text))
        return data ? [data] : []
      }),
    keepOverride: (override, event) =>
      write(db, () => {
        putOverride.run(override.kind, JSON.stringify(override))
        send(event)
        return null
      }),
    dropOverride: (kind, event) =>
      write(db, () => {
        if (dropOverride.run(kind).changes === 1) send(event)
        return null
      }),

    queue: (limit) => ({
      total: countQueue.get() ?? 0,
      rows: selectQueue.all(limit).map((row) => ({
        seq: row.seq,
        eventId: row.id,
        type: row.type,
        state: row.state,
        at: row.corrected_at,
        value: row.stored_value,
        attempts: row.attempts,
        nextTryAt: row.state === 'quarantined' || row.due_at === 0 ? null : row.due_at,
        reason: row.reason,
      })),
    }),

    ownConflicts: (limit) =>
      selectConflicts.all(limit).map((row) => ({
        eventId: row.id,
        seq: row.seq,
        kind: row.kind,
        at: row.corrected_at,
        redemptionId: row.redemption_id,
        value: row.value,
        reason: row.reason,
        outcome: ConflictOutcome.nullable().parse(row.outcome),
        by: row.by_name,
        why: row.why,
      })),

    resolve: (ended) =>
      write(db, () => {
        for (const resolution of ended) resolutions.put(resolution)
        return null
      }),

    sendAgain: () =>
      write(db, () => {
        tallyOf(db).changed()
        return again.run().changes
      }),
  }
}
