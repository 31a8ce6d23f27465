/** Identity and randomness, injected. */
export interface Ids {
  /**
   * A new UUIDv7, later than every one before. `at`: the time it bears, epoch milliseconds; the operating system's where it
   * is left out.
   */
  uuid7(at?: number): string
  /** `size` random bytes fit for secrets. */
  randomBytes(size: number): Uint8Array
}
