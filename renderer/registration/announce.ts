import type { TerminalVisit } from '../../core/counter/registration.ts'
import type { Sound } from '../sounds/player.ts'
import type { Words } from '../words/useWords.ts'
import { customerReason } from './reasons.ts'

/** No reason of the server's: nobody answered. */
export const isAway = (reason: string): boolean => reason === 'server_unreachable'

/** What is said aloud, and told to a screen reader, when a visit reaches this moment. */
export function spoken({ t, title }: Words, visit: TerminalVisit): string {
  switch (visit.phase) {
    case 'idle':
      return t('customer.welcome')
    case 'reading':
      return t('customer.reading')
    case 'looking':
      return t('customer.looking')
    case 'refused': {
      const { reason } = visit.refused
      if (visit.staffCode) return t('customer.staffCodeTitle')
      return isAway(reason) ? `${t('customer.away')}. ${t('customer.awayTodo')}` : customerReason(t, reason)
    }
    case 'menu': {
      const { outcome, phone, staffCode, takeable } = visit
      if (phone) return t('customer.phoneTitle')
      if (staffCode) return t('customer.staffCodeTitle')
      if (outcome?.result === 'taken') {
        const name = outcome.title === null ? '' : title({ title: outcome.title, titles: outcome.titles })
        return name === '' ? t('customer.taken') : t('customer.takenNamed', { title: name })
      }
      if (outcome) {
        const { reason } = outcome.refused
        return isAway(reason) ? t('customer.unsure') : customerReason(t, reason)
      }
      return takeable.length === 0
        ? t('customer.nothingToTake')
        : `${t('customer.canTake')}: ${takeable.map((offer) => title(offer)).join('. ')}`
    }
  }
}

/** Names a moment: it is spoken, and heard, once. */
export function momentOf(visit: TerminalVisit): string {
  if (visit.phase === 'refused') return `refused ${visit.staffCode?.code ?? ''}`
  if (visit.phase !== 'menu') return visit.phase
  const { outcome, phone, staffCode, taking } = visit
  return `menu ${outcome?.nth ?? ''} ${phone?.code ?? staffCode?.code ?? ''} ${taking?.what ?? ''}`
}

/** The sound that a moment begins with; null: silence. */
export function soundFor(visit: TerminalVisit): Sound | null {
  if (visit.phase === 'reading' || visit.phase === 'looking') return 'tap'
  if (visit.phase === 'refused') return visit.staffCode ? null : 'refused'
  if (visit.phase !== 'menu' || !visit.outcome) return null
  return visit.outcome.result === 'taken' ? 'approved' : 'refused'
}
