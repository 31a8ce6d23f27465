import type { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import type { Holdings } from '../../core/contract/holdings.ts'
import type { PresentationResponse } from '../../core/contract/media.ts'
import type { PhoneCode } from '../../core/contract/my.ts'
import type { TakeOutcome, Taking } from '../../core/counter/registration.ts'
import type { Presented, Refusal } from '../session/model.ts'
import type { Answered } from './askServer.ts'

export interface Menu {
  readonly phase: 'menu'
  readonly presented: Presented
  readonly holdings: Pick<Holdings, 'known' | 'held' | 'takeable'>
  readonly taking: Taking | null
  readonly outcome: TakeOutcome | null
  readonly phone: PhoneCode | null
  readonly staffCode: PresentationResponse | null
  /** Ids of what was asked for, by campaign or code: asking again is the same request. */
  readonly asked: ReadonlyMap<string, string>
}

export interface Refused {
  readonly phase: 'refused'
  readonly refused: Refusal
  /** A medium that is somebody's though it leads nowhere: staff can help, who find them by a code. null: nobody's. */
  readonly blocked: Presented | null
  readonly asking: boolean
  readonly staffCode: PresentationResponse | null
}

export type TerminalModel =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading' }
  | { readonly phase: 'looking'; readonly presented: Presented }
  | Menu
  | Refused

export interface Terminal {
  readonly visit: TerminalModel
  /** Rises with every visit, question and touch; what belongs to an older one is dropped. */
  readonly question: number
  /** How many things ended so far. */
  readonly ended: number
  readonly open: boolean
}

export type TerminalEvent =
  | { readonly type: 'opened'; readonly open: boolean }
  | { readonly type: 'reading' }
  | { readonly type: 'readFailed'; readonly refused: Refusal }
  | { readonly type: 'presented'; readonly presented: Presented }
  | { readonly type: 'found'; readonly question: number; readonly found: Answered<Holdings> }
  | { readonly type: 'take'; readonly campaignId: string; readonly acquisitionId: string }
  | { readonly type: 'redeemCode'; readonly code: string; readonly acquisitionId: string }
  | { readonly type: 'phoneCode' }
  | { readonly type: 'staffCode' }
  | {
      readonly type: 'taken'
      readonly question: number
      readonly taken: Answered<AcquisitionResponse>
      /** What the customer has after it; absent: it could not be asked. */
      readonly after: Holdings | null
    }
  | { readonly type: 'phoneCodeCame'; readonly question: number; readonly came: Answered<PhoneCode> }
  | { readonly type: 'staffCodeCame'; readonly question: number; readonly came: Answered<PresentationResponse> }
  | { readonly type: 'stay' }
  | { readonly type: 'finish' }
  | { readonly type: 'timedOut'; readonly question: number }

export type TerminalEffect =
  | { readonly type: 'look'; readonly question: number; readonly presented: Presented }
  | {
      readonly type: 'take'
      readonly question: number
      readonly presented: Presented
      readonly acquisitionId: string
      readonly of: { readonly campaignId: string } | { readonly code: string }
    }
  | { readonly type: 'phoneCode'; readonly question: number; readonly presented: Presented }
  | { readonly type: 'staffCode'; readonly question: number; readonly presented: Presented }
  /** Ends the visit after a while unless something happens first. */
  | { readonly type: 'wait'; readonly question: number; readonly ms: number }

export interface TerminalStep {
  readonly terminal: Terminal
  readonly effects: readonly TerminalEffect[]
  /** A command that cannot be done now; nothing changed. */
  readonly refused?: Refusal
}
