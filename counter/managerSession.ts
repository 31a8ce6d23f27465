import type { Operator } from '../core/contract/sessions.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import type { EventWriter } from './session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from './session/model.ts'
import type { EventDraft } from './store/counterStore.ts'

/** A screen that a manager has walked away from is the cashier's again after this long without a sign of them. */
const IDLE_MS = 10 * 60_000

export interface ManagerSessionParts {
  readonly events: EventWriter
  readonly scheduler: Scheduler
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Who may open it: by PIN, or because they are the manager who is signed in. */
  readonly admit: (operatorId: string, pin: string | undefined) => Promise<Outcome<Operator, { refused: Refusal }>>
  /** A visit that nothing may interrupt, or another manager's screen. */
  readonly isBusy: () => boolean
  /** Writes to the journal; false: the disk did not take it, and the cashier has been told. */
  readonly record: (event: EventDraft) => boolean
  /** Opened, closed, or showing something else. */
  readonly changed: () => void
}

export interface OpenManagerSession {
  readonly operator: Operator
  /** When it ends unless the manager is heard of. */
  readonly endsAt: number
}

/** A manager at one of their screens: let in and out with an event each, and out by themselves when nobody is there. */
export class ManagerSession {
  readonly #parts: ManagerSessionParts
  readonly #ended: () => void
  #open: OpenManagerSession | null = null
  #cancelEnd = () => {}

  /** `ended`: what the screen has under way is to stop. */
  constructor(parts: ManagerSessionParts, ended: () => void) {
    this.#parts = parts
    this.#ended = ended
  }

  /** null: closed. */
  get current(): OpenManagerSession | null {
    return this.#open
  }

  /** Lets a manager in; `begun` is told before anything is shown. null: done. */
  async open(
    operatorId: string,
    pin: string | undefined,
    begun: (operator: Operator) => void = () => {},
  ): Promise<Refusal | null> {
    const { isBusy, admit, record, events, changed } = this.#parts
    if (isBusy()) return refusal('in_progress')
    const admitted = await admit(operatorId, pin)
    if (!admitted.ok) return admitted.refused
    // A PIN takes a moment to check: a customer may have come.
    if (isBusy()) return refusal('in_progress')
    if (!record(events.session('manager_in', operatorId))) return STORAGE_FAILED
    this.#keepUntilIdle(admitted.value)
    begun(admitted.value)
    changed()
    return null
  }

  /** Does what the manager who is there asks for. null: done or begun. What is refused changed nothing. */
  async act(work: (operator: Operator) => Refusal | null | Promise<Refusal | null>): Promise<Refusal | null> {
    if (this.#open === null) return refusal('operator_not_allowed')
    this.keepOpen()
    const refused = await work(this.#open.operator)
    this.#parts.changed()
    return refused
  }

  /** The manager is there. */
  keepOpen(): void {
    if (this.#open) this.#keepUntilIdle(this.#open.operator)
  }

  close(): void {
    if (this.#open === null) return
    const { operatorId } = this.#open.operator
    this.#cancelEnd()
    this.#open = null
    this.#ended()
    this.#parts.record(this.#parts.events.session('manager_out', operatorId))
    this.#parts.changed()
  }

  /** Closes unless the manager is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    if (this.#open && !mayManage(this.#open.operator.operatorId)) this.close()
  }

  #keepUntilIdle(operator: Operator): void {
    this.#cancelEnd()
    this.#open = { operator, endsAt: this.#parts.now() + IDLE_MS }
    this.#cancelEnd = this.#parts.scheduler.after(IDLE_MS, () => this.close())
  }
}
