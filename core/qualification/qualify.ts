import type { Amount } from '../money.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import { type Basket, openBasket } from './basket.ts'
import { bestCombination, byDiscountAlone } from './best.ts'
import { localMoment } from './localMoment.ts'
import { type Acquisition, NO_USAGE, type Qualification, type QualifyInput, type UnusableCoupon } from './model.ts'
import { type Occasion, type Offer, offerOf } from './offer.ts'
import { type Candidate, compareText, toDiscount } from './stack.ts'
import { effectiveExpiry, type Refusal, spentReason, standingReason } from './standing.ts'
import { localStretches, standingWithin } from './timeWindow.ts'

/**
 * The order in which reasons are looked for: of several that apply, the first is given. It runs from what nothing at the
 * counter can mend to what the customer can mend at once, so a later reason is the more helpful one among coupons.
 */
export const REASON_PRECEDENCE: readonly ReasonCode[] = [
  'not_held',
  'unknown_offline',
  'already_used',
  'uses_exhausted',
  'not_approved',
  'suspended',
  'ended',
  'unsupported_rules',
  'not_yet_valid',
  'expired',
  'wrong_store',
  'medium_too_weak',
  'wrong_time',
  'clock_untrusted',
  'holder_limit_reached',
  'offline_not_allowed',
  'campaign_limit_reached',
  'lease_exhausted',
  'offline_limit_reached',
  'no_matching_item',
  'min_spend_not_met',
]

/** How near to usable a reason is. */
export function helpfulness(reason: ReasonCode): number {
  return REASON_PRECEDENCE.indexOf(reason)
}

/** Every acquisition judged once: what deciding and searching both start from. */
export interface Judged {
  readonly basket: Basket
  /** The most that may be given in all, minor units; `Infinity` where the server decides, which holds no station's cap. */
  readonly maxTotal: Amount
  /** Largest discount first, ties by preference. */
  readonly candidates: readonly Candidate[]
  /** Most helpful reason first. */
  readonly unusable: readonly UnusableCoupon[]
}

/**
 * Which of a holder's coupons can be used for one purchase, what each gives alone, why the others cannot, and the best
 * combination (CONTRACT.md §9). Pure, and independent of the order of its input. Reasons are given by
 * `REASON_PRECEDENCE`; an acquisition whose campaign is missing is `unknown_offline` on a station's copy and
 * `not_approved` on the server; a revoked one is `not_held`; a benefit that would take nothing off is `no_matching_item`.
 */
export function qualify(input: QualifyInput): Qualification {
  return toQualification(judge(input))
}

export function toQualification({ basket, maxTotal, candidates, unusable }: Judged): Qualification {
  return {
    usable: candidates.map(({ acquisition, offer, expiresAt }) => {
      const { campaign, rules, alone, eligible } = offer
      const { mode, group } = rules.stacking
      return {
        acquisitionId: acquisition.acquisitionId,
        campaignId: campaign.campaignId,
        campaignVersion: campaign.version,
        title: campaign.title,
        titles: campaign.titles,
        discount: toDiscount(alone, eligible, basket),
        usesLeft: acquisition.usesLeft,
        expiresAt,
        priority: rules.priority,
        ...(group === undefined ? {} : { group }),
        exclusive: mode === 'exclusive',
      }
    }),
    unusable,
    best: bestCombination(candidates, basket, maxTotal),
  }
}

export function judge(input: QualifyInput): Judged {
  const { objective, now, window, offline } = input
  const basket = openBasket(objective)
  const { timeZone } = objective.store
  const stretches = window && { stretches: localStretches(window, timeZone) }
  const occasion = { objective, basket, moment: localMoment(now, timeZone), ...stretches, offline }
  const offers = offersByCampaign(input, occasion)
  const candidates: Candidate[] = []
  const unusable: UnusableCoupon[] = []
  for (const acquisition of input.acquisitions) {
    const judged = judgeOne(acquisition, input, offers)
    if ('offer' in judged) candidates.push(judged)
    else unusable.push(toUnusable(acquisition, input, judged))
  }
  candidates.sort(byDiscountAlone)
  unusable.sort(
    (a, b) => helpfulness(b.reason) - helpfulness(a.reason) || compareText(a.acquisitionId, b.acquisitionId),
  )
  const maxTotal = typeof offline === 'object' ? offline.maxValue : Number.POSITIVE_INFINITY
  return { basket, maxTotal, candidates, unusable }
}

type OffersByCampaign = (campaignId: string) => { readonly offer: Offer } | { readonly refusal: Refusal } | null

/** A campaign is held against the purchase once, however many of its acquisitions the holder has. */
function offersByCampaign({ campaigns, usage }: QualifyInput, occasion: Occasion): OffersByCampaign {
  const known = new Map<string, ReturnType<typeof offerOf>>()
  return (campaignId) => {
    const campaign = campaigns.get(campaignId)
    if (!campaign?.rules) return null
    const made = known.get(campaignId) ?? offerOf(campaign, campaign.rules, usage.get(campaignId) ?? NO_USAGE, occasion)
    known.set(campaignId, made)
    return made
  }
}

function judgeOne(acquisition: Acquisition, input: QualifyInput, offers: OffersByCampaign): Candidate | Refusal {
  if (acquisition.revoked) return { reason: 'not_held', params: {} }
  const campaign = input.campaigns.get(acquisition.campaignId)
  if (!campaign) return { reason: input.offline ? 'unknown_offline' : 'not_approved', params: {} }
  const spent = spentReason(acquisition.usesLeft, campaign.rules)
  if (spent) return { reason: spent, params: {} }
  const standing = input.window
    ? standingWithin(campaign, acquisition.expiresAt, input.window)
    : standingReason(campaign, acquisition.expiresAt, input.now)
  if (standing) return standing
  const judged = offers(campaign.campaignId)
  if (!judged) return { reason: 'unsupported_rules', params: {} }
  if ('refusal' in judged) return judged.refusal
  const { offer } = judged
  return { acquisition, offer, expiresAt: effectiveExpiry(offer.rules, acquisition.expiresAt) }
}

function toUnusable(acquisition: Acquisition, { campaigns }: QualifyInput, refusal: Refusal): UnusableCoupon {
  const { acquisitionId, campaignId } = acquisition
  const campaign = campaigns.get(campaignId)
  return { acquisitionId, campaignId, title: campaign?.title ?? '', titles: campaign?.titles ?? {}, ...refusal }
}
