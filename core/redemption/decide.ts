import type { Amount } from '../money.ts'
import { bestCombination } from '../qualification/best.ts'
import type { QualifyInput } from '../qualification/model.ts'
import { type Judged, judge, toQualification } from '../qualification/qualify.ts'
import { applyStack, type Candidate } from '../qualification/stack.ts'
import type { Refusal } from '../qualification/standing.ts'
import type { RedemptionApproval, RedemptionDecision, RedemptionRefusal, Select } from './model.ts'

/**
 * Decides a redemption on what is held now; writes nothing. Named coupons are all or nothing: the first that fails, in
 * the order given, refuses the whole with its reason (`not_held` for one the holder does not have, `not_combinable` and the
 * limits for one that cannot join those before it, `invalid_request` for one named twice). `best` takes the best
 * combination; with nothing usable it is refused with the most helpful reason among the coupons, `not_held` without any.
 * `expectedTotalDiscount` (minor units) that differs from the result refuses `offer_changed`, with
 * `{expected, now}`: what the customer was told is not what would be given.
 */
export function decideRedemption(
  input: QualifyInput,
  select: Select,
  expectedTotalDiscount?: Amount,
): RedemptionDecision {
  const isExpected = (total: Amount) => expectedTotalDiscount === undefined || expectedTotalDiscount === total
  const named = select === 'best' ? null : approvedAlone(input, select.acquisitionIds)
  if (named && isExpected(named.totalDiscount)) return named
  const judged = judge(input)
  const decision = select === 'best' ? decideBest(judged) : decideNamed(judged, select.acquisitionIds)
  if (decision.status === 'refused') return decision
  const { totalDiscount } = decision
  if (expectedTotalDiscount === undefined || isExpected(totalDiscount)) return decision
  const fresh = toQualification(judged)
  return {
    status: 'refused',
    reason: 'offer_changed',
    params: { expected: expectedTotalDiscount, now: totalDiscount },
    failingAcquisitionId: null,
    bestRemaining: fresh.best,
    fresh,
  }
}

/**
 * What the customer holds besides says nothing for or against the named ones, so they are judged first, alone. null: not
 * all of them can be used, which the rest is needed to explain.
 */
function approvedAlone(input: QualifyInput, acquisitionIds: readonly string[]): RedemptionApproval | null {
  const wanted = new Set(acquisitionIds)
  if (wanted.size !== acquisitionIds.length) return null
  const acquisitions = input.acquisitions.filter(({ acquisitionId }) => wanted.has(acquisitionId))
  const { candidates, basket } = judge({ ...input, acquisitions })
  if (candidates.length !== wanted.size) return null
  const usable = new Map(candidates.map((candidate) => [candidate.acquisition.acquisitionId, candidate]))
  const whole = applyStack(
    acquisitionIds.flatMap((id) => usable.get(id) ?? []),
    basket,
  )
  return whole.ok ? { status: 'approved', ...whole.value } : null
}

function decideBest(judged: Judged): RedemptionApproval | RedemptionRefusal {
  const { lines, totalDiscount } = bestCombination(judged.candidates, judged.basket, judged.maxTotal)
  if (lines.length > 0) return { status: 'approved', lines, totalDiscount }
  const fresh = toQualification(judged)
  const [nearest] = judged.unusable
  return {
    status: 'refused',
    reason: nearest?.reason ?? 'not_held',
    params: nearest?.params ?? {},
    failingAcquisitionId: nearest?.acquisitionId ?? null,
    bestRemaining: fresh.best,
    fresh,
  }
}

function decideNamed(judged: Judged, acquisitionIds: readonly string[]): RedemptionApproval | RedemptionRefusal {
  const { basket, maxTotal } = judged
  const usable = new Map(judged.candidates.map((candidate) => [candidate.acquisition.acquisitionId, candidate]))
  const selected: Candidate[] = []
  let failing: (Refusal & { readonly acquisitionId: string }) | null = null
  for (const acquisitionId of new Set(acquisitionIds)) {
    const candidate = usable.get(acquisitionId)
    if (candidate) selected.push(candidate)
    else failing ??= { acquisitionId, ...unusableReason(judged, acquisitionId) }
  }
  const twice = acquisitionIds.find((id, at) => acquisitionIds.indexOf(id) !== at)
  if (twice !== undefined) failing ??= { acquisitionId: twice, reason: 'invalid_request', params: {} }
  if (!failing) {
    const whole = applyStack(selected, basket)
    if (whole.ok) return { status: 'approved', ...whole.value }
    failing = firstThatCannotJoin(selected, judged)
  }
  return {
    status: 'refused',
    reason: failing.reason,
    params: failing.params,
    failingAcquisitionId: failing.acquisitionId,
    bestRemaining: bestCombination(selected, basket, maxTotal),
    fresh: toQualification(judged),
  }
}

function unusableReason({ unusable }: Judged, acquisitionId: string): Refusal {
  const found = unusable.find((coupon) => coupon.acquisitionId === acquisitionId)
  return found ? { reason: found.reason, params: found.params } : { reason: 'not_held', params: {} }
}

function firstThatCannotJoin(selected: readonly Candidate[], { basket }: Judged) {
  for (let count = 1; count <= selected.length; count++) {
    const stack = applyStack(selected.slice(0, count), basket)
    const last = selected[count - 1]
    if (!stack.ok && last) {
      return { acquisitionId: last.acquisition.acquisitionId, reason: stack.reason, params: stack.params }
    }
  }
  throw new Error('a stack that is refused has a first coupon that cannot join')
}
