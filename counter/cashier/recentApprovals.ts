import type { Operator } from '../../core/contract/sessions.ts'
import type { RecentAction, RecentApproval } from '../../core/counter/recent.ts'
import { type Outcome, unreachable } from '../../core/outcome.ts'
import { type Refusal, refusal } from '../session/model.ts'
import type { SessionParts } from '../session/parts.ts'
import { undo } from '../session/undo.ts'
import type { PastApproval } from '../store/shiftBook.ts'
import type { Till } from '../till.ts'

/** As many as somebody would look through. */
const SHOWN = 30

export interface RecentApprovalsParts {
  readonly session: SessionParts
  readonly till: () => Pick<Till, 'session' | 'undo' | 'dispatch'>
  /** Whether this is a manager with their PIN. */
  readonly admit: (operatorId: string, pin: string) => Promise<Outcome<Operator, { refused: Refusal }>>
  readonly changed: () => void
  readonly journaled: () => void
}

/** The approvals that this counter gave last, for whoever comes back with one: to take it back, or for its slip. */
export class RecentApprovals {
  readonly #parts: RecentApprovalsParts
  readonly #undoing = new Set<string>()
  #open = false

  constructor(parts: RecentApprovalsParts) {
    this.#parts = parts
  }

  view(): RecentApproval[] | null {
    if (!this.#open) return null
    const { clock, store } = this.#parts.session
    const names = new Map(store.replica.operators().map(({ operatorId, name }) => [operatorId, name]))
    return store.journal.pastApprovals(SHOWN).map((past): RecentApproval => {
      const { redemptionId, at, operatorId, approval, undone } = past
      const { certainty, totalDiscount, lines } = approval
      const undoUntil = this.#undoUntil(past)
      return {
        redemptionId,
        at: clock.toSystem(at),
        cashier: names.get(operatorId ?? '') ?? null,
        certainty,
        lines: lines.map(({ title, titles, discount }) => ({ title, titles, discount: discount.total })),
        totalDiscount,
        undone,
        undoUntil: undoUntil === null ? null : clock.toSystem(undoUntil),
      }
    })
  }

  async carryOut(action: RecentAction): Promise<Refusal | null> {
    const { session, changed } = this.#parts
    if (!session.cashier()) return refusal('operator_not_allowed')
    switch (action.do) {
      case 'open':
      case 'close':
        this.#open = action.do === 'open'
        changed()
        return null
      case 'annul':
        return this.#annul(action.redemptionId, action.reason)
      case 'annulLate':
        return this.#annulLate(action)
      default:
        return unreachable(action)
    }
  }

  /** Nobody is signed in any more. */
  left(): void {
    this.#open = false
  }

  async #annul(redemptionId: string, reason: string): Promise<Refusal | null> {
    const { session, till } = this.#parts
    const { visit } = till().session
    // The one on the screen goes by the screen.
    if (visit.phase === 'approved' && visit.redemptionId === redemptionId) return till().undo(redemptionId, reason)
    const past = session.store.journal.pastApproval(redemptionId)
    if (!past || past.undone) return refusal('invalid_request')
    if (this.#undoUntil(past) === null) return refusal('too_old')
    return this.#takeBack({ redemptionId, reason, approval: past.approval })
  }

  /** The store's own policy lets a cashier no longer; a manager answers for it. Without the server it is an annul that follows. */
  async #annulLate(action: Extract<RecentAction, { do: 'annulLate' }>): Promise<Refusal | null> {
    const { session, till, admit } = this.#parts
    const { redemptionId, reason, operatorId, pin } = action
    const admitted = await admit(operatorId, pin)
    if (!admitted.ok) return admitted.refused
    const past = session.store.journal.pastApproval(redemptionId)
    if (!past || past.undone) return refusal('invalid_request')
    // It is taken off the screen first: what is shown there would no longer be so.
    const { visit } = till().session
    if (visit.phase === 'approved' && visit.redemptionId === redemptionId) {
      const refused = till().dispatch({ type: 'next' })
      if (refused) return refused
    }
    return this.#takeBack({ redemptionId, reason, approval: past.approval, operatorId, insist: true })
  }

  async #takeBack(ask: Parameters<typeof undo>[1]): Promise<Refusal | null> {
    const { session, changed, journaled } = this.#parts
    const { redemptionId } = ask
    if (this.#undoing.has(redemptionId)) return refusal('in_progress')
    this.#undoing.add(redemptionId)
    try {
      const ended = await undo(session, ask)
      return ended.kind === 'refused' ? ended.refused : null
    } finally {
      this.#undoing.delete(redemptionId)
      journaled()
      changed()
    }
  }

  /** However the clock was set meanwhile: never longer than a window after it was given. */
  #undoUntil({ at, approval, undone }: PastApproval): number | null {
    const { clock, station } = this.#parts.session
    if (undone || approval.undoUntil === null) return null
    const until = Math.min(approval.undoUntil, at + station().settings.undoWindowSeconds * 1_000)
    return clock.now() < until ? until : null
  }
}
