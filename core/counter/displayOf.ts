import { unreachable } from '../outcome.ts'
import type { DisplayStage, DisplayState } from './display.ts'
import type { CounterState } from './state.ts'

type Visit = CounterState['visit']

/** Reasons after which the same card may work when it is held to the reader again. */
const AGAIN: readonly string[] = ['medium_unreadable']

/**
 * What the customer sees of a counter's state. Everything else stays with the cashier: who the customer is, what they hold
 * besides, why something is refused, which readers work, and every identifier.
 */
export function displayOf(state: CounterState): DisplayState {
  const { enrolment, purchase, categories, training } = state
  const isOpen = isServing(state)
  return {
    storeName: enrolment.status === 'enrolled' ? enrolment.storeName : '',
    currency: purchase.currency,
    training,
    lines: isOpen
      ? purchase.lines.map(({ label, category, quantity, lineTotal }) => {
          const known = categories.find((one) => one.category === category)
          const labels = label === '' ? (known?.labels ?? {}) : {}
          return { label: label || known?.label || '', labels, quantity, lineTotal }
        })
      : [],
    total: isOpen ? purchase.total : 0,
    now: isOpen ? stageOf(state) : { stage: 'closed' },
  }
}

/** A manager's screens are no customer's business, and while one is open no card is read. */
function isServing({
  closed,
  enrolment,
  cashier,
  readerSetup,
  offlineDesk,
  dayDesk,
  connection,
}: CounterState): boolean {
  const isManaged = readerSetup !== null || offlineDesk !== null || dayDesk !== null
  return (
    closed === null &&
    enrolment.status === 'enrolled' &&
    cashier !== null &&
    !isManaged &&
    connection.mode !== 'revoked'
  )
}

function stageOf({ visit, readers }: CounterState): DisplayStage {
  switch (visit.phase) {
    case 'idle':
      return { stage: 'welcome', ready: readers.some(({ state }) => state === 'ready' || state === 'busy') }
    case 'reading':
    case 'searching':
    case 'undoing':
      return { stage: 'reading' }
    case 'offers':
    case 'approving':
      return offersOf(visit)
    case 'approved': {
      const coupons = visit.lines.map(({ title, titles, discount }) => ({ title, titles, discount: discount.total }))
      return { stage: 'approved', coupons, totalDiscount: visit.totalDiscount }
    }
    case 'refused':
      return { stage: 'refused', again: AGAIN.includes(visit.reason) }
    case 'undone':
      return { stage: 'undone', totalDiscount: visit.totalDiscount }
    default:
      return unreachable(visit)
  }
}

/** What the cashier has put together, or the best; nothing while they are still changing it. */
function offersOf({
  usable,
  best,
  selected,
  selection,
}: Extract<Visit, { phase: 'offers' | 'approving' }>): DisplayStage {
  const own = selected.length === 0 ? best[0] : selection?.status === 'approvable' ? selection : null
  const coupons = (own?.lines ?? []).map(({ acquisitionId, discount }) => {
    const coupon = usable.find((one) => one.acquisitionId === acquisitionId)
    return { title: coupon?.title ?? '', titles: coupon?.titles ?? {}, discount: discount.total }
  })
  return { stage: 'offers', coupons, totalDiscount: own?.totalDiscount ?? 0 }
}
