import { z } from 'zod'
import { Params, WireReason } from '../contract/problem.ts'

/** A cashier has a card tapped to get a code by which the office finds its customer: for one that is blocked, lost or new. */
export const CustomerCode = z.discriminatedUnion('step', [
  z.object({ step: z.literal('waiting') }),
  z.object({ step: z.literal('asking') }),
  z.object({
    step: z.literal('shown'),
    code: z.string(),
    /** Epoch milliseconds. */
    expiresAt: z.number(),
    /** false: nobody has this medium yet. It can take the place of a lost one. */
    known: z.boolean(),
  }),
  z.object({ step: z.literal('refused'), refused: z.object({ ...WireReason, params: Params }) }),
])
export type CustomerCode = z.infer<typeof CustomerCode>

export const CustomerCodeAction = z.enum(['ask', 'stop'])
export type CustomerCodeAction = z.infer<typeof CustomerCodeAction>
