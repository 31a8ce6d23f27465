import type { WireCombination } from '../../../core/contract/search.ts'
import type { Visit } from '../../../core/counter/state.ts'
import { MAX_STACK } from '../../../core/redemption/model.ts'
import type { GivenReason } from '../../words/reasons.ts'

export type OffersVisit = Extract<Visit, { phase: 'offers' | 'approving' }>

/** What would be approved now: the best combination unless the cashier has put together another. */
export type Choice =
  | { readonly kind: 'none' }
  | { readonly kind: 'best' | 'own'; readonly acquisitionIds: readonly string[]; readonly combination: Approvable }
  /** Asked of the counter, not answered yet. */
  | { readonly kind: 'checking'; readonly acquisitionIds: readonly string[] }
  | {
      readonly kind: 'refused'
      readonly acquisitionIds: readonly string[]
      readonly reason: GivenReason
      readonly failingAcquisitionId: string | null
      readonly remaining: Approvable | null
    }

export type Approvable = Pick<WireCombination, 'lines' | 'totalDiscount'>

/** The best combination, or null when nothing is usable. */
export function bestOf(visit: OffersVisit): WireCombination | null {
  const best = visit.best[0]
  return best && best.lines.length > 0 ? best : null
}

/**
 * `stack`: the coupons that the cashier has marked, null while nothing was touched. The counter's own `selected` is
 * taken up then, so that a reload in the middle of a visit shows the same.
 */
export function choiceOf(visit: OffersVisit, stack: readonly string[] | null): Choice {
  const best = bestOf(visit)
  const marked = stack ?? (visit.selected.length > 0 ? visit.selected : null)
  if (marked === null || (best && sameIds(marked, idsOf(best)))) {
    return best ? { kind: 'best', acquisitionIds: idsOf(best), combination: best } : { kind: 'none' }
  }
  if (marked.length === 0) return { kind: 'none' }
  const { selection } = visit
  if (selection === null || !sameIds(marked, visit.selected)) return { kind: 'checking', acquisitionIds: marked }
  if (selection.status === 'approvable') return { kind: 'own', acquisitionIds: marked, combination: selection }
  const { reason, reasonGroup, params, failingAcquisitionId, bestRemaining } = selection
  return {
    kind: 'refused',
    acquisitionIds: marked,
    reason: { reason, reasonGroup, params },
    failingAcquisitionId,
    remaining: bestRemaining.lines.length > 0 ? bestRemaining : null,
  }
}

/** The marked coupons after one is touched; null: the stack is full. */
export function toggled(marked: readonly string[], acquisitionId: string): string[] | null {
  if (marked.includes(acquisitionId)) return marked.filter((id) => id !== acquisitionId)
  return marked.length >= MAX_STACK ? null : [...marked, acquisitionId]
}

export function idsOf(combination: Approvable): string[] {
  return combination.lines.map((line) => line.acquisitionId)
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id))
}

/** The card came before the purchase: what it can give is not known yet, and nothing is at its end. */
export const waitsForPurchase = (visit: OffersVisit, total: number): boolean =>
  total === 0 && visit.usable.length === 0 && visit.unusable.length > 0
