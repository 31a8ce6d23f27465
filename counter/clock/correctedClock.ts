import type { Clock } from '../../core/ports/clock.ts'

/** An anchor is replaced by a more exact one at once, and by any after this long: crystals drift. */
const ANCHOR_AGE_MS = 10 * 60_000

interface Anchor {
  readonly serverTime: number
  readonly monotonic: number
  readonly uncertaintyMs: number
}

/**
 * The server's time, carried on by a clock that never jumps (CONTRACT.md §8). Before the first answer it is the operating
 * system's, never before the journal's last.
 */
export class CorrectedClock {
  readonly #clock: Clock
  readonly #notBefore: number
  #anchor: Anchor | null = null

  constructor(clock: Clock, notBefore: number | null) {
    this.#clock = clock
    this.#notBefore = notBefore ?? 0
  }

  /** Epoch milliseconds. */
  now(): number {
    const anchor = this.#anchor
    const time = anchor ? anchor.serverTime + (this.#clock.monotonic() - anchor.monotonic) : this.#clock.now()
    return Math.round(anchor ? time : Math.max(time, this.#notBefore))
  }

  /** The operating system's own, for the record. */
  system(): number {
    return Math.round(this.#clock.now())
  }

  monotonic(): number {
    return this.#clock.monotonic()
  }

  /** An answer says it was made at `asOf` (RFC 3339); it was asked for at `sentAt` on the monotonic clock. */
  observe(asOf: string, sentAt: number): void {
    const receivedAt = this.#clock.monotonic()
    const uncertaintyMs = (receivedAt - sentAt) / 2
    const current = this.#anchor
    const better = !current || uncertaintyMs <= current.uncertaintyMs || receivedAt - current.monotonic > ANCHOR_AGE_MS
    if (!better) return
    this.#anchor = { serverTime: Date.parse(asOf) + uncertaintyMs, monotonic: receivedAt, uncertaintyMs }
  }
}
