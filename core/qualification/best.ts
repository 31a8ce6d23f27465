import type { Amount } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import { type Basket, copyPrices, openPrices, type Prices } from './basket.ts'
import { cut, take } from './benefits.ts'
import { completionBounds } from './completionBounds.ts'
import type { Combination } from './model.ts'
import { applyStack, byApplication, byPreference, type Candidate, compareText, joinRefusal } from './stack.ts'

/** Only the coupons with the highest discount alone are combined (CONTRACT.md §9). */
export const MAX_CANDIDATES = 40

/** Lines visited before the search stops: a count, not a time, so that server and counter stop at the same place. */
export const WORK_BUDGET = 200_000

/**
 * The best combination of coupons that are usable alone: the largest total; then fewest coupons, earliest expiry, priority,
 * `acquisitionId`. Branch and bound over the 40 candidates with the highest discount alone, at most `MAX_STACK` together.
 * `exact` is false when the budget ended the search: the combination is then allowed and good, but a better one may exist.
 *
 * Branches add candidates in the order in which coupons are applied, so a node costs one cut, not a whole stack.
 */
export function bestCombination(
  usable: readonly Candidate[],
  basket: Basket,
  workBudget: number = WORK_BUDGET,
): Combination {
  const candidates = interchangeableOnce(
    [...usable]
      .sort((a, b) => b.offer.alone.total - a.offer.alone.total || byPreference(a, b))
      .slice(0, MAX_CANDIDATES),
  )
  const search = new Search(candidates, basket, workBudget)
  const { chosen, exact } = search.run()
  if (chosen.length === 0) return { lines: [], totalDiscount: 0, exact }
  const stack = applyStack(chosen, basket)
  if (!stack.ok) throw new Error(`best combination is not allowed: ${stack.reason}`)
  return { ...stack.value, exact }
}

/** In application order; of one campaign no more than could ever be chosen. */
function interchangeableOnce(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  let sameCampaign = 0
  for (const candidate of [...candidates].sort(byApplication)) {
    const { rules, headroom } = candidate.offer
    sameCampaign = kept.at(-1)?.offer === candidate.offer ? sameCampaign + 1 : 1
    const single = rules.stacking.mode === 'exclusive' || rules.stacking.group !== undefined
    if (sameCampaign <= (single ? 1 : Math.min(MAX_STACK, headroom.uses))) kept.push(candidate)
  }
  return kept
}

class Search {
  readonly #candidates: readonly Candidate[]
  /** One state of prices a depth; a branch writes the next. */
  readonly #prices: readonly Prices[]
  readonly #chosen: Candidate[] = []
  readonly #values: Amount[] = []
  #best: { chosen: readonly Candidate[]; total: Amount } = { chosen: [], total: 0 }
  readonly #touchable: readonly number[]
  #work: number
  #stopped = false

  constructor(candidates: readonly Candidate[], basket: Basket, workBudget: number) {
    this.#candidates = candidates
    this.#prices = Array.from({ length: MAX_STACK + 1 }, () => openPrices(basket))
    this.#touchable = [...new Set(candidates.flatMap(({ offer }) => offer.eligible))]
    this.#work = workBudget
  }

