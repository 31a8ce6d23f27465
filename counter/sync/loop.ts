import type { Scheduler } from '../../core/ports/scheduler.ts'

/**
 * Background work that runs one round at a time. A round answers with the milliseconds until the next one, or null: not
 * before somebody wakes it. A `wake` during a round makes another one follow at once.
 */
export class Loop {
  readonly #scheduler: Scheduler
  readonly #round: () => Promise<number | null>
  #cancel: (() => void) | null = null
  #running: Promise<void> | null = null
  #woken = false
  #stopped = false

  constructor(scheduler: Scheduler, round: () => Promise<number | null>) {
    this.#scheduler = scheduler
    this.#round = round
  }

  /** Runs a round now, or right after the one that runs. */
  wake(): void {
    if (this.#stopped) return
    if (this.#running) {
      this.#woken = true
      return
    }
    this.#cancel?.()
    this.#cancel = null
    this.#running = this.#run()
  }

  /** Resolves when no round runs and none will. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await this.#running
  }

  async #run(): Promise<void> {
    const delayMs = await this.#round()
    this.#running = null
    if (this.#stopped) return
    if (this.#woken) {
      this.#woken = false
      this.wake()
    } else if (delayMs !== null) {
      this.#cancel = this.#scheduler.after(delayMs, () => this.wake())
    }
  }
}
