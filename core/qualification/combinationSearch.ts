import type { Amount } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import { type Basket, copyPrices, openPrices, type Prices } from './basket.ts'
import { type Cut, cut, take } from './benefits.ts'
import { CompletionBounds } from './completionBounds.ts'
import { byApplication, type Candidate, compareText, joinRefusal } from './stack.ts'

/**
 * Branch and bound over candidates in application order: a branch adds one coupon to prices that those before it left, so
 * it costs one cut and not a whole stack. Coupons that would give nothing are skipped, because the same set without them
 * is preferred.
 */
export class CombinationSearch {
  readonly #candidates: readonly Candidate[]
  /** One state of prices a depth; a branch writes the next. */
  readonly #prices: readonly Prices[]
  readonly #bounds: CompletionBounds
  readonly #chosen: Candidate[] = []
  readonly #values: Amount[] = []
  readonly #maxTotal: Amount
  #best: { chosen: readonly Candidate[]; total: Amount } = { chosen: [], total: 0 }
  #work: number
  #stopped = false

  /** `candidates` in application order, twins side by side. */
  constructor(candidates: readonly Candidate[], basket: Basket, maxTotal: Amount, workBudget: number) {
    this.#candidates = candidates
    this.#maxTotal = maxTotal
    this.#prices = Array.from({ length: MAX_STACK + 1 }, () => openPrices(basket))
    this.#bounds = new CompletionBounds(candidates)
    this.#work = workBudget
  }

  run(): { readonly chosen: readonly Candidate[]; readonly exact: boolean } {
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
        if (this.#work <= 0) return
        if (current.includes(candidate) || joinRefusal(current, candidate)) continue
        if (this.#best.total > 0 && before + candidate.offer.bound < this.#best.total) continue
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
    const count = this.#candidates.length - from
    if (!prices || !next || count <= 0) return
    const room = MAX_STACK - depth
    this.#work -= this.#bounds.look(from, prices, room > 1)
    if (room > 1 && !this.#canImprove(total + Math.min(prices.left, this.#bounds.together(from, room)))) return
    // With room for one more a coupon's own gain says all; before that, what is reachable from it on ends the loop.
    const reach = this.#bounds.reach(from, room)

    for (let at = 0; at < count; at++) {
      if (!this.#canImprove(total + Math.min(prices.left, reach[at] ?? 0))) {
        if (room === 1) continue
        return
      }
      if (this.#work <= 0) {
        this.#stopped = true
        return
      }
      const index = from + at
      const candidate = this.#candidates[index]
      if (!candidate || !this.#isNextOfItsTwins(index) || joinRefusal(this.#chosen, candidate)) continue
      const made = this.#cutWithin(candidate, this.#chosen, this.#values, prices)
      // Each coupon only adds: above the cap nothing below this branch is allowed either.
      if (!made || total + made.total > this.#maxTotal) continue
      this.#chosen.push(candidate)
      this.#values.push(made.total)
      this.#offer(this.#chosen, total + made.total)
      if (room > 1) {
        copyPrices(prices, next)
        take(made, candidate.offer.eligible, next)
        this.#branch(index + 1, total + made.total)
      }
      this.#chosen.pop()
      this.#values.pop()
    }
  }

  /** Whether a branch below the chosen coupons that reaches at most `reachable` could win, also by a tie. */
  #canImprove(unbounded: number): boolean {
    const { chosen, total } = this.#best
    const reachable = Math.min(unbounded, this.#maxTotal)
    return reachable > total || (reachable >= total && this.#chosen.length + 1 <= chosen.length)
  }

  /** Twins are interchangeable: the second, less preferred, is only tried with the first. */
  #isNextOfItsTwins(index: number): boolean {
    const candidate = this.#candidates[index]
    const before = this.#candidates[index - 1]
    const areTwins =
      before?.offer.twinKey === candidate?.offer.twinKey &&
      before?.offer.rules.priority === candidate?.offer.rules.priority
    return !areTwins || this.#chosen.at(-1) === before
  }

  /** What a coupon gives after those chosen, or null when that is nothing or more than its campaign's budget. */
  #cutWithin(
    candidate: Candidate,
    chosen: readonly Candidate[],
    values: readonly Amount[],
    prices: Prices,
  ): Cut | null {
    const { offer } = candidate
    this.#work -= offer.eligible.length
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

  /** Keeps a combination that is allowed and better than the best so far; true when it was. */
  #offer(chosen: readonly Candidate[], total: Amount): boolean {
    if (total > this.#maxTotal) return false
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
