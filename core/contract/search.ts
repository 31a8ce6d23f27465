import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Entry, WireMedium } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Objective } from '../objective.ts'
import { Select } from '../redemption/model.ts'
import { Params, WireReason } from './problem.ts'

export const WireDiscount = z.object({
  total: Amount,
  allocations: z.array(z.object({ lineId: z.string(), amount: Amount })),
})

export const WireUsable = z.object({
  acquisitionId: Uuid7,
  campaignId: Uuid7,
  campaignVersion: z.int(),
  title: z.string(),
  titles: z.record(z.string(), z.string()).default({}),
  discount: WireDiscount,
  usesLeft: z.int(),
  /** The first moment at which it can no longer be used: the campaign's end, or the coupon's own where that is earlier. */
  expiresAt: z.iso.datetime().nullable(),
  group: z.string().optional(),
  exclusive: z.boolean().default(false),
})
export type WireUsable = z.infer<typeof WireUsable>

export const WireUnusable = z.object({
  acquisitionId: Uuid7.optional(),
  campaignId: Uuid7.optional(),
  title: z.string(),
  titles: z.record(z.string(), z.string()).default({}),
  ...WireReason,
  params: Params.default({}),
})
export type WireUnusable = z.infer<typeof WireUnusable>

export const WireLine = z.object({ acquisitionId: Uuid7, discount: WireDiscount })
export type WireLine = z.infer<typeof WireLine>

/** Coupons that go together; the first of `best` is the best. */
export const WireCombination = z.object({ lines: z.array(WireLine), totalDiscount: Amount, exact: z.boolean() })
export type WireCombination = z.infer<typeof WireCombination>

export const SearchRequest = z.object({
  medium: WireMedium,
  objective: Objective,
  entry: Entry.default('tap'),
  /** A stack the cashier is putting together: the answer says what it gives, nothing is consumed. */
  select: Select.optional(),
})
export type SearchRequest = z.infer<typeof SearchRequest>

export const WireSelection = z.union([
  z.object({ status: z.literal('approvable'), lines: z.array(WireLine), totalDiscount: Amount }),
  z.object({
    status: z.literal('refused'),
    ...WireReason,
    params: Params.default({}),
    failingAcquisitionId: Uuid7.nullable(),
    bestRemaining: WireCombination,
  }),
])
export type WireSelection = z.infer<typeof WireSelection>

export const SearchResponse = z.object({
  usable: z.array(WireUsable),
  unusable: z.array(WireUnusable),
  best: z.array(WireCombination),
  selection: WireSelection.optional(),
  /** The server's clock when it decided. */
  asOf: z.iso.datetime(),
})
export type SearchResponse = z.infer<typeof SearchResponse>
