import type { Visit } from '../../core/counter/state.ts'
import { REDEEM_DEADLINE_MS, SEARCH_DEADLINE_MS } from '../../counter/deadlines.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

/** From a tap to the visit it begins. */
const TAP_DEADLINE_MS = 500
/** A timer is at most so late. */
const SLACK_MS = 50

/** What has to be over within its deadline, by the phase that says that it is under way. */
const DEADLINES: Partial<Readonly<Record<Visit['phase'], number>>> = {
  searching: SEARCH_DEADLINE_MS,
  approving: REDEEM_DEADLINE_MS,
  undoing: REDEEM_DEADLINE_MS,
}

/** Rule 7 at one counter: every tap leads to a visit, and nothing is under way for longer than a cashier waits. */
export class VisitDeadlines {
  readonly #world: World
  #phase: { readonly name: Visit['phase']; readonly since: number } | null = null
  #tappedAt: number | null = null

  constructor(world: World) {
    this.#world = world
  }

  tapped(station: Station): void {
    this.#tappedAt = station.machine.monotonic()
  }

  /** Its program died: what was under way is nobody's any more. */
  restarted(): void {
    this.#phase = null
    this.#tappedAt = null
  }

  /** The screen shows a visit in this phase. */
  moved(station: Station, phase: Visit['phase']): void {
    const now = station.machine.monotonic()
    this.#judge(station, now)
    if (phase !== 'idle') this.#tappedAt = null
    if (this.#phase?.name !== phase) this.#phase = { name: phase, since: now }
  }

  /** Whether what is under way is still within its deadline. */
  check(station: Station): void {
    if (station.state) this.#judge(station, station.machine.monotonic())
  }

  #judge({ name }: Station, now: number): void {
    const limit = this.#phase ? DEADLINES[this.#phase.name] : undefined
    if (this.#phase && limit !== undefined && now - this.#phase.since > limit + SLACK_MS) {
      this.#world.violated(`rule 7: ${name} is ${this.#phase.name} for ${Math.round(now - this.#phase.since)} ms`)
      this.#phase = null
    }
    if (this.#tappedAt !== null && now - this.#tappedAt > TAP_DEADLINE_MS) {
      this.#world.violated(`rule 7: a tap at ${name} led to nothing`)
      this.#tappedAt = null
    }
  }
}
