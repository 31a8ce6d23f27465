import type { Operator } from '../../core/contract/sessions.ts'
import {
  ReaderSettings,
  type ReaderSetupAction,
  type ReaderSetup as ReaderSetupView,
} from '../../core/counter/readerSetup.ts'
import { type Outcome, unreachable } from '../../core/outcome.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { mayBePayment } from '../../core/readers/applications.ts'
import type { DevicesConfiguration } from '../../core/readers/protocol.ts'
import type { DevicesAnswer, DevicesLink } from '../devicesLink.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { EventDraft, Journal } from '../store/counterStore.ts'
import { setupReaders } from './readerList.ts'
import { devicesConfiguration, hasPort, withoutSerial, withReader, withSerial } from './settings.ts'
import { SetupTrials } from './trials.ts'

/** A screen that a manager has walked away from is the cashier's again after this long without an action or a test read. */
const IDLE_MS = 10 * 60_000

export interface ReaderSetupParts {
  readonly journal: Journal
  readonly events: EventWriter
  readonly scheduler: Scheduler
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly devices: Pick<DevicesLink, 'all' | 'configure' | 'send'>
  /** How the program was started. */
  readonly start: DevicesConfiguration
  /** Who may open it: by PIN, or because they are the manager who is signed in. */
  readonly admit: (operatorId: string, pin: string | undefined) => Promise<Outcome<Operator, { refused: Refusal }>>
  /** A visit that nothing may interrupt. */
  readonly isBusy: () => boolean
  /** Writes to the journal; false: the disk did not take it, and the cashier has been told. */
  readonly record: (event: EventDraft) => boolean
  readonly storageFailed: () => void
  /** Opened, closed, or showing something else. */
  readonly changed: () => void
}

interface Session {
  readonly operator: Operator
  readonly endsAt: number
}

/**
 * The manager's side of the readers. While it is open nothing that is presented becomes a visit: the counter asks
 * `isOpen` before it arms the readers. What it sets is on disk, with its event, before a devices process hears of it.
 */
export class ReaderSetup {
  readonly #parts: ReaderSetupParts
  readonly #trials: SetupTrials
  #settings: ReaderSettings
  #session: Session | null = null
  #cancelEnd = () => {}

  constructor(parts: ReaderSetupParts) {
    this.#parts = parts
    this.#settings = parts.journal.readerSettings() ?? ReaderSettings.parse({})
    this.#trials = new SetupTrials((command) => parts.devices.send(command))
  }

  get isOpen(): boolean {
    return this.#session !== null
  }

