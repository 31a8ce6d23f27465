import type { Limits } from '../../../core/campaigns/rules.ts'
import type { CampaignUsage } from '../../../core/qualification/model.ts'
import type { UsageRows } from './usageRows.ts'

/** `period`: the key under which `limits.holderPeriod` counts, null without that limit. */
export interface CountedOf {
  readonly campaignId: string
  readonly holderId: string
  readonly period: string | null
}

/** What a campaign's limits look at, and nothing that none of them does; null for one that has no such limit. */
export function usageUnder(
  usage: Pick<UsageRows, 'ofCampaign' | 'ofHolder'>,
  limits: Limits | null | undefined,
  { campaignId, holderId, period }: CountedOf,
): CampaignUsage | null {
  if (!limits) return null
  const limitsCampaign = limits.campaignUses !== undefined || limits.campaignValue !== undefined
  if (!limitsCampaign && limits.holderUses === undefined && period === null) return null
  return {
    campaign: (limitsCampaign && usage.ofCampaign(campaignId)) || { uses: 0, value: 0 },
    holderUses: limits.holderUses === undefined ? 0 : usage.ofHolder(holderId, campaignId, 'ever'),
    holderPeriodUses: period === null ? 0 : usage.ofHolder(holderId, campaignId, period),
  }
}
