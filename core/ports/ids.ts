/** Identity and randomness, injected. */
export interface Ids {
  /** A new UUIDv7, later than every one before. */
  uuid7(): string
  /** `size` random bytes fit for secrets. */
  randomBytes(size: number): Uint8Array
}
