/** Time, injected. */
export interface Clock {
  /** Epoch milliseconds of the operating system. */
  now(): number
  /** Milliseconds that never jump, from an arbitrary start. */
  monotonic(): number
}
