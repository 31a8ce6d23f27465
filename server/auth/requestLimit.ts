import type { Clock } from '../../core/ports/clock.ts'

/** How many requests one caller may send: `burst` at once, `perSecond` for long. */
export interface RequestRate {
  readonly perSecond: number
  readonly burst: number
}

/** A counter sends a few a second at most; what sends a thousand has lost its way. */
export const REQUEST_RATE: RequestRate = { perSecond: 1_000, burst: 5_000 }

const MOST_CALLERS = 50_000

interface Bucket {
  left: number
  at: number
}

/**
 * A token bucket for each caller. Answers how many milliseconds to wait: 0 when the request may go on. In memory and
 * bounded; each server process counts for itself. Written by hand because every redemption passes here.
 */
export function requestLimit(clock: Clock, { perSecond, burst }: RequestRate): (caller: string) => number {
  const buckets = new Map<string, Bucket>()
  return (caller) => {
    const now = clock.monotonic()
    let bucket = buckets.get(caller)
    if (!bucket) {
      if (buckets.size >= MOST_CALLERS) dropFull(buckets, now, perSecond, burst)
      bucket = { left: burst, at: now }
      buckets.set(caller, bucket)
    }
    const left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond)
    bucket.at = now
    bucket.left = left < 1 ? left : left - 1
    return left < 1 ? Math.ceil(((1 - left) / perSecond) * 1_000) : 0
  }
}

/** Whoever has been quiet long enough to be as good as new is forgotten; all, if nobody has. */
function dropFull(buckets: Map<string, Bucket>, now: number, perSecond: number, burst: number): void {
  for (const [caller, { left, at }] of buckets) {
    if (left + ((now - at) / 1_000) * perSecond >= burst) buckets.delete(caller)
  }
  if (buckets.size >= MOST_CALLERS) buckets.clear()
}
