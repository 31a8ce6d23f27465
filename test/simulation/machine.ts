import type { StationClock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { World } from './world.ts'

/** A quartz crystal's error (parts per million) is far below; exaggerated so that it shows within minutes. */
const MOST_DRIFT = 2e-4

/** One computer's idea of time: its crystal drifts, people set its clock, it sleeps. */
export class Machine implements StationClock {
  readonly #world: World
  readonly #rate: number
  #offset: number
  #asleepUntil = 0
  #slept = 0
  #booted: number
  #boots = 1

  constructor(world: World, options: { readonly exact: boolean }) {
    this.#world = world
    this.#rate = options.exact ? 1 : 1 + (world.random.int(2_001) / 1_000 - 1) * MOST_DRIFT
    this.#offset = options.exact ? 0 : world.between(-1_500, 1_500)
    this.#booted = world.now
  }

  now = (): number => Math.round(this.#booted + this.#sinceBoot() + this.#offset)

  monotonic = (): number => this.#sinceBoot() - this.#slept

  get bootId(): string {
    return `boot ${this.#boots}`
  }

  suspendedMs = (): number => this.#slept

  get asleep(): boolean {
    return this.#asleepUntil > this.#world.now
  }

  /** Somebody, or a time server, sets the clock of the operating system. */
  setClock(byMs: number): void {
    this.#offset += byMs
  }

  /** Nothing runs and the monotonic clock stands for so long. */
  sleep(ms: number): void {
    const from = Math.max(this.#world.now, this.#asleepUntil)
    const until = Math.max(from, this.#world.now + ms)
    this.#asleepUntil = until
    this.#slept += (until - from) * this.#rate
  }

  /** Power was lost: the monotonic clock begins again. */
  reboot(): void {
    const wall = this.now()
    this.#boots += 1
    this.#booted = this.#world.now
    this.#offset = wall - this.#world.now
    this.#slept = 0
    this.#asleepUntil = 0
  }

  /** Runs `task` when this machine's clock says that `delayMs` have passed, at least 1 as in Node, and it is awake. */
  after: Scheduler['after'] = (delayMs, task) => {
    let cancel = () => {}
    const run = () => {
      const leftMs = this.#asleepUntil - this.#world.now
      if (leftMs > 0) cancel = this.#world.after(leftMs, run)
      else task()
    }
    cancel = this.#world.after(Math.max(1, delayMs) / this.#rate, run)
    return () => cancel()
  }

  #sinceBoot(): number {
    return (this.#world.now - this.#booted) * this.#rate
  }
}
