import type { MediumKeyOf } from './media.ts'

/** A unique code that somebody has. */
export interface FoundCode {
  readonly key: MediumKeyOf
  readonly listId: string
  readonly campaignId: string
  readonly usesLeft: number
  /** Epoch milliseconds, exclusive; null: as long as its campaign. */
  readonly until: number | null
}

/** The codes and code_lists tables, inside one transaction. */
export interface CodeRows {
  /** By any of the keys. */
  find(keys: readonly MediumKeyOf[]): FoundCode | null
  /** Takes one of its uses, and counts it in its list. */
  take(code: FoundCode): void
}
