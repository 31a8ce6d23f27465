/** Looks in a row at which a reader is missing before the service is asked afresh: it may still be powering it up. */
const PATIENCE = 3

/** For one plugging: a reader that has no driver will not be told of however often the service is asked. */
const ASK_AGAIN = 2

/**
 * Readers that the PC/SC service should have told of, or should have told the state of, and has not. A new connection is
 * told of everything, so it is the remedy; but it interrupts all readers, so it is not the first, nor the hundredth.
 */
export class UntoldReaders {
  readonly #asked = new Map<string, number>()
  #missing = ''
  #looks = 0

  /** There is a new connection: what it has not told yet it may still tell. */
  afresh(): void {
    this.#missing = ''
    this.#looks = 0
  }

  /**
   * One look at the connection there is. `untold`: readers it has not told of, each by a name that a replug changes where
   * there is one; `told`: those it has. Returns whether it is to be given up for a new one.
   */
  look(untold: readonly string[], told: readonly string[]): boolean {
    for (const reader of told) this.#asked.delete(reader)
    const missing = untold.join()
    this.#looks = missing === this.#missing ? this.#looks + 1 : 1
    this.#missing = missing
    if (this.#looks < PATIENCE) return false
    const again = untold.filter((reader) => this.#timesAsked(reader) < ASK_AGAIN)
    for (const reader of again) this.#asked.set(reader, this.#timesAsked(reader) + 1)
    return again.length > 0
  }

  #timesAsked(reader: string): number {
    return this.#asked.get(reader) ?? 0
  }
}
