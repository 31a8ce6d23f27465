import type { PosBasket } from '../../core/pos/basket.ts'
import type { EventDraft, ShownApproval, Stored } from './counterStore.ts'

/** A POS that a manager has let in. Times are epoch milliseconds. */
export interface PosAccess {
  readonly posId: string
  readonly name: string
  /** Origins of the pages that may use its token; empty: no page may. */
  readonly origins: readonly string[]
  /** SHA-256 of its token; the token itself is nowhere. */
  readonly tokenHash: Uint8Array
  readonly madeAt: number
  readonly madeBy: string
  readonly revokedAt: number | null
}

export interface SaleKey {
  readonly posId: string
  readonly saleId: string
}

export interface SaleReport {
  readonly how: 'completed' | 'voided'
  /** What the POS said of a completed one. */
  readonly total: number | null
  readonly discount: number | null
}

/** A sale of a POS, and the approval that stands for it. */
export interface PosSale extends SaleKey {
  readonly revision: number
  readonly basket: PosBasket
  readonly onScreen: boolean
  readonly openedAt: number
  readonly ended: (SaleReport & { readonly at: number }) | null
  /** null: none, or it was taken back. `revision`: of the basket that it was decided on. */
  readonly approval: {
    readonly redemptionId: string
    readonly revision: number
    readonly shown: ShownApproval
  } | null
  /** Rises with every change of any sale, approvals and undos among them. */
  readonly changeSeq: number
}

/**
 * What POS software has told this counter, in `journal.db`. What belongs to a sale is found by the `saleRef` of the redemption's
 * intent, so that no kill can come between an approval and its sale.
 */
export interface PosBook {
  /** Those that were revoked too; oldest first. */
  posAccesses(): readonly PosAccess[]
  /** With the event that tells head office of it. */
  keepPosAccess(access: PosAccess, event: EventDraft): Stored
  revokePosAccess(posId: string, at: number, event: EventDraft): Stored
  posSale(key: SaleKey): PosSale | null
  /** The one whose basket is on the screen. */
  posSaleOnScreen(): PosSale | null
  /** A new sale, or its next basket; it takes the screen. */
  putPosSale(sale: SaleKey & { readonly revision: number; readonly basket: PosBasket; readonly at: number }): Stored
  /** The basket on the screen leaves it; the sale goes on. */
  parkPosSale(): Stored
  /** Completed, or given up; it leaves the screen. With the event that says so. */
  endPosSale(key: SaleKey, report: SaleReport & { readonly at: number }, event: EventDraft): Stored
  /** Sales that are not ended, oldest first; with `after`, all that changed since. */
  posSales(posId: string, after?: number): readonly PosSale[]
  /** Of the last change of any sale; 0: there was none. */
  posChangeSeq(): number
}
