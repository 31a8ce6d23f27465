import type { Database } from 'better-sqlite3'
import type { ConflictKind, ConflictOutcome } from '../../../core/contract/conflicts.ts'
import { sha256 } from '../../system.ts'
import type { Unit } from './unit.ts'

/** A conflict as it is opened. */
export interface NewConflict {
  readonly kind: ConflictKind
  readonly stationId: string
  readonly storeId: string
  readonly eventId: string | null
  readonly seq: number | null
  readonly digest: Uint8Array | null
  readonly redemptionId: string | null
  readonly acquisitionId: string | null
  readonly campaignId: string | null
  readonly operatorId: string | null
  readonly discount: number | null
  readonly reason: string
  /** Epoch milliseconds; null where nothing says. */
  readonly happenedAt: number | null
}

export interface ConflictRow {
  readonly conflict_id: string
  readonly kind: ConflictKind
  readonly station_id: string
  readonly store_id: string
  readonly event_id: string | null
  readonly seq: number | null
  readonly digest: Uint8Array | null
  readonly redemption_id: string | null
  readonly acquisition_id: string | null
  readonly campaign_id: string | null
  readonly operator_id: string | null
  readonly discount: number | null
  readonly reason: string
  readonly happened_at: number | null
  readonly opened_at: number
  readonly outcome: ConflictOutcome | null
  readonly resolution_id: string | null
  readonly resolved_by: string | null
  readonly resolved_at: number | null
  readonly resolved_reason: string | null
}

/** Who ended a conflict and why; null: the server by itself, or a rollback that has a row of its own. */
export interface Verdict {
  readonly resolutionId: string
  readonly operatorId: string
  readonly reason: string
}

export interface Conflicts {
  /** Opens it unless it is open already; one that had ended and happened again is open again. */
  open(unit: Unit, conflict: NewConflict): void
  end(unit: Unit, conflictId: string, outcome: ConflictOutcome, verdict: Verdict | null): void
  /** The forced line of a redemption is no conflict any more, or another one than it was. */
  lineEnded(unit: Unit, redemptionId: string, acquisitionId: string, outcome: 'covered' | 'rolled_back'): void
  /** A quarantined event came again and was settled. */
  eventSettled(unit: Unit, stationId: string, eventId: string): void
  /** Whether a quarantined event is still to be looked at. */
  isOpen(stationId: string, eventId: string): boolean
  find(conflictId: string): ConflictRow | null
  byResolution(resolutionId: string): ConflictRow | null
}

/** Everything about a row that is read. */
export const CONFLICT_COLUMNS = `c.conflict_id, c.kind, c.station_id, c.store_id, c.event_id, c.seq, c.digest,
  c.redemption_id, c.acquisition_id, c.campaign_id, c.operator_id, c.discount, c.reason, c.happened_at, c.opened_at,
  c.outcome, c.resolution_id, c.resolved_by, c.resolved_at, c.resolved_reason`

/** What managers have to look at, and what became of it. */
export function conflicts(db: Database): Conflicts {
  const find = db.prepare<[string], ConflictRow>(`SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE conflict_id = ?`)
  const byResolution = db.prepare<[string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE resolution_id = ?`,
  )
  const byLine = db.prepare<[string, string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE redemption_id = ? AND acquisition_id = ?`,
  )
  const quarantinedByEvent = db.prepare<[string, string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c
     WHERE station_id = ? AND event_id = ? AND kind = 'quarantined' AND outcome IS NULL`,
  )
  const insert = db.prepare<unknown[]>(
    `INSERT INTO conflicts (conflict_id, kind, station_id, store_id, event_id, seq, digest, redemption_id, acquisition_id,
       campaign_id, operator_id, discount, reason, happened_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const reopen = db.prepare<[string, number | null, string]>(
    `UPDATE conflicts SET reason = ?, discount = ?, outcome = NULL, resolution_id = NULL, resolved_by = NULL,
       resolved_at = NULL, resolved_reason = NULL, change_seq = NULL WHERE conflict_id = ?`,
  )
  const end = db.prepare<unknown[]>(
    `UPDATE conflicts SET outcome = ?, resolution_id = ?, resolved_by = ?, resolved_at = ?, resolved_reason = ?,
       change_seq = ? WHERE conflict_id = ?`,
  )
  const step = db.prepare<unknown[]>(
    `INSERT INTO conflict_steps (conflict_id, position, action, operator_id, reason, at)
     SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ? FROM conflict_steps WHERE conflict_id = ?`,
  )
  const note = (unit: Unit, conflictId: string, action: string, operatorId: string | null, reason: string | null) =>
    step.run(conflictId, action, operatorId, reason, unit.now, conflictId)

  const endRow = (unit: Unit, row: ConflictRow, outcome: ConflictOutcome, verdict: Verdict | null): void => {
    const { resolutionId = null, operatorId = null, reason = null } = verdict ?? {}
    end.run(outcome, resolutionId, operatorId, unit.now, reason, unit.nextChange(), row.conflict_id)
    note(unit, row.conflict_id, outcome, operatorId, reason)
  }

  return {
    open(unit, conflict) {
      const conflictId = conflictIdOf(conflict)
      const before = find.get(conflictId)
      if (before) {
        if (before.outcome === null || conflict.kind === 'quarantined') return
        reopen.run(conflict.reason, conflict.discount, conflictId)
      } else {
        insert.run(
          conflictId,
          conflict.kind,
          conflict.stationId,
          conflict.storeId,
          conflict.eventId,
          conflict.seq,
          conflict.digest,
          conflict.redemptionId,
          conflict.acquisitionId,
          conflict.campaignId,
          conflict.operatorId,
          conflict.discount,
          conflict.reason,
          conflict.happenedAt,
          unit.now,
        )
      }
      note(unit, conflictId, 'opened', null, conflict.reason)
    },
    end(unit, conflictId, outcome, verdict) {
      const row = find.get(conflictId)
      if (row) endRow(unit, row, outcome, verdict)
    },
    lineEnded(unit, redemptionId, acquisitionId, outcome) {
      const row = byLine.get(redemptionId, acquisitionId)
      if (row && row.outcome !== outcome) endRow(unit, row, outcome, null)
    },
    eventSettled(unit, stationId, eventId) {
      for (const row of quarantinedByEvent.all(stationId, eventId)) endRow(unit, row, 'settled', null)
    },
    isOpen: (stationId, eventId) => quarantinedByEvent.get(stationId, eventId) !== undefined,
    find: (conflictId) => find.get(conflictId) ?? null,
    byResolution: (resolutionId) => byResolution.get(resolutionId) ?? null,
  }
}

/** Of the same thing the same id: a forced line by its coupon and redemption, an event by its station and content. */
function conflictIdOf({ kind, stationId, eventId, digest, redemptionId, acquisitionId }: NewConflict): string {
  const about =
    kind === 'forced'
      ? [redemptionId, acquisitionId]
      : [stationId, eventId, digest ? Buffer.from(digest).toString('hex') : null]
  return Buffer.from(sha256(Buffer.from(JSON.stringify([kind, ...about]), 'utf8')))
    .toString('hex')
    .slice(0, 32)
}