  /** What every devices process is told. */
  configuration(): DevicesConfiguration {
    return devicesConfiguration(this.#parts.start, this.#settings)
  }

  view(): ReaderSetupView | null {
    if (this.#session === null) return null
    const { operator, endsAt } = this.#session
    return {
      operator: { operatorId: operator.operatorId, name: operator.name },
      endsAt,
      readers: setupReaders(this.#parts.devices.all(), this.#settings, this.#parts.start),
      wedge: this.#settings.wedge,
      pcsc: this.#settings.pcsc,
      ...this.#trials.view(),
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: ReaderSetupAction): Promise<Refusal | null> {
    if (action.do === 'open') return this.#open(action.operatorId, action.pin)
    if (this.#session === null) return action.do === 'close' ? null : refusal('operator_not_allowed')
    this.#keepOpen(this.#session.operator)
    const refused = this.#act(action, this.#session.operator)
    this.#parts.changed()
    return refused
  }

  close(): void {
    if (this.#session === null) return
    const { operatorId } = this.#session.operator
    this.#cancelEnd()
    this.#session = null
    this.#trials.endAll()
    this.#parts.record(this.#parts.events.session('manager_out', operatorId))
    this.#parts.changed()
  }

  /** Closes unless everybody it needs is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    if (this.#session && !mayManage(this.#session.operator.operatorId)) this.close()
  }

  /** A devices process that took a dead one's place knows of no test. */
  devicesAttached(): void {
    this.#trials.begunAgain()
  }

  /** What a devices process answers; nothing when nobody has asked. */
  answered(answer: DevicesAnswer): void {
    if (this.#session === null) return
    const { operator } = this.#session
    this.#trials.answered(answer)
    if (answer.type === 'raw') this.#keepOpen(operator)
    if (answer.type === 'calibrated' && answer.layout !== null && answer.layout !== this.#settings.wedge.layout) {
      const wedge = { ...this.#settings.wedge, layout: answer.layout }
      this.#keep({ ...this.#settings, wedge }, operator)
    }
    this.#parts.changed()
  }

  async #open(operatorId: string, pin: string | undefined): Promise<Refusal | null> {
    if (this.#parts.isBusy()) return refusal('in_progress')
    const admitted = await this.#parts.admit(operatorId, pin)
    if (!admitted.ok) return admitted.refused
    // A PIN takes a moment to check: a customer may have come.
    if (this.#parts.isBusy()) return refusal('in_progress')
    if (!this.#parts.record(this.#parts.events.session('manager_in', operatorId))) return STORAGE_FAILED
    this.#keepOpen(admitted.value)
    this.#parts.changed()
    return null
  }

  #keepOpen(operator: Operator): void {
    this.#cancelEnd()
    this.#session = { operator, endsAt: this.#parts.now() + IDLE_MS }
    this.#cancelEnd = this.#parts.scheduler.after(IDLE_MS, () => this.close())
  }

  #act(action: Exclude<ReaderSetupAction, { do: 'open' }>, operator: Operator): Refusal | null {
    switch (action.do) {
      case 'close':
        this.close()
        return null
      case 'name':
        return this.#setReader(action.readerId, { name: action.name === '' ? null : action.name }, operator)
      case 'enable':
        return this.#setReader(action.readerId, { enabled: action.enabled }, operator)
      case 'setSerial':
        return this.#keep(withSerial(this.#settings, action.serial), operator)
      case 'removeSerial':
        if (!hasPort(this.#settings, action.path)) return refusal('invalid_request')
        return this.#keep(withoutSerial(this.#settings, action.path), operator)
      case 'setWedge':
        return this.#keep({ ...this.#settings, wedge: action.wedge }, operator)
      case 'setPcsc':
        if (action.pcsc.aids.some(mayBePayment)) return refusal('invalid_request')
        return this.#keep({ ...this.#settings, pcsc: action.pcsc }, operator)
      case 'listPorts':
      case 'detectSerial':
      case 'identify':
      case 'test':
      case 'calibrateWedge':
      case 'indicate':
        return this.#trials.begin(action)
      default:
        return unreachable(action)
    }
  }

  #setReader(
    readerId: string,
    change: { name?: string | null; enabled?: boolean },
    operator: Operator,
  ): Refusal | null {
    const row = setupReaders(this.#parts.devices.all(), this.#settings, this.#parts.start).find(
      (reader) => reader.readerId === readerId,
    )
    if (!row || row.isService) return refusal('invalid_request')
    const said = this.#settings.readers.find((reader) => reader.readerId === readerId)
    const { transport, model, enabled } = row
    return this.#keep(
      withReader(this.#settings, { readerId, transport, model, name: said?.name ?? null, enabled, ...change }),
      operator,
    )
  }

  /** On disk with its event first; then the devices process. null as settings: they do not fit. */
  #keep(settings: ReaderSettings | null, { operatorId }: Operator): Refusal | null {
    if (settings === null) return refusal('invalid_request')
    const { journal, events, storageFailed, devices } = this.#parts
    const event = events.policy({ action: 'reader_settings', operatorId, settings })
    if (!journal.keepReaderSettings(settings, event).ok) {
      storageFailed()
      return STORAGE_FAILED
    }
    this.#settings = settings
    devices.configure(this.configuration())
    return null
  }
}
