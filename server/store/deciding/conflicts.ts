import type { ConflictKind, ConflictOutcome } from '../../../core/contract/conflicts.ts'
import { sha256 } from '../../system.ts'
import type { Outbox } from './notices.ts'
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

/** What is decided by of a conflict that is kept. */
export interface StoredConflict {
  readonly conflictId: string
  readonly kind: ConflictKind
  readonly storeId: string
  readonly redemptionId: string | null
  readonly acquisitionId: string | null
  /** null: open. */
  readonly outcome: ConflictOutcome | null
  readonly resolvedReason: string | null
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
  find(conflictId: string): StoredConflict | null
  byResolution(resolutionId: string): StoredConflict | null
}

/** One thing that was done about a conflict. */
export interface ConflictStep {
  readonly action: 'opened' | ConflictOutcome
  readonly operatorId: string | null
  readonly reason: string | null
  /** Epoch milliseconds. */
  readonly at: number
}

/** The conflicts and conflict_steps tables, inside one transaction. */
export interface ConflictRows {
  find(conflictId: string): StoredConflict | null
  byResolution(resolutionId: string): StoredConflict | null
  ofLine(redemptionId: string, acquisitionId: string): StoredConflict | null
  /** Open ones of a quarantined event. */
  openOfEvent(stationId: string, eventId: string): readonly StoredConflict[]
  insert(conflictId: string, conflict: NewConflict, openedAt: number): void
  /** As if it had never ended. */
  reopen(conflictId: string, reason: string, discount: number | null): void
  end(conflictId: string, outcome: ConflictOutcome, verdict: Verdict | null, at: number, changeSeq: number): void
  /** Adds it behind the others. */
  addStep(conflictId: string, step: ConflictStep): void
}

/** What managers have to look at, and what became of it. */
export function conflicts(rows: ConflictRows, outbox: Outbox): Conflicts {
  const endRow = (unit: Unit, row: StoredConflict, outcome: ConflictOutcome, verdict: Verdict | null): void => {
    const { operatorId = null, reason = null } = verdict ?? {}
    rows.end(row.conflictId, outcome, verdict, unit.now, unit.nextChange())
    rows.addStep(row.conflictId, { action: outcome, operatorId, reason, at: unit.now })
    const { conflictId, kind, storeId, redemptionId, acquisitionId } = row
    const data = { conflictId, kind, storeId, redemptionId, acquisitionId, outcome }
    outbox.tell(unit, { type: 'conflict.resolved', data })
  }

  return {
    open(unit, conflict) {
      const conflictId = conflictIdOf(conflict)
      const before = rows.find(conflictId)
      if (before) {
        if (before.outcome === null || conflict.kind === 'quarantined') return
        rows.reopen(conflictId, conflict.reason, conflict.discount)
      } else {
        rows.insert(conflictId, conflict, unit.now)
      }
      rows.addStep(conflictId, { action: 'opened', operatorId: null, reason: conflict.reason, at: unit.now })
      const { kind, storeId, stationId, redemptionId, acquisitionId, reason } = conflict
      const data = { conflictId, kind, storeId, stationId, redemptionId, acquisitionId, reason }
      outbox.tell(unit, { type: 'conflict.opened', data })
    },
    end(unit, conflictId, outcome, verdict) {
      const row = rows.find(conflictId)
      if (row) endRow(unit, row, outcome, verdict)
    },
    lineEnded(unit, redemptionId, acquisitionId, outcome) {
      const row = rows.ofLine(redemptionId, acquisitionId)
      if (row && row.outcome !== outcome) endRow(unit, row, outcome, null)
    },
    eventSettled(unit, stationId, eventId) {
      for (const row of rows.openOfEvent(stationId, eventId)) endRow(unit, row, 'settled', null)
    },
    isOpen: (stationId, eventId) => rows.openOfEvent(stationId, eventId).length > 0,
    find: rows.find,
    byResolution: rows.byResolution,
  }
}

/** Of the same thing the same id: a forced line by its coupon and redemption, an event by its station and content. */
export function conflictIdOf({
  kind,
  stationId,
  eventId,
  digest,
  redemptionId,
  acquisitionId,
}: Pick<NewConflict, 'kind' | 'stationId' | 'eventId' | 'digest' | 'redemptionId' | 'acquisitionId'>): string {
  const about =
    kind === 'forced'
      ? [redemptionId, acquisitionId]
      : [stationId, eventId, digest ? Buffer.from(digest).toString('hex') : null]
  return Buffer.from(sha256(Buffer.from(JSON.stringify([kind, ...about]), 'utf8')))
    .toString('hex')
    .slice(0, 32)
}
