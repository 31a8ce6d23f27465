import type { EndedShift, Shift, ShiftTotals } from '../../core/counter/shift.ts'
import type { EventDraft, ShownApproval, Stored } from './counterStore.ts'

/** An approval that was shown here, as people come back to it. */
export interface PastApproval {
  readonly redemptionId: string
  /** Corrected time, epoch milliseconds. */
  readonly at: number
  /** Who approved it; null: nobody was named. */
  readonly operatorId: string | null
  /** `certainty` is `confirmed` once the server has settled it; `undoUntil` is as it was shown. */
  readonly approval: ShownApproval
  readonly undone: boolean
}

/**
 * Shifts in `journal.db`. What was given in one is counted from the journal itself, so that no crash can part the two; an
 * ended shift keeps its totals as they were then.
 */
export interface ShiftBook {
  /** The shift that nobody has ended; a counter has one at most. */
  openShift(): Shift | null
  /** With its event, in whose place in the journal it begins. */
  startShift(shift: Shift, event: EventDraft): Stored
  /** What the open shift has given so far; nothing without one. `nameOf` knows people's names. */
  shiftTotals(nameOf: (operatorId: string) => string): ShiftTotals
  endShift(ended: EndedShift, event: EventDraft): Stored
  /** The one that ended last, unless its totals have been read. */
  lastShift(): EndedShift | null
  dismissLastShift(): Stored
  /** The newest approvals that were shown, newest first. */
  pastApprovals(limit: number): readonly PastApproval[]
  /** One of them; null: nothing was shown as approved under this id, or it is too long ago. */
  pastApproval(redemptionId: string): PastApproval | null
}
