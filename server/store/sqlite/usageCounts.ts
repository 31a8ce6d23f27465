import type { Database } from 'better-sqlite3'
import type { Limits } from '../../../core/campaigns/rules.ts'
import type { CampaignUsage } from '../../../core/qualification/model.ts'

/** How often was used what limits count; read inside the transaction that decides. */
export interface UsageCounts {
  /** Of everybody, and what is lent, which others may be using now; null for a campaign that counts nothing yet. */
  ofCampaign(campaignId: string): CampaignUsage['campaign'] | null
  /** Of one holder in a period: the key of one, or `ever`. */
  ofHolder(holderId: string, campaignId: string, period: string): number
  /** What a campaign's limits look at, and nothing that none of them does; null for one that has no such limit. */
  under(limits: Limits | null | undefined, of: CountedOf): CampaignUsage | null
}

/** `period`: the key under which `limits.holderPeriod` counts, null without that limit. */
export interface CountedOf {
  readonly campaignId: string
  readonly holderId: string
  readonly period: string | null
}

export function usageCounts(db: Database): UsageCounts {
  const campaignUsage = db.prepare<[string], { uses: number; value: number }>(
    'SELECT uses + lent_uses AS uses, value + lent_value AS value FROM campaign_usage WHERE campaign_id = ?',
  )
  const holderUsage = db
    .prepare<[string, string, string], number>(
      'SELECT uses FROM holder_usage WHERE holder_id = ? AND campaign_id = ? AND period = ?',
    )
    .pluck()
  const ofCampaign: UsageCounts['ofCampaign'] = (campaignId) => campaignUsage.get(campaignId) ?? null
  const ofHolder: UsageCounts['ofHolder'] = (holderId, campaignId, period) =>
    holderUsage.get(holderId, campaignId, period) ?? 0
  return {
    ofCampaign,
    ofHolder,
    under(limits, { campaignId, holderId, period }) {
      if (!limits) return null
      const limitsCampaign = limits.campaignUses !== undefined || limits.campaignValue !== undefined
      if (!limitsCampaign && limits.holderUses === undefined && period === null) return null
      return {
        campaign: (limitsCampaign && ofCampaign(campaignId)) || { uses: 0, value: 0 },
        holderUses: limits.holderUses === undefined ? 0 : ofHolder(holderId, campaignId, 'ever'),
        holderPeriodUses: period === null ? 0 : ofHolder(holderId, campaignId, period),
      }
    },
  }
}
