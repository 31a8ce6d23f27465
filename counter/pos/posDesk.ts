import { canonicalJson } from '../../core/canonicalJson.ts'
import type { Params } from '../../core/contract/problem.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { PosBasket, PosTransactionRequest } from '../../core/pos/basket.ts'
import type { PosReason } from '../../core/pos/problems.ts'
import type { SaleCompleted } from '../../core/pos/transaction.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, type Session, type SessionEvent, type UndoEnded } from '../session/model.ts'
import { purchaseOf } from '../session/purchase.ts'
import { isBusy } from '../session/reducer.ts'
import type { ShownApproval } from '../store/counterStore.ts'
import type { PosAccess, PosBook, PosSale, SaleKey } from '../store/posBook.ts'
import type { PosPresence } from './presence.ts'
import { purchaseLines } from './views.ts'

/** The till, as far as a POS moves it. */
export interface PosTill {
  readonly session: Session
  dispatch(event: SessionEvent): Refusal | null
  takeBack(ask: {
    readonly redemptionId: string
    readonly approval: ShownApproval
    readonly reason: string
  }): Promise<UndoEnded>
}

export interface PosDeskParts {
  readonly journal: PosBook
  readonly till: () => PosTill
  readonly events: Pick<EventWriter, 'session'>
  readonly presence: PosPresence
  /** Corrected time, epoch milliseconds. */
  readonly now: () => number
  /** In service: enrolled, and not in training. */
  readonly inService: () => boolean
  readonly nameOf: (posId: string) => string
  readonly cashier: () => string | null
  readonly storageFailed: () => void
  /** Something was journaled. */
  readonly journaled: () => void
}

export interface Refused {
  readonly reason: PosReason
  readonly params?: Params
}
type Answer = Outcome<PosSale, Refused>

/**
 * What POS software does at this counter: its sales, from the first basket to their end. What is answered is on disk. The
 * basket of one sale is on the screen; approvals belong to it by the redemption's `saleRef`.
 */
export class PosDesk {
  readonly #parts: PosDeskParts
  /** Sales whose coupons are being given back: nothing else happens to them. */
  readonly #ending = new Set<string>()

  constructor(parts: PosDeskParts) {
    this.#parts = parts
  }

  sale(key: SaleKey): PosSale | null {
    return this.#parts.journal.posSale(key)
  }

  sales(posId: string, after?: number): readonly PosSale[] {
    return this.#parts.journal.posSales(posId, after)
  }

  get changeSeq(): number {
    return this.#parts.journal.posChangeSeq()
  }

  put({ posId }: PosAccess, saleId: string, { revision, basket }: PosTransactionRequest): Answer {
    const { journal, now, inService } = this.#parts
    if (!inService()) return refused({ reason: 'counter_not_ready' })
    const wrong = this.#unfit(basket)
    if (wrong) return refused(wrong)
    const key = { posId, saleId }
    const before = journal.posSale(key)
    if (before && revision < before.revision) {
      return refused({ reason: 'basket_revision_stale', params: { revision: before.revision } })
    }
    if (before?.revision === revision) {
      return canonicalJson(before.basket) === canonicalJson(basket)
        ? accepted(before)
        : refused({ reason: 'duplicate_request_differs', params: { revision } })
    }
    if (before?.ended) return refused({ reason: 'transaction_closed' })
    if (before?.approval) return refused({ reason: 'transaction_approved' })
    const taken = this.#taken(posId)
    if (taken) return refused({ reason: taken })
    if (!journal.putPosSale({ ...key, revision, basket, at: now() }).ok) return this.#notStored()
    this.show()
    return this.#again(key)
  }

