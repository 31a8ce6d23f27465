import type { CounterState } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'

type Mode = CounterState['connection']['mode']

/**
 * Whether the server is asked. Offline only on what CONTRACT.md §4.3 names; what the last exchange said is what counts,
 * not what the network card says. While offline nobody at the counter waits for the server; the puller finds it again.
 */
export class Connectivity {
  readonly #clock: Clock
  readonly #changed: () => void
  #mode: Mode = 'offline'
  #since: number
  #heardAnything = false

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
    this.#since = clock.now()
  }

  get mode(): Mode {
    return this.#mode
  }

  get since(): number {
    return this.#since
  }

  /** Before the first exchange the server is presumed to be there. */
  get worthAsking(): boolean {
    return this.#mode === 'online' || !this.#heardAnything
  }

  heard(result: GatewayResult<unknown>): void {
    this.#heardAnything = true
    const mode = modeAfter(result)
    if (mode === this.#mode) return
    this.#mode = mode
    this.#since = this.#clock.now()
    this.#changed()
  }
}

function modeAfter(result: GatewayResult<unknown>): Mode {
  switch (result.kind) {
    case 'answered':
    case 'rejected':
    case 'throttled':
      return 'online'
    case 'revoked':
      return 'revoked'
    case 'unreachable':
      return 'offline'
    default:
      return unreachable(result)
  }
}
