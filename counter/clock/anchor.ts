/** Where the server's time stood on this machine's monotonic clock. */
export interface Anchor {
  /** Epoch milliseconds of the server, at `monotonic`. */
  readonly serverTime: number
  readonly monotonic: number
  /** Half of the time the answer took: the server may have looked at its clock at any moment of it. */
  readonly uncertaintyMs: number
  /** What `StationClock` said then: with another of either, the anchor is void. */
  readonly bootId: string
  readonly suspendedMs: number
}

/**
 * How far a monotonic clock may run from the true time. Crystals are good to some 50 ppm, but the kernel may steer the
 * clock: `adjtimex(2)` and `clock_gettime(2)` bound the usual steering of CLOCK_MONOTONIC to 500 ppm.
 */
export const DRIFT = 500e-6

/** The two clocks a suspend is measured with are not read at one moment; below this, nobody slept. */
export const SUSPEND_NOTICED_MS = 500

/** How far off the anchored time may be at `monotonic`, either way. */
export function uncertaintyAt(anchor: Anchor, monotonic: number, suspendedMs: number): number {
  const ageMs = Math.max(0, monotonic - anchor.monotonic)
  return anchor.uncertaintyMs + ageMs * DRIFT + Math.max(0, suspendedMs - anchor.suspendedMs)
}

/** Why an anchor does not hold any more; null: it does. */
export function voided(
  anchor: Anchor,
  now: { readonly bootId: string; readonly monotonic: number; readonly suspendedMs: number },
): 'restarted' | 'suspended' | null {
  // A monotonic clock that goes back belongs to another start, whatever the boot is called.
  if (anchor.bootId !== now.bootId || now.monotonic < anchor.monotonic) return 'restarted'
  return Math.abs(now.suspendedMs - anchor.suspendedMs) >= SUSPEND_NOTICED_MS ? 'suspended' : null
}
