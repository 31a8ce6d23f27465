import type { Operator } from '../../core/contract/sessions.ts'
import {
  ReaderSettings,
  type ReaderSetupAction,
  type ReaderSetup as ReaderSetupView,
} from '../../core/counter/readerSetup.ts'
import { unreachable } from '../../core/outcome.ts'
import { mayBePayment } from '../../core/readers/applications.ts'
import type { DevicesConfiguration, WedgeLayout } from '../../core/readers/protocol.ts'
import type { DevicesLink, ReaderAnswer } from '../devicesLink.ts'
import { ManagerSession, type ManagerSessionParts } from '../managerSession.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { Journal } from '../store/counterStore.ts'
import { setupReaders } from './readerList.ts'
import { devicesConfiguration, hasPort, withoutSerial, withReader, withSerial } from './settings.ts'
import { SetupTrials } from './trials.ts'

export interface ReaderSetupParts extends ManagerSessionParts {
  readonly journal: Journal
  readonly events: EventWriter
  readonly devices: Pick<DevicesLink, 'all' | 'configure' | 'send'>
  /** How the program was started. */
  readonly start: DevicesConfiguration
  readonly storageFailed: () => void
  /** While this machine is set up: something was held to this reader. */
  readonly identified?: ((readerId: string) => void) | undefined
}

/**
 * The manager's side of the readers. While it is open nothing that is presented becomes a visit: the counter asks
 * `isOpen` before it arms the readers. What it sets is on disk, with its event, before a devices process hears of it.
 */
export class ReaderSetup {
  readonly #parts: ReaderSetupParts
  readonly #trials: SetupTrials
  #settings: ReaderSettings
  readonly #session: ManagerSession
  #installing = false

  constructor(parts: ReaderSetupParts) {
    this.#parts = parts
    this.#settings = parts.journal.readerSettings() ?? ReaderSettings.parse({})
    this.#trials = new SetupTrials((command) => parts.devices.send(command))
    this.#session = new ManagerSession(parts, () => this.#trials.endAll())
  }

  get isOpen(): boolean {
    return this.#installing || this.#session.current !== null
  }

  /**
   * While this machine is set up, its readers are open to whoever does it: the one-time code let them in, and no manager may
   * be known here yet. Every reader that something is held to is told, until `on` is false.
   */
  install(on: boolean): void {
    if (on === this.#installing) return
    this.#session.close()
    this.#installing = on
    if (on) this.#listen()
    else this.#trials.endAll()
    this.#parts.changed()
  }

  /** How a scanner that types was found to be set up, before there was a station to keep it for. */
  tryLayout(layout: WedgeLayout): void {
    const configuration = this.configuration()
    this.#parts.devices.configure({ ...configuration, wedgeOptions: { ...this.#settings.wedge, layout } })
  }

  keepLayout(layout: WedgeLayout): void {
    if (layout !== this.#settings.wedge.layout) {
      this.#keep({ ...this.#settings, wedge: { ...this.#settings.wedge, layout } }, null)
    }
  }

  /** What every devices process is told. */
  configuration(): DevicesConfiguration {
    return devicesConfiguration(this.#parts.start, this.#settings)
  }

  view(): ReaderSetupView | null {
    const session = this.#session.current
    if (session === null && !this.#installing) return null
    const operator = session && { operatorId: session.operator.operatorId, name: session.operator.name }
    return {
      operator,
      endsAt: session?.endsAt ?? null,
      readers: setupReaders(this.#parts.devices.all(), this.#settings, this.#parts.start),
      wedge: this.#settings.wedge,
      pcsc: this.#settings.pcsc,
      ...this.#trials.view(),
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: ReaderSetupAction): Promise<Refusal | null> {
    if (this.#installing) return this.#installer(action)
    if (action.do === 'open') return this.#session.open(action.operatorId, action.pin)
    if (action.do === 'close' && !this.isOpen) return null
    return this.#session.act((operator) => this.#act(action, operator))
  }

  close(): void {
    this.#session.close()
  }

  /** Closes unless everybody it needs is still allowed to be here. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.#session.recheck(mayManage)
  }

  /** A devices process that took a dead one's place knows of no test. */
  devicesAttached(): void {
    this.#trials.begunAgain()
  }

  /** What a devices process answers; nothing when nobody has asked. */
  answered(answer: ReaderAnswer): void {
    const session = this.#session.current
    if (session === null && !this.#installing) return
    const operator = session?.operator ?? null
    this.#trials.answered(answer)
    if (answer.type === 'raw') this.#session.keepOpen()
    if (answer.type === 'calibrated' && answer.layout !== null && answer.layout !== this.#settings.wedge.layout) {
      const wedge = { ...this.#settings.wedge, layout: answer.layout }
      this.#keep({ ...this.#settings, wedge }, operator)
    }
    if (this.#installing) {
      if (answer.type === 'identified') this.#parts.identified?.(answer.readerId)
      this.#listen()
    }
    this.#parts.changed()
  }

  #installer(action: ReaderSetupAction): Refusal | null {
    if (action.do === 'open' || action.do === 'close') return refusal('in_progress')
    const refused = this.#act(action, null)
    this.#listen()
    this.#parts.changed()
    return refused
  }

  /** Waits for whatever is held to whichever reader, unless something else is being tried out. */
  #listen(): void {
    const { identify, detection, test, calibration } = this.#trials.view()
    const isTrying = detection?.status === 'waiting' || test !== null || calibration?.status === 'waiting'
    const isListening = identify !== null && identify.readerId === null
    if (!isTrying && !isListening) this.#trials.begin({ do: 'identify', on: true })
  }

  #act(action: Exclude<ReaderSetupAction, { do: 'open' }>, operator: Operator | null): Refusal | null {
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
    operator: Operator | null,
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
  #keep(settings: ReaderSettings | null, operator: Operator | null): Refusal | null {
    if (settings === null) return refusal('invalid_request')
    const { journal, events, storageFailed, devices } = this.#parts
    const by = operator === null ? {} : { operatorId: operator.operatorId }
    const event = events.policy({ action: 'reader_settings', ...by, settings })
    if (!journal.keepReaderSettings(settings, event).ok) {
      storageFailed()
      return STORAGE_FAILED
    }
    this.#settings = settings
    devices.configure(this.configuration())
    return null
  }
}
