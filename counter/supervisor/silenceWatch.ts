import type { Scheduler } from '../../core/ports/scheduler.ts'

/** How often it is looked whether somebody was heard, milliseconds. */
const LOOK_EVERY_MS = 5_000

/** How many looks in a row may find silence: half a minute, and a whole one for who has only begun. */
const LOOKS = { before: 12, after: 6 } as const

/**
 * Notices that somebody who should be heard every few seconds hangs. It counts its own looks and not the time on a clock:
 * after a computer has slept, or while this process itself was held up, nobody has been silent.
 */
export class SilenceWatch {
  readonly #scheduler: Scheduler
  readonly #silent: () => void
  #missed = 0
  #heardOnce = false
  #cancel: (() => void) | null = null

  /** `silent` is told once; to watch on, `begin` again. */
  constructor(scheduler: Scheduler, silent: () => void) {
    this.#scheduler = scheduler
    this.#silent = silent
  }

  /** Watches somebody who begins now. */
  begin(): void {
    this.end()
    this.#missed = 0
    this.#heardOnce = false
    this.#lookLater()
  }

  heard(): void {
    this.#missed = 0
    this.#heardOnce = true
  }

  end(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #lookLater(): void {
    this.#cancel = this.#scheduler.after(LOOK_EVERY_MS, () => {
      this.#cancel = null
      this.#missed += 1
      if (this.#missed > (this.#heardOnce ? LOOKS.after : LOOKS.before)) this.#silent()
      else this.#lookLater()
    })
  }
}
