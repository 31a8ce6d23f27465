import type { SearchResponse } from '../../core/contract/search.ts'
import type { WrittenSearch } from './couponStore.ts'

export const writtenSearch = (response: SearchResponse): WrittenSearch => ({
  json: JSON.stringify(response),
  short: shortCampaigns(response),
})

function shortCampaigns({ unusable }: SearchResponse): readonly string[] {
  const short = new Set<string>()
  for (const { reason, campaignId } of unusable) {
    if (reason === 'campaign_limit_reached' && campaignId !== undefined) short.add(campaignId)
  }
  return [...short]
}
