import type { Params } from '../../core/contract/problem.ts'
import type { SearchResponse, WireCombination } from '../../core/contract/search.ts'
import type { Certainty } from '../../core/counter/certainty.ts'
import type { CounterReason } from '../../core/counter/ownReasons.ts'
import type { AskFirst, Purchase, Visit } from '../../core/counter/state.ts'
import type { Entry, MediumKey, MediumType } from '../../core/media/medium.ts'
import type { Amount } from '../../core/money.ts'
import { isKnownReason, type ReasonCode, type ReasonGroup, reasonGroup } from '../../core/reasonCodes.ts'
import type { Select } from '../../core/redemption/model.ts'
import type { ShownApproval } from '../store/counterStore.ts'

/** A customer's medium as the counter keeps it during a visit: never the identifier. */
export interface Presented {
  readonly type: MediumType
  readonly keys: readonly MediumKey[]
  readonly entry: Entry
}

/** Why something is not done. `reason` may be one that only a newer server knows. */
export interface Refusal {
  readonly reason: string
  readonly reasonGroup: ReasonGroup
  readonly params: Params
}

export const refusal = (reason: ReasonCode, params: Params = {}): Refusal => ({
  reason,
  reasonGroup: reasonGroup(reason),
  params,
})

const ownRefusal = (reason: CounterReason): Refusal => ({ reason, reasonGroup: 'staff', params: {} })

/** The disk did not take a write. No reason of a coupon: staff must see to the machine. */
export const STORAGE_FAILED = ownRefusal('storage_failed')

/** Nobody answered; the same may be tried again. */
export const SERVER_UNREACHABLE = ownRefusal('server_unreachable')

/** The server has not taken all that happened here. */
export const EVENTS_WAITING = ownRefusal('events_waiting')

/** The purchase is a POS's. */
export const BASKET_OF_POS = ownRefusal('basket_of_pos')

/** A refusal that came as a problem body. */
export function refusalFromProblem(problem: {
  reason?: string | undefined
  reasonGroup?: ReasonGroup | undefined
}): Refusal {
  const reason = problem.reason ?? 'invalid_request'
  const group = problem.reasonGroup ?? (isKnownReason(reason) ? reasonGroup(reason) : 'integration')
  return { reason, reasonGroup: group, params: {} }
}

export type Offers = Omit<Extract<Visit, { phase: 'offers' }>, 'phase' | 'aside'>

export interface RefusedVisit extends Refusal {
  readonly title: string | null
  /** The same in other languages, by BCP 47 tag. */
  readonly titles?: Readonly<Record<string, string>>
  readonly bestRemaining: WireCombination | null
}

export type VisitModel =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading'; readonly readerId: string }
  /** `redemptionId`: in one-tap mode, what the tap may become by itself. */
  | {
      readonly phase: 'searching'
      readonly presented: Presented
      readonly redemptionId?: string
      readonly aside?: Presented
    }
  | {
      readonly phase: 'offers'
      readonly presented: Presented
      readonly offers: Offers
      /** What the customer has waited for the server already. */
      readonly waitedMs: number
      /** Another medium, presented while this one's coupons were looked for or shown. */
      readonly aside?: Presented
    }
  | {
      readonly phase: 'approving'
      readonly presented: Presented
      readonly offers: Offers
      readonly redemptionId: string
    }
  | { readonly phase: 'approved'; readonly redemptionId: string; readonly approval: ShownApproval }
  /** `presented` is kept while another try makes sense for the same customer. */
  | { readonly phase: 'refused'; readonly presented: Presented | null; readonly refused: RefusedVisit }
  | { readonly phase: 'undoing'; readonly redemptionId: string; readonly approval: ShownApproval }
  | {
      readonly phase: 'undone'
      readonly redemptionId: string
      readonly certainty: Certainty
      readonly totalDiscount: Amount
    }

/** The till's side of one customer after another. */
export interface Session {
  readonly visit: VisitModel
  /** Rises with every question; an answer to an older one is dropped. */
  readonly question: number
  readonly purchase: Purchase
  /** The purchase has been discounted: the next customer starts with an empty one. */
  readonly purchaseSpent: boolean
  readonly oneTap: boolean
  /** Enrolled, not revoked, and somebody is signed in. */
  readonly open: boolean
}

export type Found =
  | {
      readonly kind: 'offers'
      readonly source: 'server' | 'replica'
      readonly response: SearchResponse
      readonly waitedMs: number
      /** Why a tap may not approve this by itself; null: it may. Absent: nobody has looked, so a person does. */
      readonly askFirst?: AskFirst | null
    }
  | { readonly kind: 'refused'; readonly refused: Refusal }

export type Decided =
  | { readonly kind: 'approved'; readonly approval: ShownApproval }
  | { readonly kind: 'refused'; readonly refused: RefusedVisit }

export type UndoEnded =
  | { readonly kind: 'undone'; readonly certainty: Certainty }
  | { readonly kind: 'refused'; readonly refused: Refusal }

export type SessionEvent =
  | { readonly type: 'reading'; readonly readerId: string }
  | { readonly type: 'readFailed'; readonly refused: Refusal }
  | { readonly type: 'readingTimedOut'; readonly question: number }
  /** `redemptionId` is used in one-tap mode. */
  | { readonly type: 'presented'; readonly presented: Presented; readonly redemptionId: string }
  | { readonly type: 'purchaseSet'; readonly purchase: Purchase }
  | { readonly type: 'select'; readonly acquisitionIds: readonly string[] }
  | {
      readonly type: 'approve'
      readonly redemptionId: string
      readonly select: Select
      readonly expectedTotalDiscount: Amount | null
    }
  | { readonly type: 'searched'; readonly question: number; readonly found: Found }
  | { readonly type: 'decided'; readonly redemptionId: string; readonly decided: Decided }
  | { readonly type: 'undo'; readonly redemptionId: string; readonly now: number }
  | { readonly type: 'undoEnded'; readonly redemptionId: string; readonly ended: UndoEnded }
  | { readonly type: 'undoExpired'; readonly redemptionId: string }
  | { readonly type: 'lookAgain' }
  | { readonly type: 'serveAside' }
  | { readonly type: 'next' }
  | { readonly type: 'oneTapSet'; readonly oneTap: boolean }
  | { readonly type: 'opened'; readonly open: boolean }

export type Effect =
  | {
      readonly type: 'search'
      readonly question: number
      readonly presented: Presented
      readonly purchase: Purchase
      readonly select: Select | null
    }
  | {
      readonly type: 'redeem'
      readonly redemptionId: string
      readonly presented: Presented
      readonly purchase: Purchase
      readonly select: Select
      readonly expectedTotalDiscount: Amount | null
      readonly offers: Offers
      /** What the search of this visit has taken of its time. */
      readonly waitedMs: number
      /** Nobody pressed anything. */
      readonly byTap?: boolean
    }
  | { readonly type: 'undo'; readonly redemptionId: string }
  /** Ends the reading if nothing has come of it in time. */
  | { readonly type: 'awaitRead'; readonly question: number }
  /** A visit ended without a redemption: into the journal. */
  | { readonly type: 'journalRefusal'; readonly refused: Refusal; readonly presented: Presented | null }
  | { readonly type: 'noticeReadIgnored' }

/** What an event leads to; `refused` when it was a command that cannot be done now, and then nothing changed. */
export interface Step {
  readonly session: Session
  readonly effects: readonly Effect[]
  readonly refused?: Refusal
}
