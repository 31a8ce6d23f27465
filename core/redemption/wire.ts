import type { RedemptionDecided } from '../contract/redemptions.ts'
import type { SearchResponse, WireCombination, WireLine, WireSelection } from '../contract/search.ts'
import type { Combination, CombinationLine, Discount, Qualification } from '../qualification/model.ts'
import { reasonGroup } from '../reasonCodes.ts'
import type { RedemptionDecision } from './model.ts'

/**
 * The answer to a search. `asOf` is the decider's clock, epoch milliseconds; `selection` is what the cashier's stack
 * would give, when one was asked for. `best` is empty when nothing is usable.
 */
export function toSearchResponse(
  qualification: Qualification,
  asOf: number,
  selection?: RedemptionDecision,
): SearchResponse {
  return {
    usable: qualification.usable.map((coupon) => ({
      acquisitionId: coupon.acquisitionId,
      campaignId: coupon.campaignId,
      campaignVersion: coupon.campaignVersion,
      title: coupon.title,
      titles: { ...coupon.titles },
      discount: toWireDiscount(coupon.discount),
      usesLeft: coupon.usesLeft,
      expiresAt: coupon.expiresAt === null ? null : new Date(coupon.expiresAt).toISOString(),
      ...(coupon.group === undefined ? {} : { group: coupon.group }),
      exclusive: coupon.exclusive,
    })),
    unusable: qualification.unusable.map((coupon) => ({
      acquisitionId: coupon.acquisitionId,
      campaignId: coupon.campaignId,
      title: coupon.title,
      titles: { ...coupon.titles },
      reason: coupon.reason,
      reasonGroup: reasonGroup(coupon.reason),
      params: { ...coupon.params },
    })),
    best: qualification.best.lines.length === 0 ? [] : [toWireCombination(qualification.best)],
    ...(selection ? { selection: toWireSelection(selection) } : {}),
    asOf: new Date(asOf).toISOString(),
  }
}

/** The answer to a redemption. `asOf` (epoch milliseconds) dates the fresh search that comes with `offer_changed`. */
export function toWireDecision(
  redemptionId: string,
  changeSeq: number,
  decision: RedemptionDecision,
  asOf: number,
): RedemptionDecided {
  if (decision.status === 'approved') {
    const { totalDiscount } = decision
    return { redemptionId, changeSeq, status: 'approved', lines: decision.lines.map(toWireLine), totalDiscount }
  }
  return {
    redemptionId,
    changeSeq,
    status: 'refused',
    reason: decision.reason,
    reasonGroup: reasonGroup(decision.reason),
    params: { ...decision.params },
    lines: [],
    totalDiscount: 0,
    failingAcquisitionId: decision.failingAcquisitionId,
    bestRemaining: toWireCombination(decision.bestRemaining),
    ...(decision.reason === 'offer_changed' ? { fresh: toSearchResponse(decision.fresh, asOf) } : {}),
  }
}

function toWireSelection(decision: RedemptionDecision): WireSelection {
  if (decision.status === 'approved') {
    const { lines, totalDiscount } = decision
    return { status: 'approvable', lines: lines.map(toWireLine), totalDiscount }
  }
  return {
    status: 'refused',
    reason: decision.reason,
    reasonGroup: reasonGroup(decision.reason),
    params: { ...decision.params },
    failingAcquisitionId: decision.failingAcquisitionId,
    bestRemaining: toWireCombination(decision.bestRemaining),
  }
}

function toWireCombination({ lines, totalDiscount, exact }: Combination): WireCombination {
  return { lines: lines.map(toWireLine), totalDiscount, exact }
}

function toWireLine({ acquisitionId, discount }: CombinationLine): WireLine {
  return { acquisitionId, discount: toWireDiscount(discount) }
}

function toWireDiscount({ total, allocations }: Discount): WireLine['discount'] {
  return { total, allocations: allocations.map(({ lineId, amount }) => ({ lineId, amount })) }
}
