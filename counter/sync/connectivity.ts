import type { CounterState } from '../../core/counter/state.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import { type Breaker, evidenceOf, UNTRIED, weigh } from './circuitBreaker.ts'

type Connection = CounterState['connection']

/**
 * Whether the server is asked. Offline only on what CONTRACT.md §4.3 names; what the last exchanges said is what counts,
 * not what the network card says. While offline nobody at the counter waits for the server; the prober finds it again.
 */
export class Connectivity {
  readonly #clock: Clock
  readonly #changed: () => void
  #breaker: Breaker = UNTRIED
  #revoked = false
  #forced = false
  #since: number

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
    this.#since = clock.now()
  }

  get mode(): Connection['mode'] {
    if (this.#revoked) return 'revoked'
    return this.#breaker.state === 'closed' && !this.#forced ? 'online' : 'offline'
  }

  /** The operating system's time at which the mode became what it is. */
  get since(): number {
    return this.#since
  }

  get cause(): Connection['cause'] {
    if (this.#revoked) return null
    return this.#forced ? 'forced' : this.#breaker.cause
  }

  /** Head office has switched this station off: the server itself said so, the last time it was heard. */
  get toldRevoked(): boolean {
    return this.#revoked
  }

  /** Whether a cashier's question goes to the server. Before the first exchange it is presumed to be there. */
  get worthAsking(): boolean {
    return !this.#revoked && !this.#forced && this.#breaker.state !== 'open'
  }

  /** Nobody asks, and only a probe can tell when somebody may again. */
  get wantsProbe(): boolean {
    return !this.#revoked && this.#breaker.state === 'open'
  }

  /** For how long the server asked to be left alone, milliseconds from now; 0: it did not. */
  get pauseMs(): number {
    const { cause, restUntil } = this.#breaker
    return cause === 'throttled' ? Math.max(0, restUntil - this.#clock.monotonic()) : 0
  }

  /**
   * How an exchange ended. `tookMs` of one that a cashier waited for, or of a probe: how slow it was counts. Of background
   * work, which may take its time, it is left out.
   */
  heard(result: GatewayResult<unknown>, tookMs?: number): void {
    const evidence = evidenceOf(result, tookMs)
    this.#change(() => {
      // A station that head office has switched off does not come back by losing its connection.
      if (result.kind === 'revoked') this.#revoked = true
      else if (result.kind !== 'unreachable') this.#revoked = false
      if (evidence) this.#breaker = weigh(this.#breaker, evidence, this.#clock.monotonic())
    })
  }

  /** A manager's word: the server is not asked, whether it is there or not, until this is called with false. */
  force(offline: boolean): void {
    this.#change(() => {
      this.#forced = offline
    })
  }

  #change(change: () => void): void {
    const before = { mode: this.mode, cause: this.cause, state: this.#breaker.state }
    change()
    if (this.mode !== before.mode) this.#since = this.#clock.now()
    if (this.mode !== before.mode || this.cause !== before.cause || this.#breaker.state !== before.state)
      this.#changed()
  }
}
