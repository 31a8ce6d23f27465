import type { Operator } from '../../core/contract/sessions.ts'
import type { OfflineSettings } from '../../core/contract/stations.ts'
import type { OfflineDeskAction, OfflineDesk as OfflineDeskView } from '../../core/counter/offlineDesk.ts'
import { type Outcome, unreachable } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { EventDraft, Journal } from '../store/counterStore.ts'
import { ManagerLine } from './managerLine.ts'
import type { Overrides } from './overrides.ts'

/** A screen that a manager has walked away from is the cashier's again after this long without an action. */
const IDLE_MS = 10 * 60_000
/** More than fits a screen; the rest is in the count. */
const MOST_ROWS = 100

export interface OfflineDeskParts {
  readonly journal: Journal
  readonly events: EventWriter
  readonly scheduler: Scheduler
  readonly ids: Pick<Ids, 'uuid7'>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly overrides: Overrides
  /** null: managers decide nothing here. */
  readonly managers: ManagerGateway | null
  /** null: not enrolled. */
  readonly station: () => { readonly storeId: string; readonly settings: OfflineSettings } | null
  /** Who may open it: by PIN, or because they are the manager who is signed in. */
  readonly admit: (operatorId: string, pin: string | undefined) => Promise<Outcome<Operator, { refused: Refusal }>>
  /** A visit that nothing may interrupt, or another manager's screen. */
  readonly isBusy: () => boolean
  /** Writes to the journal; false: the disk did not take it, and the cashier has been told. */
  readonly record: (event: EventDraft) => boolean
  readonly storageFailed: () => void
  /** Opened, closed, or showing something else. */
  readonly changed: () => void
  /** Events are due again. */
  readonly sendAgain: () => void
}

interface Session {
  readonly operator: Operator
  readonly endsAt: number
}

/**
 * The manager's screen for work without the server: what waits, what is left of the caps, what is set aside, and the
 * conflicts with both sides' story. While it is open nothing that is presented becomes a visit.
 */
export class OfflineDesk {
  readonly #parts: OfflineDeskParts
  readonly #line: ManagerLine
  #session: Session | null = null
  #cancelEnd = () => {}

  constructor(parts: OfflineDeskParts) {
    this.#parts = parts
    this.#line = new ManagerLine(
      parts.managers,
      () => parts.station()?.storeId ?? null,
      () => parts.changed(),
    )
  }

  get isOpen(): boolean {
    return this.#session !== null
  }

  view(): OfflineDeskView | null {
    const bounds = this.#parts.station()?.settings.override
    if (this.#session === null || bounds === undefined) return null
    const { operator, endsAt } = this.#session
    const { journal } = this.#parts
    return {
      operator: { operatorId: operator.operatorId, name: operator.name },
      endsAt,
      queue: journal.queue(MOST_ROWS),
      own: [...journal.ownConflicts(MOST_ROWS)],
      bounds,
      ...this.#line.view,
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: OfflineDeskAction): Promise<Refusal | null> {
    if (action.do === 'open') return this.#open(action.operatorId, action.pin)
    if (this.#session === null) return refusal('operator_not_allowed')
    const { operator } = this.#session
    this.#keepOpen(operator)
    const refused = await this.#act(action, operator)
    this.#parts.changed()
    return refused
  }

  close(): void {
    if (this.#session === null) return
    const { operatorId } = this.#session.operator
    this.#cancelEnd()
    this.#session = null
    this.#line.close()
    this.#parts.record(this.#parts.events.session('manager_out', operatorId))
    this.#parts.changed()
  }

  /** Closes unless the manager is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    if (this.#session && !mayManage(this.#session.operator.operatorId)) this.close()
  }

  async #open(operatorId: string, pin: string | undefined): Promise<Refusal | null> {
    if (this.#parts.isBusy()) return refusal('in_progress')
    const admitted = await this.#parts.admit(operatorId, pin)
    if (!admitted.ok) return admitted.refused
    // A PIN takes a moment to check: a customer may have come.
    if (this.#parts.isBusy()) return refusal('in_progress')
    if (!this.#parts.record(this.#parts.events.session('manager_in', operatorId))) return STORAGE_FAILED
    this.#keepOpen(admitted.value)
    this.#line.open(admitted.value)
    // The server is shown the same PIN; nobody waits for it.
    if (pin !== undefined) void this.#line.connect(pin)
    this.#parts.changed()
    return null
  }

  #keepOpen(operator: Operator): void {
    this.#cancelEnd()
    this.#session = { operator, endsAt: this.#parts.now() + IDLE_MS }
    this.#cancelEnd = this.#parts.scheduler.after(IDLE_MS, () => this.close())
  }

  async #act(action: Exclude<OfflineDeskAction, { do: 'open' }>, operator: Operator): Promise<Refusal | null> {
    const { overrides, journal, storageFailed, sendAgain } = this.#parts
    switch (action.do) {
      case 'close':
        this.close()
        return null
      case 'override':
        return overrides.begin(action, operator)
      case 'endOverride':
        return overrides.end(action.kind, operator.operatorId)
      case 'connect':
        return this.#line.connect(action.pin)
      case 'list':
        return this.#line.list(action.state, action.cursor)
      case 'look':
        return this.#line.look(action.conflictId)
      case 'resolve': {
        // A new id for each try: the server takes the same word again as the same.
        const { conflictId, resolution, reason } = action
        return this.#line.resolve(conflictId, { resolutionId: this.#parts.ids.uuid7(), resolution, reason })
      }
      case 'sendAgain': {
        if (journal.sendAgain().ok) {
          sendAgain()
          return null
        }
        storageFailed()
        return STORAGE_FAILED
      }
      default:
        return unreachable(action)
    }
  }
}
