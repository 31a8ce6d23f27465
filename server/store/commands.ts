import type { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import type { Params } from '../../core/contract/problem.ts'
import type {
  RedemptionRequest,
  RedemptionResponse,
  RollbackRequest,
  RollbackResponse,
} from '../../core/contract/redemptions.ts'
import type { StationSettings } from '../../core/contract/stations.ts'
import type { MediumKey, MediumType } from '../../core/media/medium.ts'
import type { Store } from '../../core/objective.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { ReasonCode } from '../../core/reasonCodes.ts'
import type { AuditActor } from '../audit/entry.ts'

/** A refusal by name: what a person or a program is told, and the numbers its words need. */
export interface Refusal {
  readonly reason: ReasonCode
  readonly params: Params
}

/** Who asks, as far as a decision depends on it. */
export interface StationContext {
  readonly stationId: string
  readonly store: Store
  readonly settings: StationSettings
  /** An integrator's API key, which has the station's id: what it does is in the audit log. */
  readonly isApiKey?: boolean
  /** It enrolled with a key: its journal is signed and chained, and says what its cashiers were shown. */
  readonly keepsJournal: boolean
  /** Epoch milliseconds; nothing that it decides from then on would have been approved. Absent or null: it is in service. */
  readonly revokedAt?: number | null
}

/** A medium by its keys, highest version first; or why this medium identifies nobody. */
export type PresentedMedium = Outcome<
  { readonly type: MediumType | null; readonly keys: readonly MediumKey[] },
  Refusal
>

export interface RedeemCommand {
  readonly kind: 'redeem'
  readonly station: StationContext
  readonly medium: PresentedMedium
  readonly request: Omit<RedemptionRequest, 'medium'>
  /** SHA-256 of medium, objective and select: what makes two requests of one id the same. */
  readonly intentHash: Uint8Array
  /** Before it is refused for an empty pool, what is lent of the campaign is called back, and nothing is decided yet. */
  readonly mayRecall: boolean
}

export interface AcquireCommand {
  readonly kind: 'acquire'
  readonly station: StationContext
  readonly medium: PresentedMedium
  readonly request: { readonly acquisitionId: string; readonly campaignId?: string }
  /** In place of a campaign: a unique code by its keys, highest version first. */
  readonly code?: readonly MediumKey[]
  readonly intentHash: Uint8Array
}

/** A holder that is known without a medium gets a coupon: from staff, or takes it themselves on a phone. */
export interface GiveCommand {
  readonly kind: 'give'
  readonly holderId: string
  readonly by: 'customer' | 'staff'
  /** Who gives it, for the audit log; absent: nobody but its holder. */
  readonly actor?: AuditActor
  readonly request: { readonly acquisitionId: string; readonly campaignId?: string }
  readonly code?: readonly MediumKey[]
  readonly intentHash: Uint8Array
}

export interface RollbackCommand {
  readonly kind: 'rollback'
  /** A station within its window, or a manager at any time. */
  readonly by:
    | { readonly kind: 'station'; readonly station: StationContext }
    | { readonly kind: 'manager'; readonly operatorId: string }
  readonly redemptionId: string
  readonly request: RollbackRequest
  readonly intentHash: Uint8Array
}

export type DecisionCommand = RedeemCommand | AcquireCommand | GiveCommand | RollbackCommand

/** The same id was used for something else before. */
export interface Differs {
  readonly kind: 'differs'
}

export type RedeemAnswer =
  | Decided<RedemptionResponse>
  | Differs
  /** Leases are called back: worth asking again by `until` (epoch milliseconds). Only where the command allows it. */
  | { readonly kind: 'recalling'; readonly campaignId: string; readonly until: number }
export type AcquireAnswer = Decided<AcquisitionResponse> | Differs
export type RollbackAnswer =
  | Decided<RollbackResponse>
  | Differs
  /** Nobody has used this id yet; nothing is noted. */
  | { readonly kind: 'unknown' }
  /** Not this station's to undo, or not any more. */
  | { readonly kind: 'not_allowed' }
  /** An acquisition that the redemption has no line for. */
  | { readonly kind: 'no_such_line'; readonly acquisitionId: string }

/** What was decided, with the response as JSON where that is at hand. */
export interface Decided<Response> {
  readonly kind: 'decided'
  readonly response: Response
  readonly json?: string
}

/** The answer to each kind of command. */
export type AnswerTo<Command extends DecisionCommand> = Command extends RedeemCommand
  ? RedeemAnswer
  : Command extends AcquireCommand | GiveCommand
    ? AcquireAnswer
    : RollbackAnswer

export type DecisionAnswer = RedeemAnswer | AcquireAnswer | RollbackAnswer

/**
 * What became of one command of a batch. `failed`: a bug or, when it was tried again alone, the database met it; nothing
 * of it is kept, its neighbours are unharmed.
 */
export type BatchResult =
  | { readonly kind: 'answered'; readonly answer: DecisionAnswer }
  | { readonly kind: 'failed'; readonly error: Error }

/** The database did not take the work: full, broken, locked too long. Nothing of it is kept; ask again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}
