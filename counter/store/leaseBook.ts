import type { LeaseState } from '../../core/contract/leases.ts'
import type { HourOfUse } from '../../core/leases/demand.ts'
import type { HeldLease } from '../../core/leases/draw.ts'
import type { Amount } from '../../core/money.ts'
import type { Stored } from './counterStore.ts'

/** One lease in the journal. Times are epoch milliseconds. */
export interface StationLease extends HeldLease {
  /**
   * `asked`: the request may be on its way, nothing may be spent. `held`: may be spent. `returning`: spent no more, and
   * back with the server once its draws are settled.
   */
  readonly state: 'asked' | 'held' | 'returning'
  /** What was lent in all; 0 and null while it is only asked for. */
  readonly uses: number
  readonly value: Amount | null
  readonly wantUses: number
  readonly wantValue: Amount | null
  readonly askedAt: number
  /** Every draw is in an event up to here; 0: nothing was drawn. */
  readonly throughSeq: number
  /** The server has answered for all of those. */
  readonly isSettled: boolean
}

/** How the server sees one of our leases. */
export interface LeaseNews {
  readonly leaseId: string
  readonly state: LeaseState
}

/**
 * Leases in `journal.db`. A draw is written by `Journal.showApproved`, in the transaction of its approval, and taken back
 * by `Journal.settle` where the server did not count it; never by an undo: what an undo gives back is the server's.
 */
export interface LeaseBook {
  /** Every one that is not done with, oldest first. */
  leases(): readonly StationLease[]
  /** Written before the server is asked, so that a lost answer is asked for again under the same id. */
  askForLease(lease: Pick<StationLease, 'leaseId' | 'campaignId' | 'wantUses' | 'wantValue' | 'askedAt'>): Stored
  /** The server lent it: it may be spent from now on. */
  holdLease(
    leaseId: string,
    lent: { readonly uses: number; readonly value: Amount | null; readonly spendUntil: number },
  ): Stored
  /** Spent no more from now on. */
  stopLeases(leaseIds: readonly string[]): Stored
  /** Done with: returned, or nothing was lent. */
  closeLease(leaseId: string): Stored
  /** What the server says of our leases: one that it calls back is stopped, one that has ended there is closed. */
  heardOfLeases(news: readonly LeaseNews[]): Stored
  /** Uses of limited campaigns at this station since an hour (whole hours since 1970), by campaign. */
  demand(sinceHour: number): ReadonlyMap<string, readonly HourOfUse[]>
}
