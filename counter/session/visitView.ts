import type { Visit } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { VisitModel } from './model.ts'

/** A visit as screens see it: without the medium's keys, and with times of their own clock. */
export function visitView(visit: VisitModel, toSystem: (correctedAt: number) => number): Visit {
  switch (visit.phase) {
    case 'idle':
    case 'reading':
    case 'undone':
      return visit
    case 'searching':
      return { phase: 'searching' }
    case 'offers': {
      const { aside } = visit
      const other = aside && { aside: { type: aside.type, entry: aside.entry } }
      return { phase: 'offers', ...visit.offers, ...other }
    }
    case 'approving':
      return { phase: 'approving', ...visit.offers }
    case 'approved': {
      const { undoUntil } = visit.approval
      const shown = undoUntil === null ? null : toSystem(undoUntil)
      return { phase: 'approved', redemptionId: visit.redemptionId, ...visit.approval, undoUntil: shown }
    }
    case 'refused':
      return { phase: 'refused', ...visit.refused, retryable: visit.presented !== null }
    case 'undoing':
      return { phase: 'undoing', redemptionId: visit.redemptionId }
    default:
      return unreachable(visit)
  }
}
