import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { WireMedium } from '../media/medium.ts'
import { WireReason } from './problem.ts'

const offer = {
  campaignId: Uuid7,
  title: z.string(),
  titles: z.record(z.string(), z.string()).default({}),
  description: z.string().optional(),
}

/** `POST /v1/holdings`: what a registration terminal shows after a tap. Changes nothing. */
export const HoldingsRequest = z.object({ medium: WireMedium })
export type HoldingsRequest = z.infer<typeof HoldingsRequest>

/** A coupon that a customer has and can still use, now or later. */
export const HeldCoupon = z.object({
  acquisitionId: Uuid7,
  ...offer,
  usesLeft: z.int(),
  /** The first moment at which it can no longer be used. */
  expiresAt: z.iso.datetime(),
  /** When it becomes usable, if that is later than now. */
  usableFrom: z.iso.datetime().optional(),
  /** Why it cannot be used although it has uses left: its campaign is suspended, … */
  ...{ reason: WireReason.reason.optional(), reasonGroup: WireReason.reasonGroup.optional() },
})
export type HeldCoupon = z.infer<typeof HeldCoupon>

/** A coupon that a customer may take. */
export const TakeableCoupon = z.object({
  ...offer,
  /** The first moment at which it can no longer be taken. */
  takeUntil: z.iso.datetime(),
  usableUntil: z.iso.datetime(),
  /** Days that it lasts from when it is taken; absent: until `usableUntil`. */
  lastsDays: z.int().optional(),
})
export type TakeableCoupon = z.infer<typeof TakeableCoupon>

export const Holdings = z.object({
  /** false: nobody has this medium yet; taking a coupon registers it. */
  known: z.boolean(),
  held: z.array(HeldCoupon),
  takeable: z.array(TakeableCoupon),
  asOf: z.iso.datetime(),
})
export type Holdings = z.infer<typeof Holdings>
