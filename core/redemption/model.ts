import { z } from 'zod'
import type { Params } from '../contract/problem.ts'
import { Uuid7 } from '../ids.ts'
import type { Amount } from '../money.ts'
import type { Combination, CombinationLine, Qualification } from '../qualification/model.ts'
import type { ReasonCode } from '../reasonCodes.ts'

/** At most this many coupons in one redemption (CONTRACT.md §9, `maxStack`). */
export const MAX_STACK = 5

/** Which coupons: named ones, or the best combination at the moment of the commit. */
export const Select = z.union([
  z.object({
    acquisitionIds: z
      .array(Uuid7)
      .min(1)
      .max(MAX_STACK)
      .refine((ids) => new Set(ids).size === ids.length, 'acquisitionIds must be different'),
  }),
  z.literal('best'),
])
export type Select = z.infer<typeof Select>

export interface RedemptionApproval {
  readonly status: 'approved'
  readonly lines: readonly CombinationLine[]
  readonly totalDiscount: Amount
}

/** All or nothing: one failing coupon refuses the whole, names itself, and comes with what would still work. */
export interface RedemptionRefusal {
  readonly status: 'refused'
  readonly reason: ReasonCode
  readonly params: Params
  readonly failingAcquisitionId: string | null
  /** The best combination of the selected coupons that still qualify; for `best` and `offer_changed` of all. */
  readonly bestRemaining: Combination
  readonly fresh: Qualification
}

export type RedemptionDecision = RedemptionApproval | RedemptionRefusal