  complete({ posId }: PosAccess, saleId: string, { total, discount, acceptDifference }: SaleCompleted): Answer {
    const { journal, now } = this.#parts
    const key = { posId, saleId }
    const sale = journal.posSale(key)
    if (!sale) return refused({ reason: 'transaction_unknown' })
    const { ended } = sale
    if (ended?.how === 'voided') return refused({ reason: 'transaction_closed' })
    if (ended) {
      const same = ended.total === total && ended.discount === discount
      return same ? accepted(sale) : refused({ reason: 'duplicate_request_differs' })
    }
    if (this.#isMoving(key)) return refused({ reason: 'in_progress' })
    const approved = sale.approval?.shown.totalDiscount ?? 0
    if (discount !== approved && !acceptDifference) return refused({ reason: 'discount_differs', params: { approved } })
    return this.#end(sale, { how: 'completed', total, discount, at: now() })
  }

  async void({ posId }: PosAccess, saleId: string, reason: string): Promise<Answer> {
    const key = { posId, saleId }
    const sale = this.sale(key)
    if (!sale) return refused({ reason: 'transaction_unknown' })
    if (sale.ended?.how === 'voided') return accepted(sale)
    const given = await this.#giveBack(sale, reason)
    if (!given.ok) return given
    return this.#end(sale, { how: 'voided', total: null, discount: null, at: this.#parts.now() })
  }

  async undo({ posId }: PosAccess, saleId: string, reason: string): Promise<Answer> {
    const key = { posId, saleId }
    const sale = this.sale(key)
    if (!sale) return refused({ reason: 'transaction_unknown' })
    if (sale.ended) return refused({ reason: 'transaction_closed' })
    const given = await this.#giveBack(sale, reason)
    if (!given.ok) return given
    this.show()
    return this.#again(key)
  }

  /** Brings the open basket back to a screen that has none: after a restart, or when the cashier went on too early. */
  show(): void {
    const { journal, till, nameOf } = this.#parts
    const { session } = till()
    const sale = journal.posSaleOnScreen()
    if (!sale || sale.approval || this.#ending.has(idOf(sale)) || isBusy(session.visit)) return
    const shown = session.purchase.sale
    if (shown && shown.posId === sale.posId && shown.saleId === sale.saleId && shown.revision === sale.revision) return
    // Somebody else's purchase, or an outcome that the cashier is still looking at: `put` alone takes the screen from those.
    const { posId, saleId, revision, basket } = sale
    const purchase = purchaseOf(session.purchase.currency, purchaseLines(basket))
    if (!purchase) return
    const { taxIncluded } = basket
    const ref = { posId, saleId, revision, posName: nameOf(posId) }
    till().dispatch({
      type: 'purchaseSet',
      purchase: { ...purchase, ...(taxIncluded ? {} : { taxIncluded }), sale: ref },
    })
  }

  /** The state is another one: a screen that stands empty gets the open basket again. */
  changed(): void {
    const { visit, purchase } = this.#parts.till().session
    if (visit.phase === 'idle' && purchase.lines.length === 0 && purchase.sale === undefined) this.show()
  }

  /** A POS that has gone away leaves the screen to the cashier; refused while it is there. */
  leave(): Refusal | null {
    const { journal, till, presence, storageFailed } = this.#parts
    const { session } = till()
    const { sale, currency } = session.purchase
    if (!sale || isBusy(session.visit) || presence.isPresent(sale.posId)) return refusal('in_progress')
    if (!journal.parkPosSale().ok) {
      storageFailed()
      return refusal('in_progress')
    }
    return till().dispatch({ type: 'purchaseSet', purchase: { currency, lines: [], total: 0 } })
  }

  /** For the screen: whose sale is on it, or who was heard last. */
  view(): CounterState['pos'] {
    const { journal, presence, nameOf } = this.#parts
    const sale = journal.posSaleOnScreen()
    const { last } = presence
    const posId = sale?.posId ?? last?.posId
    if (posId === undefined) return null
    const present = presence.isPresent(posId)
    const since = last?.posId === posId ? last.since : (sale?.openedAt ?? 0)
    return { name: nameOf(posId), present, since, saleId: sale?.saleId ?? null }
  }

  #unfit({ currency, lines, total, ...basket }: PosBasket): Refused | null {
    const own = this.#parts.till().session.purchase.currency
    if (currency !== own) return { reason: 'currency_differs', params: { currency: own } }
    const purchase = purchaseOf(currency, purchaseLines({ ...basket, currency, lines, total }))
    if (!purchase) return { reason: 'invalid_request' }
    return purchase.total === total ? null : { reason: 'total_differs', params: { total: purchase.total } }
  }

  /** Why this POS may not put a basket on the screen now; null: it may. */
  #taken(posId: string): PosReason | null {
    const { till, presence, journal } = this.#parts
    const { visit, purchase, purchaseSpent } = till().session
    if (isBusy(visit)) return 'in_progress'
    const current = journal.posSaleOnScreen()
    if (current && current.posId !== posId && presence.isPresent(current.posId)) return 'counter_claimed'
    return purchase.sale === undefined && purchase.lines.length > 0 && !purchaseSpent ? 'counter_in_use' : null
  }

  /** Whether coupons of this sale are being decided on or given back. */
  #isMoving(key: SaleKey): boolean {
    const { visit, purchase } = this.#parts.till().session
    return this.#ending.has(idOf(key)) || (isBusy(visit) && isSame(purchase.sale, key))
  }

  async #giveBack(sale: PosSale, reason: string): Promise<Outcome<null, Refused>> {
    if (this.#isMoving(sale)) return refused({ reason: 'in_progress' })
    const { approval } = sale
    if (!approval) return accepted(null)
    this.#ending.add(idOf(sale))
    try {
      // Before it is taken back: nobody presses Undo for the same meanwhile.
      this.#leaveScreen(sale)
      const ended = await this.#parts
        .till()
        .takeBack({ redemptionId: approval.redemptionId, approval: approval.shown, reason })
      return ended.kind === 'undone' ? accepted(null) : refused({ reason: 'storage_failed' })
    } finally {
      this.#ending.delete(idOf(sale))
    }
  }

  #end(sale: PosSale, report: Parameters<PosBook['endPosSale']>[1]): Answer {
    const { journal, events, cashier, journaled } = this.#parts
    const { posId, saleId, revision, approval } = sale
    const { how, total, discount } = report
    const event = events.session(how === 'completed' ? 'sale_completed' : 'sale_voided', cashier() ?? '', {
      sale: { posId, saleId, revision },
      ...(how === 'completed' ? { total, discount } : {}),
      ...(approval ? { redemptionId: approval.redemptionId } : {}),
    })
    if (!journal.endPosSale(sale, report, event).ok) return this.#notStored()
    this.#leaveScreen(sale)
    journaled()
    return this.#again(sale)
  }

  /** The next customer's turn, if this sale is what the screen shows: its basket, or, after a restart, its approval alone. */
  #leaveScreen(sale: PosSale): void {
    const till = this.#parts.till()
    const { purchase, visit } = till.session
    const isApproved = visit.phase === 'approved' && visit.redemptionId === sale.approval?.redemptionId
    if (isApproved || isSame(purchase.sale, sale)) till.dispatch({ type: 'next' })
  }

  #again(key: SaleKey): Answer {
    const sale = this.sale(key)
    return sale ? accepted(sale) : refused({ reason: 'transaction_unknown' })
  }

  #notStored(): { readonly ok: false } & Refused {
    this.#parts.storageFailed()
    return refused({ reason: 'storage_failed' as const })
  }
}

const idOf = ({ posId, saleId }: SaleKey): string => `${posId} ${saleId}`
const isSame = (a: SaleKey | undefined, b: SaleKey): boolean => a?.posId === b.posId && a.saleId === b.saleId
