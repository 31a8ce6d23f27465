import { MAX_STACK } from '../redemption/model.ts'
import type { Prices } from './basket.ts'
import { sumOf } from './benefits.ts'
import type { Candidate } from './stack.ts'

/**
 * For each candidate from `from` on: the most that at most `room` coupons, chosen from it or later ones, can add to what
 * was taken already. Each coupon gives no more than it would now, alone. Percentages of all `touchable` lines (those that any
 * candidate may reduce) shrink each other: together they take at most `1 − Π(1 − pᵢ)` of them, which is what makes many
 * of them searchable.
 */
export function completionBounds(
  candidates: readonly Candidate[],
  from: number,
  room: number,
  prices: Prices,
  touchable: readonly number[],
): number[] {
  const whole = sumOf(touchable, prices.remaining)
  const bases = new Map<readonly number[], number>()

  const bounds = new Array<number>(candidates.length - from)
  // Largest first, never longer than `room`.
  const shares: number[] = []
  const gains: number[] = []
  for (let index = candidates.length - 1; index >= from; index--) {
    const candidate = candidates[index]
    if (!candidate) continue
    const { eligible, rules, bound } = candidate.offer
    let base = bases.get(eligible)
    if (base === undefined) {
      base = sumOf(eligible, prices.remaining)
      bases.set(eligible, base)
    }
    const { benefit } = rules
    if (benefit.kind === 'percent_off') {
      const share = benefit.basisPoints / 10_000
      const uncapped = base * share
      if (base === whole && uncapped <= bound) insert(shares, share, room)
      else insert(gains, Math.min(uncapped, bound), room)
    } else {
      insert(gains, Math.min(base, bound), room)
    }
    bounds[index - from] = most(shares, gains, whole, room)
  }
  return bounds
}

/** The best split of `room` between chained percentages and other gains. A unit is added against floating point. */
function most(shares: readonly number[], gains: readonly number[], whole: number, room: number): number {
  let best = 0
  let kept = 1
  for (let chained = 0; chained <= Math.min(shares.length, MAX_STACK); chained++) {
    if (chained > 0) kept *= 1 - (shares[chained - 1] ?? 0)
    let sum = chained === 0 ? 0 : whole * (1 - kept)
    for (let at = 0; at < Math.min(gains.length, room - chained); at++) sum += gains[at] ?? 0
    if (sum > best) best = sum
  }
  return Math.floor(best + 1e-6)
}

/** Inserts into a list kept largest first and no longer than `size`. */
function insert(list: number[], value: number, size: number): void {
  if (list.length === size && value <= (list[size - 1] ?? 0)) return
  let at = list.length < size ? list.length : size - 1
  while (at > 0 && (list[at - 1] ?? 0) < value) {
    list[at] = list[at - 1] ?? 0
    at--
  }
  list[at] = value
}
