import { z } from 'zod'
import { Amount } from '../money.ts'
import { CampaignUse } from './campaigns.ts'

/** Days of one report at most. */
export const MOST_DAYS = 400

/** `from` and `until`: first and last business day of the stores. */
export const ReportQuery = z.object({
  from: z.iso.date(),
  until: z.iso.date(),
  campaignId: z.string().min(1).max(64).optional(),
  storeId: z.string().min(1).max(64).optional(),
  /** Discounts of campaigns in this currency; absent: the one of most stores. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
})
export type ReportQuery = z.infer<typeof ReportQuery>

/** What happened; amounts in minor units. What was undone is not in `redeemed`, on the day it was redeemed. */
export const Figures = z.object({
  /** Coupons that came into being, and those of them that customers took at a station, a phone or with a code. */
  issued: z.int(),
  acquired: z.int(),
  redeemed: z.int(),
  discount: Amount,
  /** Of these, beyond a limit while a counter was offline. */
  forced: z.int(),
  forcedDiscount: Amount,
  rolledBack: z.int(),
  /** Uses that nobody made before the campaign was over, on the day it was over. */
  expired: z.int(),
})
export type Figures = z.infer<typeof Figures>

const head = { from: z.iso.date(), until: z.iso.date(), currency: z.string(), currencies: z.array(z.string()) }

/** `GET /v1/reports/days`: every day of the range, also those on which nothing happened. */
export const DayReport = z.object({
  ...head,
  days: z.array(Figures.extend({ day: z.iso.date() })),
  total: Figures,
})
export type DayReport = z.infer<typeof DayReport>

/** `GET /v1/reports/stores`: those where something happened; `storeId` '': no store (lists, phones). */
export const StoreReport = z.object({
  ...head,
  stores: z.array(Figures.extend({ storeId: z.string(), name: z.string() })),
  total: Figures,
})
export type StoreReport = z.infer<typeof StoreReport>

/** `GET /v1/reports/campaigns`: those of which something happened, with what they have given in all against their limits. */
export const CampaignReport = z.object({
  ...head,
  campaigns: z.array(
    Figures.extend({
      campaignId: z.string(),
      title: z.string(),
      titles: z.record(z.string(), z.string()),
      /** Of its budget and of what it has given in all; null: not known. Its discounts here are in the report's, or none. */
      currency: z.string().nullable(),
      use: CampaignUse,
      budget: z.object({
        campaignUses: z.int().nullable(),
        campaignValue: Amount.nullable(),
        circulation: z.int().nullable(),
      }),
    }),
  ),
  total: Figures,
})
export type CampaignReport = z.infer<typeof CampaignReport>
