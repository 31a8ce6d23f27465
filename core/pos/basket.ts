import { z } from 'zod'
import { Amount, Currency } from '../money.ts'
import { ObjectiveItem } from '../objective.ts'

/** The till's own number of a sale. Letters, digits and `. _ : -`, so that it is the same in a URL, a file and a table. */
export const SaleId = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/)

/** One line of a POS's basket: an item of the coupon rules, and what the cashier reads. */
export const PosLine = ObjectiveItem.extend({ label: z.string().max(100).default('') })
export type PosLine = z.infer<typeof PosLine>

/** What is being sold. Amounts are integers of the currency's minor units, the POS's own discounts already taken off. */
export const PosBasket = z.object({
  currency: Currency,
  taxIncluded: z.boolean().default(true),
  lines: z.array(PosLine).max(500),
  /** The sum of the lines: said once more, so that a line that got lost on the way is noticed. */
  total: Amount,
})
export type PosBasket = z.infer<typeof PosBasket>

/** `PUT …/transactions/{saleId}`: the whole basket, under a revision that rises with every change of it. */
export const PosTransactionRequest = z.object({ revision: z.int().min(1).max(1_000_000_000), basket: PosBasket })
export type PosTransactionRequest = z.infer<typeof PosTransactionRequest>