  run(): { chosen: readonly Candidate[]; exact: boolean } {
    this.#climb()
    this.#branch(0, 0)
    return { chosen: this.#best.chosen, exact: !this.#stopped }
  }

  /** A first answer to prune with, and the answer when the budget is short: add what helps most, while it helps. */
  #climb(): void {
    let current: readonly Candidate[] = []
    while (current.length < MAX_STACK) {
      const before = this.#best.total
      let next: readonly Candidate[] | null = null
      for (const candidate of this.#candidates) {
        if (current.includes(candidate) || joinRefusal(current, candidate)) continue
        const grown = [...current, candidate].sort(byApplication)
        const total = this.#totalOf(grown)
        if (total !== null && this.#offer(grown, total)) next = grown
      }
      if (!next || this.#best.total === before) return
      current = next
    }
  }

  #totalOf(chosen: readonly Candidate[]): Amount | null {
    const [start, prices] = this.#prices
    if (!start || !prices) return null
    copyPrices(start, prices)
    const values: Amount[] = []
    let total = 0
    for (const [index, candidate] of chosen.entries()) {
      const made = this.#cutWithin(candidate, chosen.slice(0, index), values, prices)
      if (!made) return null
      take(made, candidate.offer.eligible, prices)
      values.push(made.total)
      total += made.total
    }
    return total
  }

  #branch(from: number, total: Amount): void {
    const depth = this.#chosen.length
    const prices = this.#prices[depth]
    const next = this.#prices[depth + 1]
    if (!prices || !next || from >= this.#candidates.length) return
    // Choosing from `index` on can add at most `bounds[index]`, which never rises with `index`.
    const bounds = completionBounds(this.#candidates, from, MAX_STACK - depth, prices, this.#touchable)
    this.#work -= this.#candidates.length - from
    for (let index = from; index < this.#candidates.length; index++) {
      const reachable = total + Math.min(prices.left, bounds[index - from] ?? 0)
      if (reachable < this.#best.total) return
      if (reachable === this.#best.total && depth + 1 > this.#best.chosen.length) return
      if (this.#work <= 0) {
        this.#stopped = true
        return
      }
      const candidate = this.#candidates[index]
      if (!candidate || !this.#isNextOfItsCampaign(index) || joinRefusal(this.#chosen, candidate)) continue
      this.#work -= candidate.offer.eligible.length
      const made = this.#cutWithin(candidate, this.#chosen, this.#values, prices)
      if (!made) continue
      copyPrices(prices, next)
      take(made, candidate.offer.eligible, next)
      this.#chosen.push(candidate)
      this.#values.push(made.total)
      this.#offer(this.#chosen, total + made.total)
      this.#branch(index + 1, total + made.total)
      this.#chosen.pop()
      this.#values.pop()
    }
  }

  /** Acquisitions of one campaign are interchangeable: the second is only tried with the first. */
  #isNextOfItsCampaign(index: number): boolean {
    const candidate = this.#candidates[index]
    const before = this.#candidates[index - 1]
    return before?.offer !== candidate?.offer || this.#chosen.at(-1) === before
  }

  /** What a coupon gives after those chosen, or null when that is nothing or more than its campaign's budget. */
  #cutWithin(candidate: Candidate, chosen: readonly Candidate[], values: readonly Amount[], prices: Prices) {
    const { offer } = candidate
    const made = cut(offer.rules.benefit, offer.eligible, prices)
    if (made.total === 0) return null
    let value = made.total
    if (Number.isFinite(offer.headroom.value)) {
      chosen.forEach((other, at) => {
        if (other.offer === offer) value += values[at] ?? 0
      })
    }
    return value > offer.headroom.value ? null : made
  }

  /** Keeps a combination that is better than the best so far; true when it was. */
  #offer(chosen: readonly Candidate[], total: Amount): boolean {
    const better =
      total > this.#best.total || (total === this.#best.total && total > 0 && isPreferred(chosen, this.#best.chosen))
    if (better) this.#best = { chosen: [...chosen], total }
    return better
  }
}

/** Of two combinations with one total: fewest coupons; then, each sorted and compared in turn, expiry, priority, id. */
function isPreferred(a: readonly Candidate[], b: readonly Candidate[]): boolean {
  if (a.length !== b.length) return a.length < b.length
  const order =
    compareSorted(a, b, ({ expiresAt }) => expiresAt) ||
    compareSorted(a, b, ({ offer }) => -offer.rules.priority) ||
    compareText(idsOf(a), idsOf(b))
  return order < 0
}

function compareSorted(
  a: readonly Candidate[],
  b: readonly Candidate[],
  key: (candidate: Candidate) => number,
): number {
  const left = a.map(key).sort((x, y) => x - y)
  const right = b.map(key).sort((x, y) => x - y)
  for (let at = 0; at < left.length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function idsOf(candidates: readonly Candidate[]): string {
  return candidates
    .map(({ acquisition }) => acquisition.acquisitionId)
    .sort(compareText)
    .join(',')
}
