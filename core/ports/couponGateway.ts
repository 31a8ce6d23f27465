import type { ChangesResponse } from '../contract/changes.ts'
import type { LeaseEnded, LeaseRequest, LeaseResponse, LeaseReturnRequest } from '../contract/leases.ts'
import type { Problem } from '../contract/problem.ts'
import type {
  RedemptionRequest,
  RedemptionResponse,
  RollbackRequest,
  RollbackResponse,
} from '../contract/redemptions.ts'
import type { SearchRequest, SearchResponse } from '../contract/search.ts'
import type { SnapshotFormat } from '../contract/snapshot.ts'
import type { EnrolRequest, EnrolResponse } from '../contract/stations.ts'
import type { StationEvent, SyncEventsResponse } from '../events/event.ts'

/**
 * How a call to the coupon server ended, sorted by what the counter may do next (CONTRACT.md §4.3).
 * - `answered`: parsed, ours, final.
 * - `rejected`: a parsed 4xx of ours, final: nothing changed there.
 * - `revoked`: 401 or 403 of ours: approve nothing. `reason` is `station_revoked` when the server says exactly that.
 * - `throttled`: 429: wait, then offline.
 * - `unreachable`: no connection, deadline, 5xx, or an answer that is not ours (captive portal): offline.
 */
export type GatewayResult<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'rejected'; readonly problem: Problem }
  | { readonly kind: 'revoked'; readonly reason?: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'unreachable'; readonly cause: 'connection' | 'deadline' | 'server_error' | 'not_ours' }

export interface SnapshotAsk {
  /** Its ETag; null: any. */
  readonly of: string | null
  /** Bytes that are here already, and how many more to send at most. */
  readonly offset: number
  readonly length: number
  /** The oldest state of the server that is of use (a `changeSeq`). */
  readonly atLeast: number
  readonly formats: readonly SnapshotFormat[]
}

export interface SnapshotFile {
  readonly etag: string
  readonly format: SnapshotFormat
  /** SHA-256 of the whole file, base64. */
  readonly sha256: string
  /** Bytes of the whole file, and of what is in it. */
  readonly total: number
  readonly unpacked: number
  readonly schemaVersion: number
  readonly changeSeq: number
}

export interface SnapshotPiece {
  readonly file: SnapshotFile
  /** Where in the file `bytes` begins: as asked, or 0. */
  readonly offset: number
  readonly bytes: Uint8Array
}

/** The coupon server as a counter sees it. Every call ends within its deadline and never throws. */
export interface CouponGateway {
  enrol(request: EnrolRequest): Promise<GatewayResult<EnrolResponse>>
  search(request: SearchRequest): Promise<GatewayResult<SearchResponse>>
  redeem(request: RedemptionRequest): Promise<GatewayResult<RedemptionResponse>>
  /** null: the server has never heard of it. */
  redemption(redemptionId: string): Promise<GatewayResult<RedemptionResponse | null>>
  rollback(redemptionId: string, request: RollbackRequest): Promise<GatewayResult<RollbackResponse>>
  settle(events: readonly StationEvent[]): Promise<GatewayResult<SyncEventsResponse>>
  changes(cursor: string): Promise<GatewayResult<ChangesResponse>>
  /** A piece of a snapshot: of the file `ask.of`, or, when that is gone, the beginning of a newer one. */
  snapshot(ask: SnapshotAsk): Promise<GatewayResult<SnapshotPiece>>
  lend(request: LeaseRequest): Promise<GatewayResult<LeaseResponse>>
  returnLease(leaseId: string, request: LeaseReturnRequest): Promise<GatewayResult<LeaseEnded>>
}

/**
 * Listens until the line ends or `signal` does, and calls `recalled` whenever a lease of this station is called back.
 * Resolves with whether anything was heard at all; never rejects.
 */
export type RecallNews = (recalled: () => void, signal: AbortSignal) => Promise<boolean>
