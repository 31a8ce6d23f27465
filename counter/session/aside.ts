import type { Effect, Presented, Session, VisitModel } from './model.ts'

/**
 * Somebody's coupons are looked for or on the screen for this purchase: another medium does not take their place by itself
 * (UPOS autoDisable: nothing lands in the transaction before it). Where there is nothing to give, the next one may.
 */
export function isTaken({ visit, purchase }: Session): boolean {
  if (visit.phase === 'searching') return true
  if (visit.phase !== 'offers') return false
  const { usable, unusable } = visit.offers
  return usable.length > 0 || (unusable.length > 0 && purchase.lines.length === 0)
}

/** The visit with a medium that was presented while it is somebody else's; null: it is their own, once more. */
export function setAside(visit: Extract<VisitModel, { phase: 'searching' | 'offers' }>, other: Presented) {
  const isTheirs = visit.presented.keys.some(({ v, key }) => other.keys.some((one) => one.v === v && one.key === key))
  return isTheirs ? null : { ...visit, aside: other }
}

/** What was set aside in this visit, as a part of the next model of it. */
export function keptAside(visit: VisitModel): { readonly aside?: Presented } {
  return (visit.phase === 'searching' || visit.phase === 'offers') && visit.aside ? { aside: visit.aside } : {}
}

/** The visit goes on without what was set aside: whoever held it is told. */
export const ignoredAside = (visit: VisitModel): readonly Effect[] =>
  keptAside(visit).aside ? [{ type: 'noticeReadIgnored' }] : []
