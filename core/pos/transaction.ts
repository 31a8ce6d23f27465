import { z } from 'zod'
import { WireDiscount } from '../contract/search.ts'
import { Amount } from '../money.ts'
import { PosBasket, SaleId } from './basket.ts'

/** `POST …/complete`: the sale is closed and paid. `discount`: what the customer was given for coupons. */
export const SaleCompleted = z.object({
  /** What the sale came to after the discount. */
  total: Amount,
  discount: Amount,
  /**
   * The discount is what was given, though the counter approved another: for a sale that was closed without looking. It
   * is kept and named in the end-of-day reconciliation. Without it a discount that differs is refused.
   */
  acceptDifference: z.boolean().default(false),
})
export type SaleCompleted = z.infer<typeof SaleCompleted>

/** `POST …/void` and `POST …/undo`: why, in the POS's words. */
export const SaleReason = z.object({ reason: z.string().trim().min(1).max(200).optional() })

/**
 * `open`: nothing is approved. `approved`: coupons are used, and the sale is neither completed nor voided. `completed` and
 * `voided` are for good.
 */
export const PosTransactionState = z.enum(['open', 'approved', 'completed', 'voided'])
export type PosTransactionState = z.infer<typeof PosTransactionState>

/** What coupons give to one basket. */
export const PosDiscount = z.object({
  redemptionId: z.string(),
  /** The basket that it was approved for. */
  revision: z.int(),
  /** `stored`: approved without the server, which confirms it later; the customer has it either way. */
  certainty: z.enum(['confirmed', 'stored']),
  total: Amount,
  /** Every line of the basket with what all coupons take off it; adds up to `total`. */
  lines: z.array(z.object({ lineId: z.string(), discount: Amount, lineTotal: Amount })),
  coupons: z.array(
    z.object({
      acquisitionId: z.string(),
      title: z.string(),
      titles: z.record(z.string(), z.string()),
      discount: WireDiscount,
    }),
  ),
})
export type PosDiscount = z.infer<typeof PosDiscount>

/** One sale as the counter knows it. */
export const PosTransaction = z.object({
  saleId: SaleId,
  revision: z.int(),
  state: PosTransactionState,
  basket: PosBasket,
  /** null: nothing is approved, or it was taken back. */
  discount: PosDiscount.nullable(),
  /** What is to be paid: the basket less the discount. */
  amountDue: Amount,
  /** What the POS reported; null while it has not. */
  completed: z.object({ total: Amount, discount: Amount }).nullable(),
  /** Whether this is the basket on the counter's screen. */
  onScreen: z.boolean(),
  /** Of the last change; higher than that of any change before. */
  cursor: z.int(),
})
export type PosTransaction = z.infer<typeof PosTransaction>

export const PosTransactionList = z.object({ transactions: z.array(PosTransaction), cursor: z.int() })
