import { z } from 'zod'
import { Entry } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { REASON_GROUPS } from '../reasonCodes.ts'

/**
 * What became of a redemption. `refused`: nothing was given. `rolled_back`: all of it was undone. `forced`: approved, and at
 * least one coupon of it would have been refused by the server.
 */
export const REDEMPTION_OUTCOMES = ['approved', 'forced', 'rolled_back', 'refused'] as const
export const RedemptionOutcome = z.enum(REDEMPTION_OUTCOMES)
export type RedemptionOutcome = z.infer<typeof RedemptionOutcome>

/** A redemption in a list; who the customer was is not in it. */
export const RedemptionEntry = z.object({
  redemptionId: z.string(),
  at: z.iso.datetime(),
  /** The business day of its store. */
  day: z.iso.date(),
  storeId: z.string(),
  storeName: z.string(),
  currency: z.string(),
  stationId: z.string(),
  stationName: z.string(),
  outcome: RedemptionOutcome,
  origin: z.enum(['online', 'offline']),
  entry: Entry.nullable(),
  operatorName: z.string().nullable(),
  /** The till's own number of the sale; null: it gave none. */
  saleId: z.string().nullable(),
  /** Of a refusal. */
  reason: z.string().nullable(),
  reasonGroup: z.enum(REASON_GROUPS).nullable(),
  /** What it gives now: of what was undone, nothing. */
  totalDiscount: Amount,
  lines: z.array(
    z.object({
      campaignId: z.string(),
      title: z.string(),
      titles: z.record(z.string(), z.string()),
      discount: Amount,
      state: z.enum(['counted', 'forced', 'rolled_back']),
    }),
  ),
})
export type RedemptionEntry = z.infer<typeof RedemptionEntry>

/** `GET /v1/redemptions`, newest business day first; the same for `/v1/redemptions.csv`, without `cursor` and `limit`. */
export const RedemptionFilter = z.object({
  /** First and last business day. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  storeId: z.string().min(1).max(64).optional(),
  stationId: z.string().min(1).max(64).optional(),
  campaignId: z.string().min(1).max(64).optional(),
  outcome: RedemptionOutcome.optional(),
})
export type RedemptionFilter = z.infer<typeof RedemptionFilter>

export const RedemptionQuery = RedemptionFilter.extend({
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type RedemptionQuery = z.infer<typeof RedemptionQuery>

export const RedemptionPage = z.object({
  redemptions: z.array(RedemptionEntry),
  /**
   * null: there are no more. A page may be short or empty and still have one: so many rows were looked through, and what
   * fits comes later.
   */
  cursor: z.string().nullable(),
})
export type RedemptionPage = z.infer<typeof RedemptionPage>
