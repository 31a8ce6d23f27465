import type { Operator } from '../../core/contract/sessions.ts'
import type { OfflineSettings } from '../../core/contract/stations.ts'
import type { OfflineDeskAction, OfflineDesk as OfflineDeskView } from '../../core/counter/offlineDesk.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { ManagerSession, type ManagerSessionParts } from '../managerSession.ts'
import { type Refusal, STORAGE_FAILED } from '../session/model.ts'
import type { Journal, Replica } from '../store/counterStore.ts'
import { deskLeases } from './deskLeases.ts'
import { ManagerLine } from './managerLine.ts'
import type { Overrides } from './overrides.ts'

/** More than fits a screen; the rest is in the count. */
const MOST_ROWS = 100

export interface OfflineDeskParts extends ManagerSessionParts {
  readonly journal: Journal
  readonly replica: Pick<Replica, 'campaigns'>
  readonly ids: Pick<Ids, 'uuid7'>
  readonly overrides: Overrides
  /** null: managers decide nothing here. */
  readonly managers: ManagerGateway | null
  /** null: not enrolled. */
  readonly station: () => {
    readonly stationId: string
    readonly storeId: string
    readonly settings: OfflineSettings
  } | null
  readonly storageFailed: () => void
  /** Events are due again. */
  readonly sendAgain: () => void
}

/**
 * The manager's screen for work without the server: what waits, what is left of the caps, what is set aside, and the
 * conflicts with both sides' story. While it is open nothing that is presented becomes a visit.
 */
export class OfflineDesk {
  readonly #parts: OfflineDeskParts
  readonly #line: ManagerLine
  readonly #session: ManagerSession

  constructor(parts: OfflineDeskParts) {
    this.#parts = parts
    this.#line = new ManagerLine(
      parts.managers,
      () => parts.station()?.storeId ?? null,
      () => parts.changed(),
    )
    this.#session = new ManagerSession(parts, () => this.#line.close())
  }

  get isOpen(): boolean {
    return this.#session.current !== null
  }

  view(): OfflineDeskView | null {
    const bounds = this.#parts.station()?.settings.override
    const session = this.#session.current
    if (session === null || bounds === undefined) return null
    const { operator, endsAt } = session
    const { journal, replica, station } = this.#parts
    const leases = deskLeases({
      own: journal.leases(),
      ofStore: this.#line.storeLeases,
      stationId: station()?.stationId ?? '',
      campaigns: replica.campaigns(),
    })
    return {
      operator: { operatorId: operator.operatorId, name: operator.name },
      endsAt,
      queue: journal.queue(MOST_ROWS),
      own: [...journal.ownConflicts(MOST_ROWS)],
      bounds,
      leases,
      ...this.#line.view,
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: OfflineDeskAction): Promise<Refusal | null> {
    if (action.do === 'open') return this.#open(action.operatorId, action.pin)
    return this.#session.act((operator) => this.#act(action, operator))
  }

  close(): void {
    this.#session.close()
  }

  /** Closes unless the manager is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.#session.recheck(mayManage)
  }

  #open(operatorId: string, pin: string | undefined): Promise<Refusal | null> {
    return this.#session.open(operatorId, pin, (operator) => {
      this.#line.open(operator)
      // The server is shown the same PIN; nobody waits for it.
      if (pin !== undefined) void this.#line.connect(pin)
    })
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
      case 'leases':
        return this.#line.leases()
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
