import type { Campaign } from '../campaigns/campaign.ts'
import type { CampaignRules } from '../campaigns/rules.ts'
import { type Refusal, standingReason } from '../qualification/standing.ts'

const DAY_MS = 86_400_000

/** Whose act gives a coupon: a customer who takes it, one who has a code of it, staff or a list, or another purchase. */
export type AcquiredBy = 'customer' | 'code' | 'staff' | 'issue'

/**
 * Why a holder may not get a coupon of a campaign now (epoch milliseconds); null: they may, as far as `circulation` goes,
 * which whoever writes it counts. `held`: coupons of it that they have, those that were revoked left out.
 */
export function acquireRefusal(campaign: Campaign, by: AcquiredBy, held: number, now: number): Refusal | null {
  const { rules } = campaign
  // State, understanding and the end hold for everybody; whether it can be used yet is another matter.
  const standing = standingReason(campaign, null, rules ? Math.max(now, Date.parse(rules.validFrom)) : now)
  if (standing || !rules) return standing ?? { reason: 'unsupported_rules', params: {} }
  return windowRefusal(rules, now) ?? wayRefusal(rules, by) ?? limitRefusal(rules, held)
}

function windowRefusal({ acquire, validFrom }: CampaignRules, now: number): Refusal | null {
  const { from, until } = acquire
  if (from === undefined && now < Date.parse(validFrom)) return { reason: 'not_yet_valid', params: { from: validFrom } }
  if (from !== undefined && now < Date.parse(from)) return { reason: 'acquisition_not_open', params: { from } }
  if (until !== undefined && now >= Date.parse(until)) return { reason: 'acquisition_closed', params: { until } }
  return null
}

function wayRefusal({ acquire }: CampaignRules, by: AcquiredBy): Refusal | null {
  if (by === 'customer' && acquire.by === 'code') return { reason: 'code_required', params: {} }
  if (by === 'customer' && acquire.by === 'given') return { reason: 'only_given', params: {} }
  return null
}

function limitRefusal({ limits }: CampaignRules, held: number): Refusal | null {
  const limit = limits.holderAcquisitions
  return held >= limit ? { reason: 'holder_limit_reached', params: { limit } } : null
}

/** When a coupon that is acquired now ends by itself, epoch milliseconds, exclusive; null: with its campaign. */
export function ownEnd({ acquire, validUntil }: CampaignRules, acquiredAt: number): number | null {
  if (acquire.lastsDays === undefined) return null
  return Math.min(acquiredAt + acquire.lastsDays * DAY_MS, Date.parse(validUntil))
}
