import type { CampaignUsage } from '../../../core/qualification/model.ts'

/** A campaign's counters. What is counted and what is lent together never pass its limits. */
export interface CampaignCounters {
  readonly uses: number
  readonly value: number
  readonly lentUses: number
  readonly lentValue: number
  /** When leases were last called back because nothing else was left. */
  readonly recalledAt: number | null
}

/** Uses and value, minor units, that count or are lent together. */
export interface Amounts {
  readonly uses: number
  readonly value: number
}

/** The campaign_usage and holder_usage tables, inside one transaction. */
export interface UsageRows {
  /** Of everybody, and what is lent, which others may be using now; null for a campaign that counts nothing yet. */
  ofCampaign(campaignId: string): CampaignUsage['campaign'] | null
  counters(campaignId: string): CampaignCounters | null
  /** Of one holder in a period: the key of one, or `ever`. */
  ofHolder(holderId: string, campaignId: string, period: string): number
  /** Counts one use; false, with nothing counted, when that with all that is lent would pass a limit. */
  countInCampaign(campaignId: string, value: number, limit: Amounts): boolean
  uncountInCampaign(campaignId: string, value: number): void
  /** Counts one use of a holder; false, with nothing counted, when `limit` is reached. */
  countOfHolder(holderId: string, campaignId: string, period: string, changeSeq: number, limit: number): boolean
  uncountOfHolder(holderId: string, campaignId: string, period: string, changeSeq: number): void
  /** Moves the counts of what was forced by one line; `by` is 1 or -1. */
  countForced(campaignId: string, value: number, by: 1 | -1): void
  /** Notes that one more coupon was issued; false, with nothing noted, when `limit` have been. */
  issue(campaignId: string, limit: number): boolean
  /** Takes a part out of the pool; false, with nothing taken, when that with all that counts would pass a limit. */
  lend(campaignId: string, lent: Amounts, limit: Amounts): boolean
  /** What was lent is not any more. */
  takeBack(campaignId: string, lent: Amounts): void
  noteRecall(campaignId: string, at: number): void
}
