import type { Campaign } from '../../core/campaigns/campaign.ts'

/** The stores where a campaign can be used at all; null: every one, as far as this program can read its rules. */
export function storesOf(campaign: Campaign): readonly string[] | null {
  const limited = campaign.rules?.conditions.filter((condition) => condition.kind === 'stores')
  if (!limited || limited.length === 0) return null
  const [first, ...others] = limited.map((condition) => condition.storeIds)
  return (first ?? []).filter((storeId) => others.every((storeIds) => storeIds.includes(storeId)))
}

/**
 * Campaigns whose coupons a store's copies leave out: decided on for good, and for other stores. A draft may still become
 * one for this store.
 */
export function elsewhere(campaigns: Iterable<Campaign>, storeId: string): readonly string[] {
  const left: string[] = []
  for (const campaign of campaigns) {
    const { state } = campaign
    const isFinal = state === 'approved' || state === 'suspended' || state === 'ended'
    if (isFinal && storesOf(campaign)?.includes(storeId) === false) left.push(campaign.campaignId)
  }
  return left
}
