/** One write transaction while it is open. */
export interface Unit {
  /** Epoch milliseconds at which everything in it is decided. */
  readonly now: number
  /** Gives out the next change position. */
  nextChange(): number
  /** The latest change position given out. */
  lastChange(): number
}
