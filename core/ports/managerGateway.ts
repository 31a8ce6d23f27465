import type { ConflictPage, ConflictQuery, ConflictStory, ResolveRequest } from '../contract/conflicts.ts'
import type { LeaseOverview } from '../contract/leases.ts'
import type { RedemptionPage, RedemptionQuery } from '../contract/redemptionList.ts'
import type { SessionRequest, SessionResponse } from '../contract/sessions.ts'
import type { GatewayResult } from './couponGateway.ts'

/**
 * What a manager at the counter asks of the coupon server, in their own name and not the station's: a stolen station
 * token resolves nothing. `revoked` says that the PIN or the session is no good, never that the station is. Every call
 * ends within its deadline and never throws.
 */
export interface ManagerGateway {
  signIn(request: SessionRequest): Promise<GatewayResult<SessionResponse>>
  conflicts(token: string, query: Partial<ConflictQuery>): Promise<GatewayResult<ConflictPage>>
  conflict(token: string, conflictId: string): Promise<GatewayResult<ConflictStory>>
  leases(token: string): Promise<GatewayResult<{ readonly leases: readonly LeaseOverview[] }>>
  redemptions(token: string, query: Partial<RedemptionQuery>): Promise<GatewayResult<RedemptionPage>>
  resolve(token: string, conflictId: string, request: ResolveRequest): Promise<GatewayResult<ConflictStory>>
}
