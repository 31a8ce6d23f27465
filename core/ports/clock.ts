/** Time, injected. */
export interface Clock {
  /** Epoch milliseconds of the operating system. */
  now(): number
  /** Milliseconds that never jump, from an arbitrary start. */
  monotonic(): number
}

/** A clock that also says how far its `monotonic` can be trusted across restarts and sleep (CONTRACT.md §8). */
export interface StationClock extends Clock {
  /**
   * Names the start of the machine that `monotonic` counts from: the same for every process that may compare its
   * `monotonic` with ours, another one after a restart of the machine.
   */
  readonly bootId: string
  /**
   * How long the machine has been suspended since that start, milliseconds, as far as `monotonic` leaves it out or cannot
   * vouch for it. Rises by each suspend and by nothing else.
   */
  suspendedMs(): number
}
