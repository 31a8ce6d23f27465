import { z } from 'zod'
import { Amount, Currency } from '../money.ts'
import { Quantity } from '../objective.ts'

const Titled = z.object({ title: z.string(), titles: z.record(z.string(), z.string()), discount: Amount })

/** Where the customer is, in as many words as they need. Nothing of it says who they are or what they hold besides. */
export const DisplayStage = z.discriminatedUnion('stage', [
  /** Nobody is served here: no cashier, no connection to head office yet, or a manager at work. */
  z.object({ stage: z.literal('closed') }),
  /** A card or a phone may be held to the reader. */
  z.object({ stage: z.literal('welcome'), ready: z.boolean() }),
  z.object({ stage: z.literal('reading') }),
  /** What the cashier is about to approve. */
  z.object({ stage: z.literal('offers'), coupons: z.array(Titled), totalDiscount: Amount }),
  z.object({ stage: z.literal('approved'), coupons: z.array(Titled), totalDiscount: Amount }),
  /** `again`: holding the card to the reader once more may help; otherwise the cashier explains. */
  z.object({ stage: z.literal('refused'), again: z.boolean() }),
  z.object({ stage: z.literal('undone'), totalDiscount: Amount }),
])
export type DisplayStage = z.infer<typeof DisplayStage>

/** All that the customer's display is sent: the purchase and the stage, and no identifier of anything. */
export const DisplayState = z.object({
  storeName: z.string(),
  currency: Currency,
  training: z.boolean(),
  lines: z.array(
    z.object({ label: z.string(), labels: z.record(z.string(), z.string()), quantity: Quantity, lineTotal: Amount }),
  ),
  total: Amount,
  now: DisplayStage,
})
export type DisplayState = z.infer<typeof DisplayState>

/** counter → the customer's display; it sends nothing back. */
export const ToDisplay = z.object({ type: z.literal('display'), display: DisplayState })
export type ToDisplay = z.infer<typeof ToDisplay>
