import { type Amount, portion } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import type { Basket } from './basket.ts'
import type { Candidate } from './stack.ts'

/**
 * Whether all candidates together are the best combination, where that is quick to say: a few coupons of campaigns of their
 * own that take a percentage or an amount off the same lines and do not shut each other out. What is left to pay then never
 * rises when one more is applied, wherever in the order it comes, so no part of them gives more than all; and when all give
 * more than all but any one, every part gives less. `false` says nothing. `candidates` in application order.
 */
export function isWholeStackBest(candidates: readonly Candidate[], basket: Basket, maxTotal: Amount): boolean {
  const [first] = candidates
  if (!first || candidates.length > MAX_STACK || !mayAllGoTogether(candidates)) return false
  const lines = first.offer.eligible
  if (!candidates.every(({ offer }) => areSame(offer.eligible, lines))) return false
  let price = 0
  for (const line of lines) price += basket.lines[line]?.price ?? 0
  const all = together(candidates, -1, price, basket.total)
  if (all === null || all > maxTotal) return false
  return candidates.every((_, without) => (together(candidates, without, price, basket.total) ?? 0) < all)
}

function mayAllGoTogether(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ offer }, at) => {
    const { benefit, stacking } = offer.rules
    if (benefit.kind !== 'percent_off' && benefit.kind !== 'amount_off') return false
    if (stacking.mode === 'exclusive' && candidates.length > 1) return false
    for (let before = 0; before < at; before++) {
      const other = candidates[before]?.offer
      if (other === offer) return false
      if (stacking.group !== undefined && stacking.group === other?.rules.stacking.group) return false
    }
    return true
  })
}

/** What they take off together, without one of them; null when one would give nothing. */
function together(candidates: readonly Candidate[], without: number, price: Amount, purchase: Amount): Amount | null {
  let taken = 0
  for (let at = 0; at < candidates.length; at++) {
    if (at === without) continue
    const benefit = candidates[at]?.offer.rules.benefit
    const left = price - taken
    let off = 0
    if (benefit?.kind === 'amount_off') off = Math.min(benefit.amount, left)
    if (benefit?.kind === 'percent_off') {
      const share = portion(left, benefit.basisPoints)
      off = Math.min(share, benefit.cap ?? share)
    }
    off = Math.min(off, purchase - taken)
    if (off <= 0) return null
    taken += off
  }
  return taken
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at])
}
