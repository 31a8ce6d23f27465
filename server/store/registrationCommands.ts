import type { AcquisitionRow, RowFault } from '../../core/acquisition/csv.ts'
import type { ImportProgress, ImportRequest } from '../../core/contract/acquisitionImports.ts'
import type { CodeList, CodeListRequest } from '../../core/contract/codeLists.ts'
import type { Holdings } from '../../core/contract/holdings.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { PresentedMedium, Refusal, StationContext } from './commands.ts'

export interface HoldingsQuery {
  readonly of: { readonly medium: PresentedMedium } | { readonly holderId: string }
  /** Where the customer is; null: on their phone. */
  readonly storeId: string | null
  readonly now: number
}

export interface NewPhoneCode {
  readonly station: StationContext
  readonly medium: PresentedMedium
  /** Of the request that may make a holder: what a first visit brings goes by it. */
  readonly requestId: string
  readonly locator: string
  readonly secretHash: Uint8Array
  readonly tries: number
  readonly expiresAt: number
  readonly now: number
}

export interface PhoneSignIn {
  readonly locator: string
  readonly secretHash: Uint8Array
  /** SHA-256 of what only this phone knows; null: it cannot ask a second time. */
  readonly phoneHash: Uint8Array | null
  readonly tokenHash: Uint8Array
  readonly expiresAt: number
  readonly now: number
}

export interface NewCodeList extends CodeListRequest {
  readonly campaignId: string
  readonly operatorId: string
  readonly now: number
}

export interface NewCodes {
  readonly listId: string
  /** Of each code, the one that it is kept under: of the newest hash key. */
  readonly keys: readonly MediumKey[]
  readonly operatorId: string
  readonly now: number
}

/** A row of a list as it arrived: what it says, or why it says nothing. */
export type ArrivedRow =
  | { readonly ok: false; readonly fault: RowFault }
  | { readonly ok: true; readonly campaignId: string; readonly to: ArrivedTo }
export type ArrivedTo = { readonly medium: PresentedMedium } | Exclude<AcquisitionRow['to'], { medium: unknown }>

export interface ImportRowsCommand {
  readonly importId: string
  readonly firstRow: number
  readonly rows: readonly ArrivedRow[]
  readonly last: boolean
  readonly now: number
}

export interface ImportRecord {
  readonly progress: ImportProgress
  readonly header: string
  readonly campaignId: string | null
  readonly storeId: string | null
}

/** Acquisition registration (what customers take, and what is given to many at once); a part of `CouponStore`. */
export interface RegistrationStore {
  /** What a customer has and may take; refused for a medium that identifies nobody or is blocked. Changes nothing. */
  holdings(query: HoldingsQuery): Promise<Outcome<Holdings, Refusal>>

  /** Registers the medium when nobody has it; a code that the holder had before stops working. */
  putPhoneCode(command: NewPhoneCode): Promise<Outcome<null, Refusal>>
  /**
   * The code is spent, but for the phone that used it: that may ask again, as its answer may have been lost. null: no such code,
   * expired, used by another, or the secret is wrong. Whatever is not the first use takes one of its tries.
   */
  openPhoneSession(command: PhoneSignIn): Promise<{ readonly holderId: string } | null>
  phoneSession(tokenHash: Uint8Array, now: number): Promise<{ readonly holderId: string } | null>
  endPhoneSession(tokenHash: Uint8Array): Promise<void>

  /** null: no such campaign. `differs`: another list has the id. */
  makeCodeList(command: NewCodeList): Promise<CodeList | 'differs' | null>
  codeList(listId: string): Promise<CodeList | null>
  codeLists(campaignId: string): Promise<readonly CodeList[]>
  /** In one commit; those that are in a list already are left. null: no such list. */
  putCodes(command: NewCodes): Promise<{ readonly added: number; readonly repeated: number } | null>

  /** The same import again is answered with how far it is. `differs`: another one has the id. */
  startImport(
    command: ImportRequest & { readonly intentHash: Uint8Array; readonly by: AuditActor; readonly now: number },
  ): Promise<ImportProgress | 'differs'>
  /** In one commit. null: no such import. `gap`: rows before these are missing. `over`: finished or cancelled before. */
  importRows(command: ImportRowsCommand): Promise<ImportProgress | 'gap' | 'over' | null>
  cancelImport(importId: string, operatorId: string, now: number): Promise<ImportProgress | null>
  import(importId: string): Promise<ImportRecord | null>
  /** Newest first. */
  imports(limit: number): Promise<readonly ImportProgress[]>
  /** Bad rows after a row, in order. */
  importFaults(
    importId: string,
    after: number,
    limit: number,
  ): Promise<readonly { readonly row: number; readonly reason: string }[]>
}
