import type { Campaign } from '../campaigns/campaign.ts'
import type { IssueRule } from '../campaigns/rules.ts'
import { unreachable } from '../outcome.ts'

/** Something that a customer did, by which coupons may come to them. */
export interface Occasion {
  /** The chain meets them for the first time. */
  readonly firstVisit: boolean
  /** Campaigns of the coupons that were used; empty: none was. */
  readonly redeemed: readonly string[]
  /** What the purchase cost, minor units of `currency`; null: not known. */
  readonly spend: number | null
  /** null: nothing was bought. */
  readonly currency: string | null
}

/**
 * Campaigns whose `issue` gives a coupon on this occasion, in the order of their ids, so that every engine and every repeat
 * issues the same. Whether the holder may have it is for `acquireRefusal`.
 */
export function issuedOn(campaigns: Iterable<Campaign>, occasion: Occasion): Campaign[] {
  const found: Campaign[] = []
  for (const campaign of campaigns) {
    const { rules, state } = campaign
    if (state !== 'approved' || !rules || rules.issue.length === 0) continue
    if (rules.issue.some((rule) => applies(rule, rules.currency, occasion))) found.push(campaign)
  }
  return found.sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1))
}

function applies(rule: IssueRule, currency: string, occasion: Occasion): boolean {
  switch (rule.on) {
    case 'first_visit':
      return occasion.firstVisit
    case 'redemption': {
      const { campaignIds, minSpend } = rule
      const used = occasion.redeemed
      if (used.length === 0) return false
      if (campaignIds.length > 0 && !used.some((id) => campaignIds.includes(id))) return false
      if (minSpend === undefined) return true
      return occasion.currency === currency && occasion.spend !== null && occasion.spend >= minSpend
    }
    default:
      return unreachable(rule)
  }
}
