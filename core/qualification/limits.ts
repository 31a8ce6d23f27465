import type { CampaignRules } from '../campaigns/rules.ts'
import type { Amount } from '../money.ts'
import type { CampaignUsage } from './model.ts'
import type { Refusal } from './standing.ts'

/** What a campaign's limits leave for one redemption of one holder, and why no more. `Infinity`: no such limit. */
export interface Headroom {
  readonly uses: number
  readonly usesRefusal: Refusal
  readonly value: Amount
  readonly valueRefusal: Refusal
}

/**
 * Per holder `holder_limit_reached` (`{limit, period?}`); of the whole campaign `campaign_limit_reached`, which offline is
 * `lease_exhausted`, because there the station knows only what was lent to it (also when it knows nothing); one offline
 * redemption's value `offline_limit_reached` (`{maxValue}`). When several are equally tight the holder's is named.
 */
export function headroom(rules: CampaignRules, usage: CampaignUsage, offline: boolean): Headroom {
  const { holderUses, holderPeriod, campaignUses, campaignValue } = rules.limits
  const shared = (params: Refusal['params']): Refusal => ({
    reason: offline ? 'lease_exhausted' : 'campaign_limit_reached',
    params,
  })
  const uses: { left: number; refusal: Refusal }[] = [{ left: Number.POSITIVE_INFINITY, refusal: shared({}) }]
  const values: { left: Amount; refusal: Refusal }[] = [{ left: Number.POSITIVE_INFINITY, refusal: shared({}) }]
  if (holderUses !== undefined) {
    uses.push({
      left: holderUses - usage.holderUses,
      refusal: { reason: 'holder_limit_reached', params: { limit: holderUses } },
    })
  }
  if (holderPeriod) {
    const { period, uses: limit } = holderPeriod
    uses.push({
      left: limit - usage.holderPeriodUses,
      refusal: { reason: 'holder_limit_reached', params: { limit, period } },
    })
  }
  if (campaignUses !== undefined) {
    const left = usage.campaign ? campaignUses - usage.campaign.uses : 0
    uses.push({ left, refusal: shared({ limit: campaignUses }) })
  }
  if (campaignValue !== undefined) {
    const left = usage.campaign ? campaignValue - usage.campaign.value : 0
    values.push({ left, refusal: shared({ left: Math.max(0, left) }) })
  }
  if (offline && rules.offline.maxValue !== undefined) {
    const maxValue = rules.offline.maxValue
    values.push({ left: maxValue, refusal: { reason: 'offline_limit_reached', params: { maxValue } } })
  }
  const tightestUses = uses.reduce((a, b) => (a.left <= b.left ? a : b))
  const tightestValue = values.reduce((a, b) => (a.left <= b.left ? a : b))
  return {
    uses: tightestUses.left,
    usesRefusal: tightestUses.refusal,
    value: tightestValue.left,
    valueRefusal: tightestValue.refusal,
  }
}
