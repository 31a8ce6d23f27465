import type { CounterState } from '../../core/counter/state.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import { BACKGROUND_DEADLINE_MS } from '../deadlines.ts'
import type { Journal, TurnedAway } from '../store/counterStore.ts'
import { type Breaker, evidenceOf, UNTRIED, weigh } from './circuitBreaker.ts'

type Connection = CounterState['connection']

/** An answer that comes within this time of a refusal may be to what was asked before it: it takes nothing back. */
const ASKED_BEFORE_MS = BACKGROUND_DEADLINE_MS

/**
 * Whether the server is asked. Offline only on what CONTRACT.md §4.3 names; what the last exchanges said is what counts,
 * not what the network card says. While offline nobody at the counter waits for the server; the prober finds it again.
 */
export class Connectivity {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #journal: Pick<Journal, 'keepTurnedAway'>
  #breaker: Breaker = UNTRIED
  #turnedAway: TurnedAway | null
  #written: TurnedAway | null
  /** Monotonic; of what an earlier start was told, nothing that is asked now was asked before. */
  #turnedAwayAt = Number.NEGATIVE_INFINITY
  #forced = false
  #since: number

  /** What the server last said of this station is on disk: pulling cable and plug makes no counter of a revoked one. */
  constructor(clock: Clock, changed: () => void, journal: Pick<Journal, 'turnedAway' | 'keepTurnedAway'>) {
    this.#clock = clock
    this.#changed = changed
    this.#journal = journal
    this.#turnedAway = journal.turnedAway()
    this.#written = this.#turnedAway
    this.#since = clock.now()
  }

  get mode(): Connection['mode'] {
    if (this.#turnedAway) return 'revoked'
    return this.#breaker.state === 'closed' && !this.#forced ? 'online' : 'offline'
  }

  /** The operating system's time at which the mode became what it is. */
  get since(): number {
    return this.#since
  }

  get cause(): Connection['cause'] {
    if (this.#turnedAway) return null
    return this.#forced ? 'forced' : this.#breaker.cause
  }

  /** Head office has switched this station off: the server said so by name, the last time it was heard. */
  get toldRevoked(): boolean {
    return this.#turnedAway === 'by_name'
  }

  /** Whether a cashier's question goes to the server. Before the first exchange it is presumed to be there. */
  get worthAsking(): boolean {
    return !this.#turnedAway && !this.#forced && this.#breaker.state !== 'open'
  }

  /** Nobody asks, and only a probe can tell when somebody may again. */
  get wantsProbe(): boolean {
    return !this.#turnedAway && this.#breaker.state === 'open'
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
      // A station that head office has switched off does not come back by losing its connection, nor by a proxy's word.
      if (result.kind === 'revoked') this.#turnAway(result.reason === 'station_revoked' ? 'by_name' : 'unnamed')
      else if (result.kind === 'answered') this.#takeBack()
      if (evidence) this.#breaker = weigh(this.#breaker, evidence, this.#clock.monotonic())
    })
  }

  /** A manager's word: the server is not asked, whether it is there or not, until this is called with false. */
  force(offline: boolean): void {
    this.#change(() => {
      this.#forced = offline
    })
  }

  #turnAway(how: TurnedAway): void {
    this.#turnedAwayAt = this.#clock.monotonic()
    // A name is not unsaid by a refusal without one: that comes of a proxy, or of an older database.
    this.#turnedAway = this.#turnedAway === 'by_name' ? 'by_name' : how
    this.#write()
  }

  #takeBack(): void {
    if (this.#turnedAway === null) return
    const isLate = this.#clock.monotonic() - this.#turnedAwayAt < ASKED_BEFORE_MS
    if (isLate) return
    this.#turnedAway = null
    this.#write()
  }

  /** What a full disk does not take counts until the program ends, and is written with the next refusal. */
  #write(): void {
    if (this.#written === this.#turnedAway) return
    if (this.#journal.keepTurnedAway(this.#turnedAway).ok) this.#written = this.#turnedAway
  }

  #change(change: () => void): void {
    const now = () => [this.mode, this.cause, this.#breaker.state, this.toldRevoked].join()
    const { mode } = this
    const before = now()
    change()
    if (this.mode !== mode) this.#since = this.#clock.now()
    if (now() !== before) this.#changed()
  }
}
