import { z } from 'zod'
import { AcquisitionCode } from '../contract/acquisitions.ts'
import { HeldCoupon, TakeableCoupon } from '../contract/holdings.ts'
import { Params, WireReason } from '../contract/problem.ts'

/** What a customer may ask for: a coupon of the list, the one that a code is for, a code for their phone, or one for staff. */
export const Taking = z.discriminatedUnion('what', [
  z.object({ what: z.literal('coupon'), campaignId: z.string() }),
  z.object({ what: z.literal('code') }),
  z.object({ what: z.literal('phone') }),
  z.object({ what: z.literal('staff') }),
])
export type Taking = z.infer<typeof Taking>

const Refused = z.object({ ...WireReason, params: Params })

/** How the last thing that a customer asked for ended. `title` is null where the server did not say of what. */
export const TakeOutcome = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('taken'),
    title: z.string().nullable(),
    titles: z.record(z.string(), z.string()),
    /** Rises with every coupon that is taken, so that the same one twice is told twice. */
    nth: z.int(),
  }),
  z.object({ result: z.literal('refused'), what: Taking, refused: Refused, nth: z.int() }),
])
export type TakeOutcome = z.infer<typeof TakeOutcome>

/** By which staff find this customer at the office: the card was here just now. */
const StaffCode = z.object({ code: z.string(), expiresAt: z.number() })

/** A customer at the terminal; no identifier of a medium is in it. */
export const TerminalVisit = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('idle') }),
  z.object({ phase: z.literal('reading') }),
  z.object({ phase: z.literal('looking') }),
  z.object({
    phase: z.literal('menu'),
    /** false: nobody has this medium yet; the first coupon registers it. */
    known: z.boolean(),
    held: z.array(HeldCoupon),
    takeable: z.array(TakeableCoupon),
    /** What the server is being asked for; null: nothing. */
    taking: Taking.nullable(),
    outcome: TakeOutcome.nullable(),
    phone: z.object({ code: z.string(), address: z.string(), expiresAt: z.number() }).nullable(),
    staffCode: StaffCode.nullable(),
    /** When the terminal goes back to waiting unless somebody touches it, epoch milliseconds; null: not now. */
    resetAt: z.number().nullable(),
  }),
  /** A medium that leads nowhere, or a server that does not answer. */
  z.object({
    phase: z.literal('refused'),
    refused: Refused,
    /** Staff can help whoever has this medium, and find them by a code. `asking`: it is on its way. */
    help: z.enum(['none', 'possible', 'asking']),
    staffCode: StaffCode.nullable(),
    resetAt: z.number().nullable(),
  }),
])
export type TerminalVisit = z.infer<typeof TerminalVisit>

/** Present at a station that was enrolled as a registration terminal. */
export const RegistrationView = z.object({ visit: TerminalVisit })
export type RegistrationView = z.infer<typeof RegistrationView>

export const RegistrationAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('take'), campaignId: z.string().max(64) }),
  z.object({ do: z.literal('redeemCode'), code: AcquisitionCode }),
  z.object({ do: z.literal('phoneCode') }),
  z.object({ do: z.literal('staffCode') }),
  /** Somebody is still here. */
  z.object({ do: z.literal('stay') }),
  z.object({ do: z.literal('finish') }),
])
export type RegistrationAction = z.infer<typeof RegistrationAction>
