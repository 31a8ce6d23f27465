import type { Operator } from '../../core/contract/sessions.ts'
import type { EndedShift, Shift, ShiftAction, ShiftTotals } from '../../core/counter/shift.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import { businessDayAt } from '../../core/qualification/periods.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { CounterStore, StationRecord, Stored } from '../store/counterStore.ts'

export interface ShiftsParts {
  readonly store: CounterStore
  readonly events: EventWriter
  readonly ids: { uuid7(): string }
  readonly clock: Pick<CorrectedClock, 'now' | 'toSystem'>
  readonly station: () => StationRecord
  readonly cashier: () => Operator | null
  /** An approval is under way: it belongs to this shift still. */
  readonly isBusy: () => boolean
  readonly signOut: () => void
  readonly storageFailed: () => void
  readonly changed: () => void
  readonly journaled: () => void
}

/**
 * This counter's shift. The first who signs in begins it, everybody who signs in until its end works in it, and its end
 * signs out; what waits for the server holds nothing up. It is in the journal, so a program that dies goes on with it.
 */
export class Shifts {
  readonly #parts: ShiftsParts
  #totals: ShiftTotals | null = null

  constructor(parts: ShiftsParts) {
    this.#parts = parts
  }

  view(): Pick<CounterState, 'shift' | 'lastShift'> {
    const { store, clock } = this.#parts
    const open = store.journal.openShift()
    const last = store.journal.lastShift()
    return {
      shift: open && { ...open, startedAt: clock.toSystem(open.startedAt), totals: this.#totals },
      lastShift: last && { ...last, startedAt: clock.toSystem(last.startedAt), endedAt: clock.toSystem(last.endedAt) },
    }
  }

  /** Somebody has signed in. One that was left open on an earlier business day has ended with that day. */
  arrived({ operatorId, name }: Operator): void {
    const { store, events, ids, clock, station } = this.#parts
    const { store: place } = station()
    const startedAt = clock.now()
    const open = store.journal.openShift()
    if (open) {
      if (businessDayAt(open.startedAt, place) >= businessDayAt(startedAt, place)) return
      if (!this.#end(open, operatorId, null)) return
    }
    const shiftId = ids.uuid7()
    const event = events.shift({ action: 'shift_start', operatorId, shiftId })
    this.#written(store.journal.startShift({ shiftId, startedAt, startedBy: name }, event))
  }

  carryOut({ do: what }: ShiftAction): Refusal | null {
    const { store, cashier, isBusy, signOut, changed } = this.#parts
    switch (what) {
      case 'look':
        if (!cashier()) return refusal('operator_not_allowed')
        this.#totals = store.journal.shiftTotals(this.#nameOf)
        break
      case 'leave':
        this.#totals = null
        break
      case 'dismissLast':
        if (!store.journal.dismissLastShift().ok) return STORAGE_FAILED
        break
      case 'end': {
        const operator = cashier()
        const open = store.journal.openShift()
        if (!operator || !open) return refusal('operator_not_allowed')
        if (isBusy()) return refusal('in_progress')
        if (!this.#end(open, operator.operatorId, operator.name)) return STORAGE_FAILED
        this.#totals = null
        signOut()
        break
      }
      default:
        return unreachable(what)
    }
    changed()
    return null
  }

  /** Nobody is signed in any more: nobody looks. */
  left(): void {
    this.#totals = null
  }

  readonly #nameOf = (operatorId: string): string =>
    this.#parts.store.replica.operators().find((one) => one.operatorId === operatorId)?.name ?? ''

  #end(open: Shift, operatorId: string, endedBy: string | null): boolean {
    const { store, events, clock } = this.#parts
    const totals = store.journal.shiftTotals(this.#nameOf)
    const ended: EndedShift = { ...open, endedAt: clock.now(), endedBy, totals }
    const event = events.shift({
      action: 'shift_end',
      operatorId,
      shiftId: open.shiftId,
      startedAt: new Date(open.startedAt).toISOString(),
      leftOpen: endedBy === null,
      totals,
    })
    return this.#written(store.journal.endShift(ended, event))
  }

  #written(stored: Stored): boolean {
    if (!stored.ok) this.#parts.storageFailed()
    this.#parts.journaled()
    return stored.ok
  }
}
