import type { CounterState } from '../../core/counter/state.ts'
import type { PosBasket } from '../../core/pos/basket.ts'
import type { PosCounter } from '../../core/pos/counterView.ts'
import { discountedLines } from '../../core/pos/discounts.ts'
import type { PosDiscount, PosTransaction } from '../../core/pos/transaction.ts'
import type { PosSale } from '../store/posBook.ts'

/** A sale as its POS sees it. */
export function transactionOf(sale: PosSale): PosTransaction {
  const { saleId, revision, basket, ended, onScreen, changeSeq } = sale
  const discount = discountOf(sale)
  return {
    saleId,
    revision,
    state: ended?.how ?? (discount ? 'approved' : 'open'),
    basket,
    discount,
    amountDue: basket.total - (discount?.total ?? 0),
    completed: ended?.how === 'completed' ? { total: ended.total ?? 0, discount: ended.discount ?? 0 } : null,
    onScreen,
    cursor: changeSeq,
  }
}

/** null: nothing is approved. Throws where an approval does not fit its own basket: a bug, as the basket cannot change after it. */
function discountOf({ approval, basket }: Pick<PosSale, 'approval' | 'basket'>): PosDiscount | null {
  if (!approval) return null
  const { redemptionId, revision, shown } = approval
  const lines = discountedLines(basket.lines, shown.lines)
  if (!lines) throw new Error('an approval takes something off a line that its basket has not')
  return {
    redemptionId,
    revision,
    certainty: shown.certainty,
    total: shown.totalDiscount,
    lines: [...lines],
    coupons: shown.lines.map(({ acquisitionId, title, titles, discount }) => ({
      acquisitionId,
      title,
      titles,
      discount,
    })),
  }
}

/** The part of the counter's state that a POS may know something of. */
type Seen = Pick<CounterState, 'enrolment' | 'visit' | 'purchase' | 'readers' | 'training'> & {
  readonly connection: Pick<CounterState['connection'], 'mode'>
  readonly cashier: { readonly operatorId: string } | null
}

/** What of it a POS is told. */
export function counterOf(state: Seen, stationStoreId: string | null, posId: string): PosCounter {
  const { enrolment, connection, cashier, purchase, visit, readers } = state
  const { sale } = purchase
  const station = enrolment.status === 'enrolled' ? enrolment : null
  return {
    state: stateOf(state),
    stationId: station?.stationId ?? null,
    storeId: station && stationStoreId,
    currency: station?.currency ?? null,
    connection: connection.mode,
    operatorId: cashier?.operatorId ?? null,
    claimed: sale === undefined ? 'no' : sale.posId === posId ? 'by_you' : 'by_other',
    saleId: sale?.posId === posId ? sale.saleId : null,
    visit: {
      phase: visit.phase,
      offers:
        visit.phase === 'offers' || visit.phase === 'approving'
          ? { usable: visit.usable.length, best: visit.best[0]?.totalDiscount ?? 0 }
          : null,
      refused: visit.phase === 'refused' ? { reason: visit.reason, reasonGroup: visit.reasonGroup } : null,
    },
    readers: { ready: readers.filter(({ state: health }) => health === 'ready').length, all: readers.length },
  }
}

function stateOf({ enrolment, connection, cashier, visit, training }: Seen): PosCounter['state'] {
  if (connection.mode === 'revoked') return 'error'
  // What is approved in a training counts for nothing, and is nothing to give a customer.
  if (enrolment.status !== 'enrolled' || cashier === null || training) return 'closed'
  return visit.phase === 'approving' || visit.phase === 'undoing' ? 'busy' : 'idle'
}

/** The basket as the screen and the rules have it. */
export function purchaseLines({ lines }: PosBasket): CounterState['purchase']['lines'] {
  return lines.map(({ discountable, ...line }) => ({ ...line, ...(discountable ? {} : { discountable }) }))
}
