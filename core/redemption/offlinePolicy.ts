import type { Params } from '../contract/problem.ts'
import type { OfflineSettings } from '../contract/stations.ts'
import type { Amount } from '../money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { OfflineTerms } from '../qualification/offlineTerms.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import type { OfflineCaps } from './overrides.ts'

const HOUR_MS = 3_600_000

/** What stands between a station and one more approval of its own. */
export interface OfflineStanding {
  readonly settings: Pick<OfflineSettings, 'mode' | 'maxValue' | 'entries' | 'mediumTypes'>
  /** The caps of the moment, overrides included. */
  readonly caps: OfflineCaps
  /** Stored redemptions that wait for the server already, and the discount in them. */
  readonly storedCount: number
  readonly storedValue: Amount
  /** When the station's copy was last up to date, epoch milliseconds; null: never. */
  readonly replicaAsOf: number | null
  readonly now: number
}

type Verdict = Outcome<null, { readonly reason: ReasonCode; readonly params: Params }>

/**
 * Whether this station may approve one more redemption of `totalDiscount` on its own: `offline_not_allowed` when the
 * store wants the server asked, `snapshot_too_old` (`{maxHours, asOf?}`) when its copy is, `offline_limit_reached` when
 * too many (`{maxCount}`) or too valuable ones (`{maxValue, left}`) wait already, or this one alone is above the store's
 * cap (`{maxValue}`). A search asks with 0: what is refused then is refused whatever is bought. What each campaign allows
 * offline, and which media are strong enough, is decided by `qualify` under `offlineTerms`.
 */
export function offlineVerdict(standing: OfflineStanding, totalDiscount: Amount): Verdict {
  const { settings, storedCount, storedValue, replicaAsOf, now, caps } = standing
  if (settings.mode === 'require_online') return refused({ reason: 'offline_not_allowed', params: {} })
  if (replicaAsOf === null || now - replicaAsOf > caps.maxReplicaAgeHours * HOUR_MS) {
    const params: Params = { maxHours: caps.maxReplicaAgeHours }
    if (replicaAsOf !== null) params.asOf = new Date(replicaAsOf).toISOString()
    return refused({ reason: 'snapshot_too_old', params })
  }
  if (storedCount + 1 > caps.maxStoredCount) {
    return refused({ reason: 'offline_limit_reached', params: { maxCount: caps.maxStoredCount } })
  }
  if (settings.maxValue !== undefined && totalDiscount > settings.maxValue) {
    return refused({ reason: 'offline_limit_reached', params: { maxValue: settings.maxValue } })
  }
  if (storedValue + totalDiscount > caps.maxStoredValue) {
    const left = Math.max(0, caps.maxStoredValue - storedValue)
    return refused({ reason: 'offline_limit_reached', params: { maxValue: caps.maxStoredValue, left } })
  }
  return accepted(null)
}

/** The part of a station's standing that the rules of single coupons look at. */
export function offlineTerms({ settings, caps, storedValue }: OfflineStanding): OfflineTerms {
  const left = Math.max(0, caps.maxStoredValue - storedValue)
  const byStore = settings.maxValue !== undefined && settings.maxValue <= left
  return {
    entries: settings.entries,
    mediumTypes: settings.mediumTypes,
    maxValue: byStore ? (settings.maxValue ?? left) : left,
    valueParams: byStore ? { maxValue: settings.maxValue ?? left } : { maxValue: caps.maxStoredValue, left },
  }
}
