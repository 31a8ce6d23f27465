import type { EraseResponse, FoundHolder, Holder, HolderExport, Retention } from '../../core/contract/holders.ts'
import type { MediaActionResponse } from '../../core/contract/media.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { PresentedMedium, Refusal } from './commands.ts'

export interface NewPresentation {
  readonly tokenHash: Uint8Array
  readonly medium: PresentedMedium
  readonly storeId: string
  readonly stationId: string
  readonly expiresAt: number
  readonly now: number
}

export interface NewPhonePresentation {
  readonly tokenHash: Uint8Array
  readonly holderId: string
  readonly expiresAt: number
  readonly now: number
}

/** A medium that staff speak of: by its id in a holder's list, or by what proves that it was shown. */
export type NamedMedium = { readonly mediumId: string } | { readonly presentation: Uint8Array }

interface Action {
  readonly actionId: string
  /** What makes two requests of one id the same. */
  readonly intentHash: Uint8Array
  readonly by: AuditActor
  /** The one store that whoever asks may look after; null: every store. */
  readonly storeId: string | null
  readonly now: number
}

export interface LinkCommand extends Action {
  readonly kind: 'link'
  /** SHA-256 of what the presentations gave. */
  readonly presentations: readonly [Uint8Array, Uint8Array]
}

export interface BlockCommand extends Action {
  readonly kind: 'block'
  readonly medium: NamedMedium
  readonly blocked: boolean
  readonly reason: string
}

export interface TransferCommand extends Action {
  readonly kind: 'transfer'
  readonly fromMediumId: string
  readonly to: Uint8Array
  readonly proof: { readonly reason: string } | { readonly presentation: Uint8Array }
  /** The new one's customer and the lost one's become one. */
  readonly merge: boolean
}

export type MediaCommand = LinkCommand | BlockCommand | TransferCommand

export type MediaAnswer =
  | { readonly kind: 'done'; readonly response: MediaActionResponse }
  | { readonly kind: 'differs' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unknown' }

export interface EraseCommand extends Omit<Action, 'storeId'> {
  readonly holderId: string
  readonly reason: string
}

export type EraseAnswer =
  | { readonly kind: 'done'; readonly response: EraseResponse }
  | { readonly kind: 'differs' }
  | { readonly kind: 'unknown' }

/** Customers and their media, as staff and the law see them; a part of `CouponStore`. */
export interface HolderStore {
  /** Answers whether anybody has the medium; refused for one that identifies nobody. */
  present(command: NewPresentation): Promise<{ readonly known: boolean } | Refusal>
  /** A phone's word that its holder, who is signed in there, is the one who asks; what was shown before by it counts no more. */
  presentPhone(command: NewPhonePresentation): Promise<void>
  actOnMedia(command: MediaCommand): Promise<MediaAnswer>
  /** Whose a presented medium or phone is; null: nobody's, or nothing was shown. */
  holderOfPresentation(tokenHash: Uint8Array, now: number): Promise<FoundHolder | null>
  holder(holderId: string, now: number): Promise<Holder | null>
  /** Written down in the audit log; null: no such holder. */
  exportHolder(holderId: string, by: AuditActor, now: number): Promise<HolderExport | null>
  /** How many phones were signed in; null: no such holder. Their codes, used or not, and what they showed end too. */
  signOutPhones(command: {
    readonly holderId: string
    readonly by: AuditActor
    readonly reason: string
    readonly now: number
  }): Promise<number | null>
  /**
   * Media, coupons and counts leave; redemptions stay and lead to nobody. Bodies of journal events that name the media are
   * erased slice by slice by `prune`; copies on counters forget the holder with the next changes.
   */
  eraseHolder(command: EraseCommand): Promise<EraseAnswer>
  retention(): Promise<Retention>
  setRetention(retention: Retention, by: AuditActor, now: number): Promise<void>
}
