/**
 * One incarnation of a process. It ends between any two of its effects: every crossing of a port asks `mayCross` before
 * the effect and again after it, and once the answer is no, nothing it does reaches anybody.
 */
export class Life {
  readonly #ended: () => void
  #alive = true
  #crossingsLeft = Number.POSITIVE_INFINITY

  /** @param ended is told when it dies of `endWithin`. */
  constructor(ended: () => void) {
    this.#ended = ended
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Dies at one of its next crossings. */
  endWithin(crossings: number): void {
    this.#crossingsLeft = Math.min(this.#crossingsLeft, crossings)
  }

  /** Dies now. */
  end(): void {
    if (!this.#alive) return
    this.#alive = false
    this.#ended()
  }

  mayCross(): boolean {
    if (!this.#alive) return false
    this.#crossingsLeft -= 1
    if (this.#crossingsLeft < 0) this.end()
    return this.#alive
  }
}
