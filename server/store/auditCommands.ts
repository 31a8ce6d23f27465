import type { AuditEntry, AuditQuery } from '../../core/contract/audit.ts'
import type { AuditRow } from '../audit/entry.ts'

export interface AuditPageQuery extends Pick<AuditQuery, 'actorId' | 'action' | 'subjectId' | 'limit'> {
  /** Epoch milliseconds, from inclusive, until exclusive. */
  readonly from?: number
  readonly until?: number
  /** Rows before this position; absent: from the newest. */
  readonly before?: number
}

/** The audit log; a part of `CouponStore`. Rows are written by the units of work that they tell of, in their transaction. */
export interface AuditStore {
  /** Newest first, and the position that the next page is before; null: this was the last one. */
  auditPage(query: AuditPageQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly next: number | null }>
  /** Oldest first, those after a position, as they are kept: for checking the chain. */
  auditRows(after: number, limit: number): Promise<readonly AuditRow[]>
}
