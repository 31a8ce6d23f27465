import type { Amount } from '../money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import { MAX_STACK } from '../redemption/model.ts'
import { type Basket, openPrices } from './basket.ts'
import { type Cut, cut, take } from './benefits.ts'
import type { Acquisition, CombinationLine, Discount } from './model.ts'
import type { Offer } from './offer.ts'
import type { Refusal } from './standing.ts'

/** An acquisition that is usable alone. */
export interface Candidate {
  readonly acquisition: Acquisition
  readonly offer: Offer
  /** Effective end of validity, epoch milliseconds. */
  readonly expiresAt: number
}

/** Among equals the coupon that expires first is used, then by priority, then by id. */
export function byPreference(a: Candidate, b: Candidate): number {
  return (
    a.expiresAt - b.expiresAt ||
    b.offer.rules.priority - a.offer.rules.priority ||
    compareText(a.acquisition.acquisitionId, b.acquisition.acquisitionId)
  )
}

/**
 * The order in which stacked coupons are applied: by stage, then priority, then what they do (so that twins stand side by
 * side and are interchangeable), then preference.
 */
export function byApplication(a: Candidate, b: Candidate): number {
  return (
    a.offer.stage - b.offer.stage ||
    b.offer.rules.priority - a.offer.rules.priority ||
    compareText(a.offer.twinKey, b.offer.twinKey) ||
    byPreference(a, b)
  )
}

/** Why a coupon may not join those already chosen, whatever it would give; null when it may. */
export function joinRefusal(chosen: readonly Candidate[], joining: Candidate): Refusal | null {
  if (chosen.length === 0) return null
  if (chosen.length >= MAX_STACK) return { reason: 'not_combinable', params: { maxStack: MAX_STACK } }
  const { stacking } = joining.offer.rules
  let sameCampaign = 0
  for (const { offer } of chosen) {
    if (stacking.mode === 'exclusive' || offer.rules.stacking.mode === 'exclusive') {
      return { reason: 'not_combinable', params: { exclusive: true } }
    }
    if (stacking.group !== undefined && stacking.group === offer.rules.stacking.group) {
      return { reason: 'not_combinable', params: { group: stacking.group } }
    }
    if (offer === joining.offer) sameCampaign++
  }
  return sameCampaign + 1 > joining.offer.headroom.uses ? joining.offer.headroom.usesRefusal : null
}

export interface Stack {
  readonly lines: readonly CombinationLine[]
  readonly totalDiscount: Amount
}

/**
 * Applies coupons together, in the order of CONTRACT.md §9. Refused when they may not go together, when one would be
 * burnt for nothing (`not_combinable`), or when a campaign's budget does not hold what they give together.
 */
export function applyStack(candidates: readonly Candidate[], basket: Basket): Outcome<Stack, Refusal> {
  const joined: Candidate[] = []
  for (const candidate of candidates) {
    const refusal = joinRefusal(joined, candidate)
    if (refusal) return refused(refusal)
    joined.push(candidate)
  }
  const prices = openPrices(basket)
  const spent = new Map<Offer, Amount>()
  const lines: CombinationLine[] = []
  let totalDiscount = 0
  for (const { acquisition, offer } of joined.sort(byApplication)) {
    const made = cut(offer.rules.benefit, offer.eligible, prices)
    if (made.total === 0) return refused({ reason: 'not_combinable', params: { nothingLeft: true } })
    const value = (spent.get(offer) ?? 0) + made.total
    if (value > offer.headroom.value) return refused(offer.headroom.valueRefusal)
    spent.set(offer, value)
    take(made, offer.eligible, prices)
    totalDiscount += made.total
    lines.push({
      acquisitionId: acquisition.acquisitionId,
      campaignId: offer.campaign.campaignId,
      campaignVersion: offer.campaign.version,
      discount: toDiscount(made, offer.eligible, basket),
    })
  }
  return accepted({ lines, totalDiscount })
}

export function toDiscount({ total, amounts }: Cut, eligible: readonly number[], basket: Basket): Discount {
  const allocations: { lineId: string; amount: Amount }[] = []
  eligible.forEach((index, at) => {
    const amount = amounts[at] ?? 0
    const line = basket.lines[index]
    if (line && amount > 0) allocations.push({ lineId: line.lineId, amount })
  })
  return { total, allocations }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
