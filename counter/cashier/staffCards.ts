import type { CounterState } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Cashiers } from '../cashiers.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Presented, type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { CounterStore } from '../store/counterStore.ts'

export interface StaffCardsParts {
  readonly store: CounterStore
  readonly events: EventWriter
  readonly cashiers: Pick<Cashiers, 'current' | 'signInByCard'>
  readonly storageFailed: () => void
  readonly changed: () => void
  readonly journaled: () => void
}

/**
 * Signing in by a card that is held to a reader, with no server in reach. Each cashier links their own, once at a counter,
 * after their PIN; a card opens the till only, never a manager's screen.
 */
export class StaffCards {
  readonly #parts: StaffCardsParts
  #state: CounterState['staffCard'] = null

  constructor(parts: StaffCardsParts) {
    this.#parts = parts
  }

  get state(): CounterState['staffCard'] {
    return this.#state
  }

  /** Readers are of use though nobody is signed in. */
  get isWanted(): boolean {
    const { cashiers, store } = this.#parts
    return cashiers.current === null && store.journal.hasStaffCards()
  }

  carryOut(what: 'link' | 'stop' | 'forgetAll'): Refusal | null {
    const { cashiers, events, store, changed } = this.#parts
    const operator = cashiers.current
    if (!operator) return refusal('operator_not_allowed')
    switch (what) {
      case 'link':
        this.#state = 'waiting'
        break
      case 'stop':
        this.#state = null
        break
      case 'forgetAll': {
        const { operatorId } = operator
        const event = events.policy({ action: 'staff_cards_forgotten', operatorId })
        if (!this.#written(store.journal.forgetStaffCards(operatorId, event).ok)) return STORAGE_FAILED
        this.#state = null
        break
      }
      default:
        return unreachable(what)
    }
    changed()
    return null
  }

  /** A medium was presented; true: as a staff card, and it is no customer's visit. */
  takes(presented: Presented): boolean {
    const { cashiers } = this.#parts
    if (this.#state === 'waiting' && cashiers.current) {
      this.#link(presented)
      return true
    }
    if (!this.isWanted) return false
    void cashiers.signInByCard(presented)
    return true
  }

  left(): void {
    this.#state = null
  }

  #link({ keys, entry }: Presented): void {
    const { cashiers, events, store, changed } = this.#parts
    const operatorId = cashiers.current?.operatorId
    // What can be copied by looking at it opens no till.
    if (operatorId === undefined || entry !== 'tap') return
    const event = events.policy({ action: 'staff_card_linked', operatorId })
    if (this.#written(store.journal.keepStaffCard(operatorId, keys, event).ok)) this.#state = 'linked'
    changed()
  }

  #written(ok: boolean): boolean {
    if (!ok) this.#parts.storageFailed()
    this.#parts.journaled()
    return ok
  }
}
