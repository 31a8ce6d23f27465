import type { EnrolPreview } from '../contract/stations.ts'
import type { FirstRunProblemCode } from '../counter/firstRun.ts'
import type { GatewayResult } from './couponGateway.ts'

/** Why an address is not a coupon server's, as far as this machine can tell. */
export type ReachFailure = Extract<
  FirstRunProblemCode,
  | 'name_unknown'
  | 'server_unreachable'
  | 'server_slow'
  | 'server_error'
  | 'not_a_server'
  | 'tls_failed'
  | 'certificate_untrusted'
  | 'certificate_name'
  | 'certificate_dates'
>

export type Reached =
  /** `clockAheadMs`: how far this machine's clock is ahead of the server's; null: it did not say. */
  | { readonly kind: 'reached'; readonly clockAheadMs: number | null }
  | { readonly kind: 'failed'; readonly failure: ReachFailure }

/** A coupon server as a machine sees it that is being set up. Every call ends within its deadline and never throws. */
export interface SetupGateway {
  /** Whether a coupon server answers at an address. */
  reach(address: string): Promise<Reached>
  /** What a code would make of this machine. */
  preview(address: string, code: string): Promise<GatewayResult<EnrolPreview>>
  /** Whether the server at another address knows this station; it proves itself by its key and shows no token. */
  isKnownAt(address: string): Promise<GatewayResult<null>>
}
