import type { MediumType } from '../../../core/media/medium.ts'
import type { PresentedMedium } from '../commands.ts'
import type { MediumKeyOf } from './media.ts'

export interface HolderMedium {
  readonly mediumId: string
  readonly holderId: string
  readonly type: MediumType
  readonly blocked: boolean
}

/** What somebody showed just now: a medium at a station, or a phone that the holder is signed in on. */
export type Shown = { readonly expiresAt: number } & (
  | { readonly medium: PresentedMedium; readonly storeId: string; readonly stationId: string }
  | { readonly holderId: string }
)

/** Moves of whole holders, inside one transaction. `next` gives out change positions. */
export interface HolderRows {
  createdAt(holderId: string): number | null
  media(holderId: string): readonly HolderMedium[]
  medium(mediumId: string): HolderMedium | null
  keysOf(holderId: string): readonly MediumKeyOf[]
  setBlocked(mediumId: string, blocked: boolean, changeSeq: number): void
  /** Notes that a holder is no more: copies forget it at this position. */
  gone(holderId: string, at: number, changeSeq: number): void
  /** All that one holder has belongs to another; counts add. */
  moveAll(from: string, to: string, next: () => number): void
  /** Media, coupons, counts and visits leave; lines of redemptions lead to nobody. */
  eraseAll(holderId: string): { readonly media: number; readonly acquisitions: number; readonly redemptions: number }
  /** Bodies of events that name these keys are to be erased. */
  scheduleErasure(erasureId: string, keys: readonly MediumKeyOf[]): void
  shown(tokenHash: Uint8Array): Shown | null
  putShown(tokenHash: Uint8Array, shown: Shown): void
  /** What a holder's phones showed before. */
  dropShownOf(holderId: string): void
  dropShown(tokenHash: Uint8Array): void
  /** Until when each phone of the holder is signed in, epoch milliseconds; those that are no longer have none. */
  phones(holderId: string, now: number): readonly number[]
  /** Ends all of them, with what signed them in and what they showed. */
  dropPhones(holderId: string): void
  action(actionId: string): { readonly intentHash: Uint8Array; readonly answer: unknown } | null
  putAction(actionId: string, intentHash: Uint8Array, answer: unknown, at: number): void
}
