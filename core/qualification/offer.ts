import type { Campaign } from '../campaigns/campaign.ts'
import type { CampaignRules } from '../campaigns/rules.ts'
import type { Amount } from '../money.ts'
import type { PlacedObjective } from '../objective.ts'
import { type Basket, openPrices } from './basket.ts'
import { type Cut, companySlack, cut, stageOf, upperBound } from './benefits.ts'
import { countingLines, itemsRefusal, mediumRefusal, spendRefusal, storeRefusal, timeRefusal } from './conditions.ts'
import { matches } from './itemFilter.ts'
import { type Headroom, headroom } from './limits.ts'
import type { LocalMoment } from './localMoment.ts'
import type { CampaignUsage } from './model.ts'
import { type OfflineTerms, offlineRefusal } from './offlineTerms.ts'
import type { Refusal } from './standing.ts'
import { type LocalStretch, timeRefusalWithin } from './timeWindow.ts'
import { twinKey } from './twins.ts'

/** What a campaign gives for one purchase to any of the holder's acquisitions of it. */
export interface Offer {
  readonly campaign: Campaign
  readonly rules: CampaignRules
  /** Indexes of the basket's lines that the benefit may reduce. */
  readonly eligible: readonly number[]
  readonly alone: Cut
  /** The most it can give in any company. */
  readonly bound: Amount
  /** What company may add to what it gives on the prices as they are: rounding; `Infinity` where `bound` is all we know. */
  readonly slack: Amount
  readonly stage: number
  readonly headroom: Headroom
  /** Equal for coupons that are interchangeable but for expiry and id. */
  readonly twinKey: string
}

export interface Occasion {
  readonly objective: PlacedObjective
  readonly basket: Basket
  readonly moment: LocalMoment
  /** Where the clock cannot be trusted: all that the wall clock may show instead of `moment`. */
  readonly stretches?: readonly LocalStretch[]
  readonly offline: boolean | OfflineTerms
}

/**
 * Holds a campaign that stands (approved, understood, valid) against a purchase. Where several reasons apply the one
 * that no other basket, medium or hour would mend comes first: store, medium, time, holder's limits, offline policy,
 * campaign's limits, items, spend, budget.
 */
export function offerOf(
  campaign: Campaign,
  rules: CampaignRules,
  usage: CampaignUsage,
  { objective, basket, moment, stretches, offline }: Occasion,
): { readonly offer: Offer } | { readonly refusal: Refusal } {
  const where = storeRefusal(rules, objective) ?? mediumRefusal(rules, objective)
  const when =
    where ?? (stretches ? timeRefusalWithin(rules, objective, stretches) : timeRefusal(rules, objective, moment))
  if (when) return { refusal: when }

  const room = headroom(rules, usage, offline)
  if (room.uses <= 0 && room.usesRefusal.reason === 'holder_limit_reached') return { refusal: room.usesRefusal }
  const unasked = offline === false ? null : offlineRefusal(rules, offline === true ? null : offline, objective)
  if (unasked) return { refusal: unasked }
  if (room.uses <= 0) return { refusal: room.usesRefusal }
  if (room.value <= 0) return { refusal: room.valueRefusal }

  const counting = countingLines(rules, basket)
  const missing = itemsRefusal(rules, basket, counting)
  if (missing) return { refusal: missing }
  const filter = 'items' in rules.benefit ? rules.benefit.items : undefined
  const eligible = counting.filter((index) => {
    const line = basket.lines[index]
    return line?.discountable && (!filter || matches(filter, line))
  })
  if (eligible.length === 0) return { refusal: { reason: 'no_matching_item', params: {} } }
  const spend = spendRefusal(rules, basket, counting)
  if (spend) return { refusal: spend }

  const prices = openPrices(basket)
  const alone = cut(rules.benefit, eligible, prices)
  if (alone.total === 0) return { refusal: { reason: 'no_matching_item', params: {} } }
  if (alone.total > room.value) return { refusal: room.valueRefusal }
  const bound = Math.min(upperBound(rules.benefit, eligible, prices), basket.total, room.value)
  const offer = {
    campaign,
    rules,
    eligible,
    alone,
    bound,
    slack: companySlack(rules.benefit, eligible, prices),
    stage: stageOf(rules.benefit),
    headroom: room,
  }
  return { offer: { ...offer, twinKey: twinKey(offer) } }
}
