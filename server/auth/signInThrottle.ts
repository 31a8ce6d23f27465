import type { Clock } from '../../core/ports/clock.ts'

/** Wrong ones that are free; after them each one doubles the wait. Many people may share one address. */
const FREE_BY_NAME = 5
const FREE_BY_ADDRESS = 50
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000
const FORGOTTEN_AFTER_MS = 60 * 60_000
const MOST_KEYS = 10_000
/** Checked at once: each holds a thread and up to 64 MiB. */
const MOST_AT_ONCE = 8

interface Failures {
  count: number
  lastAt: number
  blockedUntil: number
}

export interface SignInThrottle {
  /** Milliseconds to wait before this name, or this address, may try again; 0 now, and then it runs until `ended`. */
  begin(name: string, address: string): number
  /** Every `begin` that answered 0 ends with this. */
  ended(name: string, address: string, outcome: 'right' | 'wrong' | 'broken'): void
}

/**
 * Slows the guessing of PINs, passwords and codes: by name, known or not, so that it tells nothing about who exists, and
 * by address, so that one password is not tried on every name. Kept in memory and bounded: a restart forgives (the count
 * that locks an account is in the database), and a flood of names pushes out the oldest.
 */
export function signInThrottle(clock: Clock): SignInThrottle {
  const names = failuresBy(clock, FREE_BY_NAME)
  const addresses = failuresBy(clock, FREE_BY_ADDRESS)
  let running = 0
  return {
    begin(name, address) {
      const wait = Math.max(names.waitMs(name), addresses.waitMs(address))
      if (wait > 0) return Math.ceil(wait)
      if (running >= MOST_AT_ONCE) return 1_000
      running += 1
      return 0
    },
    ended(name, address, outcome) {
      running -= 1
      if (outcome === 'right') names.forget(name)
      if (outcome !== 'wrong') return
      names.count(name)
      // Never forgotten for a right one: whoever has an account could go on guessing others'.
      addresses.count(address)
    },
  }
}

function failuresBy(clock: Clock, free: number) {
  const failures = new Map<string, Failures>()
  return {
    waitMs: (key: string): number => {
      const now = clock.monotonic()
      return (failures.get(key)?.blockedUntil ?? now) - now
    },
    forget: (key: string): void => void failures.delete(key),
    count(key: string): void {
      const before = failures.get(key)
      failures.delete(key)
      const now = clock.monotonic()
      const count = before && now - before.lastAt < FORGOTTEN_AFTER_MS ? before.count + 1 : 1
      const wait = count < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (count - free), LONGEST_WAIT_MS)
      failures.set(key, { count, lastAt: now, blockedUntil: now + wait })
      const oldest = failures.keys().next()
      if (failures.size > MOST_KEYS && !oldest.done) failures.delete(oldest.value)
    },
  }
}
