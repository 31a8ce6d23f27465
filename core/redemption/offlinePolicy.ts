import type { Params } from '../contract/problem.ts'
import type { StationSettings } from '../contract/stations.ts'
import type { Amount } from '../money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { ReasonCode } from '../reasonCodes.ts'

const HOUR_MS = 3_600_000

export interface OfflineApproval {
  readonly totalDiscount: Amount
  /** Stored redemptions that wait for the server already, and the discount in them. */
  readonly storedCount: number
  readonly storedValue: Amount
  /** When the station's copy was last up to date, epoch milliseconds; null: never. */
  readonly replicaAsOf: number | null
  readonly now: number
  readonly caps: StationSettings['offline']
}

/**
 * Whether this station may approve one more redemption on its own: `snapshot_too_old` (`{maxHours, asOf?}`) when its copy
 * is, `offline_limit_reached` (`{maxCount}` or `{maxValue, left}`) when too many or too valuable ones wait already. What
 * each campaign allows offline is decided by `qualify`.
 */
export function offlineVerdict(
  approval: OfflineApproval,
): Outcome<null, { readonly reason: ReasonCode; readonly params: Params }> {
  const { totalDiscount, storedCount, storedValue, replicaAsOf, now, caps } = approval
  if (replicaAsOf === null || now - replicaAsOf > caps.maxReplicaAgeHours * HOUR_MS) {
    const params: Params = { maxHours: caps.maxReplicaAgeHours }
    if (replicaAsOf !== null) params.asOf = new Date(replicaAsOf).toISOString()
    return refused({ reason: 'snapshot_too_old', params })
  }
  if (storedCount + 1 > caps.maxStoredCount) {
    return refused({ reason: 'offline_limit_reached', params: { maxCount: caps.maxStoredCount } })
  }
  if (storedValue + totalDiscount > caps.maxStoredValue) {
    const left = Math.max(0, caps.maxStoredValue - storedValue)
    return refused({ reason: 'offline_limit_reached', params: { maxValue: caps.maxStoredValue, left } })
  }
  return accepted(null)
}
