import type { Clock } from '../../core/ports/clock.ts'

/** Wrong PINs that are free for one name; after them each one doubles the wait. */
const FREE_FAILURES = 5
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000
const FORGOTTEN_AFTER_MS = 60 * 60_000
const MOST_NAMES = 10_000
/** PINs checked at once: scrypt holds a thread and 16 MiB for each. */
const MOST_AT_ONCE = 8

interface Failures {
  count: number
  lastAt: number
  blockedUntil: number
}

export interface PinThrottle {
  /** Milliseconds to wait before this name may try again; 0 now. Counts the attempt as running until `ended`. */
  begin(name: string): number
  /** Every `begin` that answered 0 ends with this. */
  ended(name: string, outcome: 'right' | 'wrong' | 'broken'): void
}

/**
 * Slows the guessing of PINs, by operator name, known or not, so that it tells nothing about who exists. Kept in memory
 * and bounded: a restart forgives, and a flood of names pushes out the oldest.
 */
export function pinThrottle(clock: Clock): PinThrottle {
  const failures = new Map<string, Failures>()
  let running = 0
  return {
    begin(name) {
      const now = clock.monotonic()
      const wait = (failures.get(name)?.blockedUntil ?? now) - now
      if (wait > 0) return Math.ceil(wait)
      if (running >= MOST_AT_ONCE) return 1_000
      running += 1
      return 0
    },
    ended(name, outcome) {
      running -= 1
      if (outcome === 'broken') return
      const before = failures.get(name)
      failures.delete(name)
      if (outcome === 'right') return
      const now = clock.monotonic()
      const count = before && now - before.lastAt < FORGOTTEN_AFTER_MS ? before.count + 1 : 1
      const wait = count < FREE_FAILURES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_FAILURES), LONGEST_WAIT_MS)
      failures.set(name, { count, lastAt: now, blockedUntil: now + wait })
      const oldest = failures.keys().next()
      if (failures.size > MOST_NAMES && !oldest.done) failures.delete(oldest.value)
    },
  }
}
