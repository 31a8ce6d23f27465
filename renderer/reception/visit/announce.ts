import type { Visit } from '../../../core/counter/state.ts'
import type { Words } from '../../words/useWords.ts'
import { waitsForPurchase } from './choice.ts'

/** What is spoken when a visit reaches this moment; empty for moments that need no word. `total`: of the purchase. */
export function announcement(words: Words, visit: Visit, total: number): string {
  const { t } = words
  switch (visit.phase) {
    case 'offers': {
      const best = visit.best[0]
      if (visit.aside) return `${t('cashier.offers.other.title')}. ${t('cashier.offers.other.words')}`
      if (waitsForPurchase(visit, total)) return t('cashier.offers.purchaseFirst')
      if (!best || best.lines.length === 0) return t('offers.none')
      return `${t('offers.best')}: ${words.money(best.totalDiscount)}`
    }
    case 'approved': {
      const amount = words.money(visit.totalDiscount)
      return t(visit.certainty === 'confirmed' ? 'approved.spoken' : 'approved.spokenStored', { amount })
    }
    case 'refused': {
      const reason = words.reason(visit)
      return `${t('refused.title')}. ${reason.text}. ${reason.todo}`
    }
    case 'undone':
      return t(`undone.${visit.certainty}`)
    case 'idle':
    case 'reading':
    case 'searching':
    case 'approving':
    case 'undoing':
      return ''
  }
}
