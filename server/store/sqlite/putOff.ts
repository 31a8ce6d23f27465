/**
 * What a transaction moves again and again and is written once, right before it ends. Whoever keeps such a thing answers for
 * it meanwhile.
 */
export interface PutOff {
  /** Writes all of it, in the open transaction. */
  write(): void
  /** The transaction did not happen, or only read. */
  forget(): void
}

export const allOf = (parts: readonly PutOff[]): PutOff => ({
  write() {
    for (const part of parts) part.write()
  },
  forget() {
    for (const part of parts) part.forget()
  },
})
