import type { Amount } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import type { Basket } from './basket.ts'
import { CombinationSearch } from './combinationSearch.ts'
import type { Combination } from './model.ts'
import { applyStack, byApplication, byPreference, type Candidate } from './stack.ts'
import { isWholeStackBest } from './wholeStack.ts'

/** Only the coupons with the highest discount alone are combined (CONTRACT.md §9). */
export const MAX_CANDIDATES = 40

/**
 * Line visits before the search stops: a count, not a time, so that server and counter stop at the same place. Chosen so
 * that 200 coupons are decided within 5 ms.
 */
export const WORK_BUDGET = 60_000

/**
 * The best combination of coupons that are usable alone: the largest total; then fewest coupons, earliest expiry, priority,
 * `acquisitionId`. Searched among the 40 candidates with the highest discount alone, at most `MAX_STACK` together, and never
 * more than `maxTotal` (minor units) in all: what a station may give alone. `exact` is false when the budget ended the
 * search: the combination is then allowed and good, but a better one may exist.
 */
export function bestCombination(
  usable: readonly Candidate[],
  basket: Basket,
  maxTotal: Amount = Number.POSITIVE_INFINITY,
  workBudget: number = WORK_BUDGET,
): Combination {
  const highest = [...usable].sort(byDiscountAlone).slice(0, MAX_CANDIDATES)
  const candidates = twinsOnce(highest)
  const { chosen, exact } = isWholeStackBest(candidates, basket, maxTotal)
    ? { chosen: candidates, exact: true }
    : new CombinationSearch(candidates, basket, maxTotal, workBudget).run()
  if (chosen.length === 0) return { lines: [], totalDiscount: 0, exact }
  const stack = applyStack(chosen, basket)
  if (!stack.ok) throw new Error(`best combination is not allowed: ${stack.reason}`)
  return { ...stack.value, exact }
}

/** Largest discount first, ties by preference. */
export function byDiscountAlone(a: Candidate, b: Candidate): number {
  return b.offer.alone.total - a.offer.alone.total || byPreference(a, b)
}

/** In application order; of coupons that are twins no more than could ever be chosen. */
function twinsOnce(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  let twins = 0
  let before: Candidate | undefined
  for (const candidate of [...candidates].sort(byApplication)) {
    const { rules, headroom, twinKey } = candidate.offer
    twins = before?.offer.twinKey === twinKey && samePriority(before, candidate) ? twins + 1 : 1
    before = candidate
    const single = rules.stacking.mode === 'exclusive' || rules.stacking.group !== undefined
    if (twins <= (single ? 1 : Math.min(MAX_STACK, headroom.uses))) kept.push(candidate)
  }
  return kept
}

function samePriority(a: Candidate, b: Candidate): boolean {
  return a.offer.rules.priority === b.offer.rules.priority
}
