import { CampaignListResponse } from '../../../core/contract/campaigns.ts'
import { ask } from '../client/request.ts'
import { useLoaded } from '../client/useLoaded.ts'
import { useOfficeWords } from '../words.ts'

/** Campaigns to choose from: the newest few hundred. */
export function useCampaignChoices(): readonly { readonly value: string; readonly face: string }[] {
  const { rulesTitle } = useOfficeWords()
  const campaigns = useLoaded('campaign choices', () => ask('GET', '/v1/campaigns?limit=500', CampaignListResponse))
  return (campaigns.value?.campaigns ?? []).map(({ campaignId, rules }) => ({
    value: campaignId,
    face: rulesTitle(rules),
  }))
}
