import { z } from 'zod'
import { Amount } from '../money.ts'
import { Certainty } from './certainty.ts'

/** An approval of this counter that somebody may come back for. Nothing in it names the customer. */
export const RecentApproval = z.object({
  redemptionId: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** Name of who approved it; null: not known here any more. */
  cashier: z.string().nullable(),
  certainty: Certainty,
  lines: z.array(z.object({ title: z.string(), titles: z.record(z.string(), z.string()), discount: Amount })),
  totalDiscount: Amount,
  undone: z.boolean(),
  /** Until when this counter may take it back, epoch milliseconds; null: it is over, or taken back already. */
  undoUntil: z.number().nullable(),
})
export type RecentApproval = z.infer<typeof RecentApproval>

/** `open` reads the newest approvals and keeps them on the screen until `close`. */
export const RecentAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('close') }),
  z.object({ do: z.literal('annul'), redemptionId: z.string().max(64), reason: z.string().min(1).max(500) }),
  /** After its time by a manager with their PIN, in their name; the cashier stays signed in. */
  z.object({
    do: z.literal('annulLate'),
    redemptionId: z.string().max(64),
    reason: z.string().trim().min(1).max(500),
    operatorId: z.string().max(64),
    pin: z.string().min(1).max(128),
  }),
])
export type RecentAction = z.infer<typeof RecentAction>
