import type { Words } from '../../words/useWords.ts'
import { bestOf, type OffersVisit } from './choice.ts'

/**
 * Why the best is the best, in one line: what it saves over the best coupon by itself, or over the second best where it is
 * one coupon. Empty where there is nothing to compare, or nobody knows that it is the best.
 */
export function bestWords({ t, money, title }: Words, visit: OffersVisit): string {
  const best = bestOf(visit)
  if (!best?.exact) return ''
  if (visit.usable.length === 1) return t('cashier.offers.onlyOne')
  const [only, more] = best.lines
  const isItself = (acquisitionId: string) => more === undefined && only?.acquisitionId === acquisitionId
  const rival = visit.usable
    .filter(({ acquisitionId }) => !isItself(acquisitionId))
    .sort((a, b) => b.discount.total - a.discount.total)[0]
  const saved = rival ? best.totalDiscount - rival.discount.total : 0
  if (rival && saved > 0) return t('cashier.offers.saves', { amount: money(saved), title: title(rival) })
  return best.lines.length === visit.usable.length ? t('cashier.offers.all') : ''
}
