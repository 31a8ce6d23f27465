import type { Operator } from '../../core/contract/sessions.ts'
import type { CashierView } from '../../core/counter/cashierView.ts'
import type { CounterCommand } from '../../core/counter/commands.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Cashiers } from '../cashiers.ts'
import type { DevicesAnswer, DevicesLink } from '../devicesLink.ts'
import { type Refusal, refusal, type SessionEvent } from '../session/model.ts'
import type { SessionParts } from '../session/parts.ts'
import { isBusy, mayPause } from '../session/reducer.ts'
import type { Till } from '../till.ts'
import { CustomerCodes, type CustomerCodesParts } from './customerCodes.ts'
import { RecentApprovals } from './recentApprovals.ts'
import { Shifts } from './shifts.ts'
import { Slips } from './slips.ts'
import { StaffCards } from './staffCards.ts'

/** How a counter goes into a training and out of it; absent: there is none here. */
export interface Training {
  /** This counter is the one that counts nothing. */
  readonly isTraining: boolean
  /** A training has taken this counter's place: nothing may begin here until it ends. */
  readonly isUnderWay: boolean
  /** false: it cannot begin, the disk does not let it. */
  begin(cashier: Operator): boolean
  end(): void
}

export interface CashierDeskParts {
  readonly session: SessionParts
  readonly cashiers: Cashiers
  readonly till: () => Till
  readonly devices: DevicesLink
  readonly training: Training | undefined
  readonly registration: CustomerCodesParts['registration']
  readonly isManaged: () => boolean
  readonly changed: () => void
  readonly journaled: () => void
}

type DeskCommand = Extract<
  CounterCommand,
  { type: 'shift' | 'training' | 'recent' | 'staffCard' | 'customerCode' | 'printSlip' }
>

/** What means nothing, or something else, while nothing counts. */
const NOT_IN_TRAINING: readonly CounterCommand['type'][] = [
  'firstRun',
  'unenrol',
  'exportQueue',
  'readerSetup',
  'offlineDesk',
  'dayDesk',
  'leavePos',
  'staffCard',
  'customerCode',
  'shift',
]

/** What a cashier does beside serving customers: shifts, past approvals, slips, their own card, training. */
export class CashierDesk {
  readonly #parts: CashierDeskParts
  readonly #shifts: Shifts
  readonly #recent: RecentApprovals
  readonly #staffCards: StaffCards
  readonly #customerCodes: CustomerCodes
  readonly #slips: Slips
  #scannedItem: CashierView['scannedItem'] = null

  constructor(parts: CashierDeskParts) {
    this.#parts = parts
    const { session, cashiers, till, changed, journaled, devices } = parts
    const storageFailed = () => session.storageFailed('')
    const shared = { ...session, cashiers, storageFailed, changed, journaled }
    this.#shifts = new Shifts({
      ...shared,
      isBusy: () => isBusy(till().session.visit) || session.inFlight.size > 0,
      signOut: () => cashiers.signOut(),
    })
    this.#recent = new RecentApprovals({
      ...{ session, till, changed, journaled },
      admit: (operatorId, pin) => cashiers.admitManager(operatorId, pin),
    })
    this.#staffCards = new StaffCards(shared)
    this.#customerCodes = new CustomerCodes({ ...{ cashiers, changed }, registration: parts.registration })
    this.#slips = new Slips({ ...shared, devices, isTraining: this.isTraining })
  }

  get isTraining(): boolean {
    return this.#parts.training?.isTraining ?? false
  }

  /** A card that is read now is of use though no visit may begin. */
  get wantsReads(): boolean {
    return this.#staffCards.isWanted
  }

  view(): CashierView {
    return {
      ...this.#shifts.view(),
      recent: this.#recent.view(),
      staffCard: this.#staffCards.state,
      customerCode: this.#customerCodes.state,
      printer: this.#slips.view(),
      scannedItem: this.#scannedItem,
      training: this.isTraining,
    }
  }

  arrived(cashier: Operator): void {
    this.#shifts.arrived(cashier)
  }

  /** Nobody is signed in any more; a training is over with it. */
  left(): void {
    this.#shifts.left()
    this.#recent.left()
    this.#staffCards.left()
    this.#customerCodes.left()
    this.#scannedItem = null
    if (this.isTraining) this.#parts.training?.end()
  }

  /** A medium that is a staff card, or a try at one, or is to give a code; false: it is somebody's visit. */
  takes(event: SessionEvent): boolean {
    // Nobody's visit begins where a card is only to be linked or to give a code.
    if (event.type === 'reading') return this.#staffCards.state === 'waiting' || this.#customerCodes.state !== null
    if (event.type === 'readFailed') return this.#customerCodes.fails(event.refused)
    if (event.type !== 'presented') return false
    return this.#customerCodes.takes(event.presented) || this.#staffCards.takes(event.presented)
  }

  /** A product's barcode was scanned; false: nobody is there to sell it. */
  takesItem(gtin: string): boolean {
    const { open, visit } = this.#parts.till().session
    if (!open || isBusy(visit)) return false
    this.#scannedItem = { gtin, nth: (this.#scannedItem?.nth ?? 0) + 1 }
    this.#parts.changed()
    return true
  }

  /** The devices process has said how a print ended. */
  printed({ jobId, fault }: Extract<DevicesAnswer, { type: 'printed' }>): void {
    this.#slips.printed(jobId, fault)
  }

  /** Whether this has no place here now. */
  forbids({ type }: CounterCommand): boolean {
    return this.isTraining && NOT_IN_TRAINING.includes(type)
  }

  async carryOut(command: DeskCommand): Promise<Refusal | null> {
    switch (command.type) {
      case 'shift':
        return this.#shifts.carryOut(command.action)
      case 'recent':
        return this.#recent.carryOut(command.action)
      case 'staffCard':
        return this.#staffCards.carryOut(command.do)
      case 'customerCode':
        return this.#customerCodes.carryOut(command.do)
      case 'printSlip':
        return this.#slips.print(command.redemptionId, command.language)
      case 'training':
        return this.#train(command.on)
      default:
        return unreachable(command)
    }
  }

  #train(on: boolean): Refusal | null {
    const { training, cashiers, till, isManaged } = this.#parts
    if (!training || training.isTraining === on) return refusal('invalid_request')
    if (!on) {
      training.end()
      return null
    }
    const { current } = cashiers
    if (!current) return refusal('operator_not_allowed')
    const { visit } = till().session
    if (!mayPause(visit) || isManaged()) return refusal('in_progress')
    return training.begin(current) ? null : refusal('in_progress')
  }
}
