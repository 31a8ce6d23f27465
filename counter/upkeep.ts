import type { Scheduler } from '../core/ports/scheduler.ts'
import type { Journal } from './store/counterStore.ts'
import { Loop } from './sync/loop.ts'

/** Not at once: after a start the counter has customers and a server to think of. */
const FIRST_MS = 30_000
/** Between slices: a tap that comes in meanwhile goes first. */
const SLICE_MS = 50
const BUSY_MS = 500
/** Between one whole reading and the next. */
const AGAIN_MS = 6 * 3_600_000
const DISK_AGAIN_MS = 60_000

export interface UpkeepParts {
  readonly journal: Pick<Journal, 'tidy' | 'scrub'>
  readonly scheduler: Scheduler
  /** Corrected time, epoch milliseconds. */
  readonly now: () => number
  readonly isBusy: () => boolean
}

/** Keeps the journal small and reads it again, in slices of a few milliseconds while nobody is served. */
export class Upkeep {
  readonly #parts: UpkeepParts
  readonly #loop: Loop
  #tidied = false
  #cancel: (() => void) | null = null

  constructor(parts: UpkeepParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, async () => this.#round())
  }

  begin(): void {
    this.#cancel = this.#parts.scheduler.after(FIRST_MS, () => this.#loop.wake())
  }

  async stop(): Promise<void> {
    this.#cancel?.()
    await this.#loop.stop()
  }

  #round(): number | null {
    const { journal, now, isBusy } = this.#parts
    if (isBusy()) return BUSY_MS
    if (!this.#tidied) {
      const tidied = journal.tidy(now())
      if (!tidied.ok) return DISK_AGAIN_MS
      this.#tidied = !tidied.value.more
      return SLICE_MS
    }
    const read = journal.scrub()
    switch (read.state) {
      case 'more':
        return SLICE_MS
      case 'done':
        this.#tidied = false
        return AGAIN_MS
      case 'damaged':
        // The store tells whoever opened it: this program ends.
        return null
    }
  }
}
