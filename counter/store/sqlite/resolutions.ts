import type { ResolutionChange } from '../counterStore.ts'
import type { Db } from './database.ts'
import { tallyOf } from './tally.ts'

/** Conflicts of this station's own events that have ended. The methods run inside the caller's transaction. */
export function resolutionsOf(db: Db) {
  const tally = tallyOf(db)
  const own = db.prepare<[string], number>('SELECT seq FROM event WHERE id = ?').pluck()
  const put = db.prepare('REPLACE INTO resolution VALUES (?, ?, ?, ?, ?, ?, ?)')
  const ended = db
    .prepare<[number], number>(
      `SELECT r.at FROM resolution r JOIN event e ON e.id = r.event_id WHERE e.seq = ? AND r.remaining = 0`,
    )
    .pluck()
  const resolveForced = db.prepare("UPDATE settlement SET status = 'resolved' WHERE seq = ? AND status = 'forced'")
  const leaveQuarantine = db.prepare<[number], { reason: string | null }>(
    "DELETE FROM outbox WHERE seq = ? AND state = 'quarantined' RETURNING reason",
  )
  const settle = db.prepare(
    "INSERT OR IGNORE INTO settlement (seq, status, reason, change_seq, at) VALUES (?, 'resolved', ?, 0, ?)",
  )

  /** An event of which no conflict is left open is resolved; whichever comes first, the settling or the resolution. */
  const applyTo = (seq: number): void => {
    const at = ended.get(seq)
    if (at === undefined) return
    tally.changed()
    resolveForced.run(seq)
    const left = leaveQuarantine.get(seq)
    if (left) settle.run(seq, left.reason, at)
  }
  return {
    applyTo,
    put({ conflictId, eventId, outcome, by, reason, at, remaining }: ResolutionChange): void {
      const seq = eventId === null ? undefined : own.get(eventId)
      // Another machine's: it was this station once, and has left its journal behind.
      if (seq === undefined) return
      put.run(conflictId, eventId, outcome, by, reason, Date.parse(at), remaining)
      applyTo(seq)
    },
  }
}
