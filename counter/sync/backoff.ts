import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { LONGEST_PAUSE_MS } from './circuitBreaker.ts'

/** Delays that double from `firstMs` to `maxMs`, each between half and the whole of it, so that a store's lanes spread. */
export class Backoff {
  readonly #firstMs: number
  readonly #maxMs: number
  readonly #ids: Ids
  #failures = 0

  constructor(options: { firstMs: number; maxMs: number; ids: Ids }) {
    this.#firstMs = options.firstMs
    this.#maxMs = options.maxMs
    this.#ids = options.ids
  }

  next(): number {
    const whole = Math.min(this.#maxMs, this.#firstMs * 2 ** Math.min(this.#failures, 30))
    this.#failures += 1
    const fraction = (this.#ids.randomBytes(1)[0] ?? 0) / 255
    return Math.round(whole * (0.5 + fraction / 2))
  }

  /** The pause after an exchange that got no answer; never shorter than the server asked for, within reason. */
  after(result: Exclude<GatewayResult<never>, { kind: 'answered' | 'rejected' }>): number {
    const pauseMs = this.next()
    return result.kind === 'throttled' ? Math.max(Math.min(result.retryAfterMs, LONGEST_PAUSE_MS), pauseMs) : pauseMs
  }

  reset(): void {
    this.#failures = 0
  }
}
