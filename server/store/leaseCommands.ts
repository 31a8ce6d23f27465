import type { LeaseEnded, LeaseOverview, LeaseRequest, LeaseResponse } from '../../core/contract/leases.ts'
import type { Differs, StationContext } from './commands.ts'

export interface LendCommand {
  readonly station: StationContext
  readonly request: LeaseRequest
  /** SHA-256 of campaign and wish: what makes two requests of one id the same. */
  readonly intentHash: Uint8Array
  readonly now: number
}

export type LendAnswer =
  | { readonly kind: 'lent'; readonly response: LeaseResponse }
  | Differs
  | { readonly kind: 'unknown_campaign' }
  /** No limit over the chain: there is nothing to lend. */
  | { readonly kind: 'not_limited' }
  | { readonly kind: 'too_old' }

export interface ReturnCommand {
  readonly stationId: string
  readonly leaseId: string
  readonly throughSeq: number
  readonly now: number
}

export type ReturnAnswer =
  | { readonly kind: 'ended'; readonly response: LeaseEnded }
  /** No such lease, or another station's. */
  | { readonly kind: 'unknown' }
  /** An event up to `throughSeq` has not been settled here: a line in it may still draw. */
  | { readonly kind: 'not_settled'; readonly settledThrough: number }

export interface WriteOffCommand {
  /** One lease, or everything that is lent to one station. */
  readonly of: { readonly leaseId: string } | { readonly stationId: string }
  readonly operatorId: string
  readonly reason: string
  readonly now: number
}

/** What is left of a campaign for those who ask the server; `Infinity` where nothing limits it. */
export interface Pool {
  readonly uses: number
  readonly value: number
  /** Whether anything of it is lent. */
  readonly isLent: boolean
}

/** Lending parts of limited campaigns (CONTRACT.md §6); a part of `CouponStore`. */
/** A place in the list of leases. `endedAt`: epoch milliseconds; null: it is lent. */
export interface LeasePlace {
  readonly endedAt: number | null
  readonly leaseId: string
}

export interface LeaseStore {
  lend(command: LendCommand): Promise<LendAnswer>
  returnLease(command: ReturnCommand): Promise<ReturnAnswer>
  /** null: no such lease or station. Leases that have ended are answered as they ended. */
  writeOffLeases(command: WriteOffCommand): Promise<readonly LeaseEnded[] | null>
  /**
   * Calls back what is lent of these campaigns. Returns until when an answer is worth waiting for, epoch milliseconds; null
   * when nothing is lent, or those who hold it have had their time.
   */
  recallLeases(campaignIds: readonly string[], now: number): Promise<number | null>
  /** Stations that hold a lease which was called back after a position of the change feed. */
  recalledSince(position: number): Promise<readonly string[]>
  pool(campaignId: string): Promise<Pool>
  /** Those that are lent, then those that ended last, at most `limit`; `after` the last one of a page before. */
  leases(limit: number, after?: LeasePlace): Promise<readonly LeaseOverview[]>
}
