import type { JournalRow } from '../../core/counter/dayDesk.ts'
import type { ApprovalEntry } from '../../core/counter/reconciliation.ts'
import type { EventType } from '../../core/events/event.ts'
import type { PosSale } from './posBook.ts'

/** A span of corrected time, epoch milliseconds: `from` is in it, `until` is not. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** What a manager looks back on, read from `journal.db`. Reads alone: nothing here writes. */
export interface DayBook {
  /** Approvals that were shown in the span, oldest first. */
  approvalsIn(span: Span): readonly ApprovalEntry[]
  /** Sales that ended in the span, and open ones with an approval from it. */
  salesIn(span: Span): readonly (PosSale & { readonly at: number })[]
  /** Shifts that touch the span, newest first. */
  shiftsIn(span: Span): readonly { readonly shiftId: string; readonly from: number; readonly until: number | null }[]
  /** Events below a number (null: the newest), newest first. `types` empty: all. Names are not in them: a journal has none. */
  eventRows(
    before: number | null,
    asked: Partial<Span> & { readonly types: readonly EventType[] },
    limit: number,
  ): readonly Omit<JournalRow, 'operatorName'>[]
  /** How many events there are by type, and the numbers of the first and the last. */
  eventCounts(): { readonly byType: Readonly<Record<string, number>>; readonly first: number; readonly last: number }
}
