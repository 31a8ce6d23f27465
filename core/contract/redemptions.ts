import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Entry, WireMedium } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Objective } from '../objective.ts'
import { Select } from '../redemption/model.ts'
import { Params, WireReason } from './problem.ts'
import { SearchResponse, WireCombination, WireLine } from './search.ts'

export const SaleRef = z.object({
  posId: z.string().min(1).max(64),
  saleId: z.string().min(1).max(64),
  revision: z.int().min(0),
})
export type SaleRef = z.infer<typeof SaleRef>

/**
 * `POST /v1/redemptions`. The idempotency body is the intent: medium, objective and select. The rest may differ between
 * retries of one `redemptionId`.
 */
export const RedemptionRequest = z.object({
  redemptionId: Uuid7,
  medium: WireMedium,
  objective: Objective,
  select: Select,
  expectedTotalDiscount: Amount.optional(),
  saleRef: SaleRef.optional(),
  operatorId: z.string().max(64).optional(),
  entry: Entry.default('tap'),
})
export type RedemptionRequest = z.infer<typeof RedemptionRequest>

const answered = { redemptionId: Uuid7, changeSeq: z.int() }

export const RedemptionDecided = z.discriminatedUnion('status', [
  z.object({
    ...answered,
    status: z.literal('approved'),
    lines: z.array(WireLine),
    totalDiscount: Amount,
  }),
  z.object({
    ...answered,
    status: z.literal('refused'),
    ...WireReason,
    params: Params.default({}),
    lines: z.array(WireLine),
    totalDiscount: Amount,
    failingAcquisitionId: Uuid7.nullable().default(null),
    bestRemaining: WireCombination.optional(),
    /** With `offer_changed`: what is usable now. */
    fresh: SearchResponse.optional(),
  }),
])
export type RedemptionDecided = z.infer<typeof RedemptionDecided>

/**
 * `active` until it is rolled back; a refused one too: its first answer stands, though there is nothing to give back.
 * `held` is reserved; nothing makes one yet.
 */
export const RedemptionState = z.enum(['active', 'rolled_back', 'held'])
export type RedemptionState = z.infer<typeof RedemptionState>

const withState = { state: RedemptionState, holdUntil: z.iso.datetime().optional() }

/** The first decision plus today's state: the answer to `POST /v1/redemptions` and to `GET /v1/redemptions/{id}`. */
export const RedemptionResponse = z.intersection(RedemptionDecided, z.object(withState))
export type RedemptionResponse = z.infer<typeof RedemptionResponse>

export const RollbackRequest = z.object({
  rollbackId: Uuid7,
  reason: z.string().min(1).max(500),
  operatorId: z.string().max(64).optional(),
  /** Some coupons of the redemption; absent means all that are still active. */
  acquisitionIds: z.array(Uuid7).min(1).max(100).optional(),
})
export type RollbackRequest = z.infer<typeof RollbackRequest>

export const RollbackResponse = z.object({
  rollbackId: Uuid7,
  redemptionId: Uuid7,
  /** Of the redemption after this rollback. */
  state: RedemptionState,
  rolledBack: z.array(Uuid7),
  changeSeq: z.int(),
})
export type RollbackResponse = z.infer<typeof RollbackResponse>
