import type { CampaignRules } from '../campaigns/rules.ts'
import { NO_ROOM } from '../leases/draw.ts'
import type { Amount } from '../money.ts'
import type { CampaignUsage } from './model.ts'
import type { OfflineTerms } from './offlineTerms.ts'
import type { Refusal } from './standing.ts'

/** What a campaign's limits leave for one redemption of one holder, and why no more. `Infinity`: no such limit. */
export interface Headroom {
  readonly uses: number
  readonly usesRefusal: Refusal
  readonly value: Amount
  readonly valueRefusal: Refusal
}

/**
 * Per holder `holder_limit_reached` (`{limit, period?}`); of the whole campaign `campaign_limit_reached`; offline, where a
 * station knows and may spend only what was lent to it, `lease_exhausted` (also when nothing was); one offline redemption's
 * value, by the campaign and by the store, `offline_limit_reached` (`{maxValue}`, `{maxValue, left}`). When several are equally tight the holder's is named.
 */
export function headroom(rules: CampaignRules, usage: CampaignUsage, offline: boolean | OfflineTerms): Headroom {
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
    const refusal: Refusal = { reason: 'holder_limit_reached', params: { limit, period } }
    // Reached in one of the periods that now may be in, but not in all: the clock decides, and cannot be trusted.
    const certain = limit <= (usage.holderPeriodUsesLeast ?? usage.holderPeriodUses)
    const left = limit - usage.holderPeriodUses
    uses.push({ left, refusal: left > 0 || certain ? refusal : { reason: 'clock_untrusted', params: {} } })
  }
  const room = usage.lease ?? NO_ROOM
  if (campaignUses !== undefined) {
    const left = offline ? room.uses : campaignUses - (usage.campaign?.uses ?? campaignUses)
    uses.push({ left, refusal: shared({ limit: campaignUses }) })
  }
  if (campaignValue !== undefined) {
    const left = offline ? room.value : campaignValue - (usage.campaign?.value ?? campaignValue)
    values.push({ left, refusal: shared({ left: Math.max(0, left) }) })
    // A lease of a budget has a number of uses too.
    if (offline) uses.push({ left: room.uses, refusal: shared({ left: room.value }) })
  }
  if (offline && rules.offline.maxValue !== undefined) {
    const maxValue = rules.offline.maxValue
    values.push({ left: maxValue, refusal: { reason: 'offline_limit_reached', params: { maxValue } } })
  }
  if (typeof offline === 'object') {
    values.push({ left: offline.maxValue, refusal: { reason: 'offline_limit_reached', params: offline.valueParams } })
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
