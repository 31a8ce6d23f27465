import type { Scheduler } from '../../core/ports/scheduler.ts'

/** A POS that asks by HTTP alone is there for so long after each request. */
const HEARD_FOR_MS = 30_000
/** A line that breaks is mostly made again at once: the screen does not flicker for it. */
const LINE_BREAKS_MS = 3_000

export interface Presence {
  readonly posId: string
  readonly present: boolean
  /** Of `present`; epoch milliseconds. */
  readonly since: number
}

/** Whether the POS that was heard last is still there. */
export class PosPresence {
  readonly #scheduler: Scheduler
  readonly #now: () => number
  readonly #changed: () => void
  readonly #lines = new Map<string, number>()
  readonly #leaving = new Map<string, () => void>()
  #last: Presence | null = null

  /** `now`: epoch milliseconds of the operating system; `changed`: somebody came or went. */
  constructor(scheduler: Scheduler, now: () => number, changed: () => void) {
    this.#scheduler = scheduler
    this.#now = now
    this.#changed = changed
  }

  /** Whoever was heard last; null: nobody since the program began. */
  get last(): Presence | null {
    return this.#last
  }

  isPresent(posId: string): boolean {
    return this.#lines.has(posId) || this.#leaving.has(posId)
  }

  /** It asked something. */
  heard(posId: string): void {
    this.#arrives(posId)
    if (!this.#lines.has(posId)) this.#leaveAfter(posId, HEARD_FOR_MS)
  }

  /** It holds a line open; the answer is how it ends. */
  connected(posId: string): () => void {
    this.#lines.set(posId, (this.#lines.get(posId) ?? 0) + 1)
    this.#arrives(posId)
    return () => {
      const left = (this.#lines.get(posId) ?? 1) - 1
      if (left > 0) this.#lines.set(posId, left)
      else {
        this.#lines.delete(posId)
        this.#leaveAfter(posId, LINE_BREAKS_MS)
      }
    }
  }

  /** Its token was revoked. */
  gone(posId: string): void {
    this.#lines.delete(posId)
    this.#leaving.get(posId)?.()
    this.#leaves(posId)
  }

  stop(): void {
    for (const cancel of this.#leaving.values()) cancel()
    this.#leaving.clear()
  }

  #arrives(posId: string): void {
    this.#leaving.get(posId)?.()
    this.#leaving.delete(posId)
    if (this.#last?.posId === posId && this.#last.present) return
    this.#last = { posId, present: true, since: this.#now() }
    this.#changed()
  }

  #leaveAfter(posId: string, ms: number): void {
    this.#leaving.get(posId)?.()
    this.#leaving.set(
      posId,
      this.#scheduler.after(ms, () => this.#leaves(posId)),
    )
  }

  #leaves(posId: string): void {
    this.#leaving.delete(posId)
    if (this.#last?.posId !== posId || !this.#last.present) return
    this.#last = { posId, present: false, since: this.#now() }
    this.#changed()
  }
}
