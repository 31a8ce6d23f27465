import type { ClockDoubt } from '../counter/state.ts'
import type { TimeWindow } from '../qualification/model.ts'
import type { OfflineStanding } from './offlinePolicy.ts'

const HOUR_MS = 3_600_000

/** Below, no campaign's validity means it so exactly, and a measured clock is taken at its word. */
const EXACT_MS = 1_000

/** What a station's clock says of now, epoch milliseconds. */
export interface ClockWindow {
  readonly now: number
  readonly earliest: number
  /** null: nothing tells how late it is. */
  readonly latest: number | null
  /** Why time is the operating system's; null: it is the server's. */
  readonly doubt: ClockDoubt | null
}

/**
 * Between which times a coupon must be valid to be approved offline (CONTRACT.md §8); undefined: now is exact. A doubted
 * clock that shows nothing believable bounds nothing from above: then the copy's age does, because once it is too old the
 * store's policy allows nothing at all. So what is approved holds at every moment at which anything may be approved.
 */
export function offlineWindow(
  { now, earliest, latest, doubt }: ClockWindow,
  { replicaAsOf, caps }: Pick<OfflineStanding, 'replicaAsOf' | 'caps'>,
): TimeWindow | undefined {
  if (doubt === null) {
    return latest === null || latest - now <= EXACT_MS ? undefined : { earliest, latest }
  }
  const oldest = Math.max(now, (replicaAsOf ?? now) + caps.maxReplicaAgeHours * HOUR_MS)
  return { earliest: Math.min(earliest, now), latest: Math.max(now, Math.min(latest ?? oldest, oldest)) }
}
