import type { FirstRun, FirstRunAction, FirstRunProblem } from '../../core/counter/firstRun.ts'
import { readInvitation } from '../../core/enrolment/invitation.ts'
import { serverAddress } from '../../core/enrolment/serverAddress.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { SetupGateway } from '../../core/ports/setupGateway.ts'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import type { ReaderSetup } from '../readerSetup/readerSetup.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { Enrolment } from '../station/enrolment.ts'
import { CodeScanner } from './codeScanner.ts'
import { addressOf, beginFlow, type Flow, type FlowEvent, flowAfter } from './flow.ts'
import { problemAt, problemOfReason } from './problems.ts'
import { addressFor, findServer, lookAtCode } from './serverSearch.ts'
import { type KeptSetup, NOTHING_KEPT, type SetupKeeping } from './setupFile.ts'
import { trialTap } from './trial.ts'

/** What a counter needs to be set up at its own screen. */
export interface Setup {
  readonly keeping: SetupKeeping
  readonly gateway: SetupGateway
  /** By how the program was started; null: it is asked for. */
  readonly fixedAddress: string | null
}

export interface FirstRunParts {
  /** null: this counter is not set up at its screen. */
  readonly setup: Setup | null
  readonly enrolment: Pick<Enrolment, 'station' | 'state'>
  /** Makes this machine a station; null: done. */
  readonly enrol: (code: string) => Promise<Refusal | null>
  readonly readers: Pick<ReaderSetup, 'install' | 'tryLayout' | 'keepLayout'>
  /** Sends what a scanner has typed to the readers once more. */
  readonly retype: (keys: readonly WedgeKey[]) => void
  readonly ids: Ids
  readonly now: () => number
  readonly scheduler: Scheduler
  readonly changed: () => void
}

const STORAGE_PROBLEM = problemAt(null, 'storage_failed')
/** A manager who came back to the set-up and walked away. */
const IDLE_MS = 10 * 60_000

/** A new machine's way to its first customer, and a manager's way back to a step of it. */
export class FirstRunDesk {
  readonly #parts: FirstRunParts
  readonly scanner: CodeScanner
  #flow: Flow | null = null
  #cancelIdle = () => {}

  constructor(parts: FirstRunParts) {
    this.#parts = parts
    this.scanner = new CodeScanner({
      wants: () => this.wantsReads,
      scanned: (text) => void this.#invited(text),
      unreadable: () => this.#fail(problemAt(null, 'other_qr')),
      tryLayout: (layout) => parts.readers.tryLayout(layout),
      retype: parts.retype,
      scheduler: parts.scheduler,
    })
  }

  /** At the start of the program. `byItself`: it was given a code, and nobody has to be asked. */
  begin(byItself: boolean): void {
    const { setup, enrolment } = this.#parts
    if (!setup) return
    const kept = setup.keeping.read()
    const enrolled = enrolment.station() !== null
    if (enrolled ? kept === null || kept.finished : byItself) return
    const state = enrolment.state()
    const retired = state.status === 'needed' && state.reason === 'station_revoked'
    const begun = enrolled || kept === null ? (kept ?? NOTHING_KEPT) : { ...kept, station: null, finished: false }
    const problem = retired ? problemAt(null, 'station_revoked') : null
    this.#open(beginFlow(begun, { fixedAddress: setup.fixedAddress, enrolled }, problem))
  }

  get isOpen(): boolean {
    return this.#flow !== null
  }

  /** A code may be scanned. */
  get wantsReads(): boolean {
    return this.#flow !== null && !this.#flow.enrolled && !this.#flow.asking
  }

  view(): FirstRun | null {
    const flow = this.#flow
    if (flow === null) return null
    const { step, kept, asking, problem, cautions, offer, trial, repeated, fixedAddress } = flow
    return {
      step,
      language: kept.language,
      server: { address: addressOf(flow), fixed: fixedAddress !== null },
      asking,
      problem,
      cautions,
      offered: offer?.station ?? null,
      station: this.#station(kept),
      answered: [...kept.answered],
      trial,
      repeated,
    }
  }

  /** null: done or begun. What is refused changed nothing. */
  async carryOut(action: FirstRunAction, managerIsHere: boolean): Promise<Refusal | null> {
    if (action.do === 'again') return managerIsHere ? this.#again(action.step) : refusal('operator_not_allowed')
    const flow = this.#flow
    if (flow === null) return refusal('operator_not_allowed')
    if (flow.asking) return refusal('in_progress')
    if (flow.repeated) this.#endWhenIdle()
    switch (action.do) {
      case 'chooseLanguage':
        return this.#keep({ type: 'languageChosen', language: action.language })
      case 'setServer':
        return this.#setServer(action.address)
      case 'typeCode':
        if (flow.enrolled) return refusal('operator_not_allowed')
        await this.#invited(action.text)
        return null
      case 'confirm':
        return this.#confirm(flow)
      case 'goTo':
        this.#step({ type: 'wentTo', step: action.step })
        return null
      case 'readersDone':
        return this.#keep({ type: 'readersDone' })
      case 'finish':
        return this.#finish(flow)
      default:
        return unreachable(action)
    }
  }

  /** Something was held to this reader. */
  identified(readerId: string): void {
    if (this.#flow?.repeated) this.#endWhenIdle()
    this.#keep({ type: 'readerAnswered', readerId })
    const { ids, now, enrolment } = this.#parts
    const station = enrolment.station()
    if (this.#flow?.step !== 'test' || !station) return
    void trialTap(readerId, { ids, now, store: station.store }).then((trial) => {
      if (trial) this.#step({ type: 'tapped', trial })
    })
  }

  /** The code that the program was started with was refused, or nobody answers it. */
  refusedByItself({ reason }: Refusal): void {
    const { setup, enrolment } = this.#parts
    if (!setup || enrolment.station()) return
    const kept = setup.keeping.read() ?? NOTHING_KEPT
    if (this.#flow === null) this.#open(beginFlow(kept, { fixedAddress: setup.fixedAddress, enrolled: false }))
    this.#fail(problemAt(setup.fixedAddress, problemOfReason(reason)))
  }

  /** A machine that its own program enrolled goes to work; one that a person sets up goes on with its readers. */
  enrolledByItself(): void {
    if (this.#flow) this.#close()
  }

  stop(): void {
    this.#cancelIdle()
  }

  #station(kept: KeptSetup): FirstRun['station'] {
    const station = this.#parts.enrolment.station()
    if (!station) return null
    // One that enrolled by itself was never told its name.
    return { stationName: kept.station?.stationName ?? '', storeName: station.store.name, role: station.role }
  }

  async #setServer(typed: string): Promise<Refusal | null> {
    const flow = this.#flow
    if (flow === null || flow.fixedAddress !== null) return refusal('operator_not_allowed')
    const address = serverAddress(typed)
    if (!address.ok) {
      this.#fail(problemAt(null, address.problem))
      return null
    }
    await this.#reach(address.value)
    return null
  }

  /** Whether a coupon server is there; then it is this machine's. */
  async #reach(address: string): Promise<boolean> {
    const { setup } = this.#parts
    if (!setup) return false
    this.#step({ type: 'asked' })
    const found = await findServer(setup.gateway, address, this.#flow?.enrolled ?? false)
    if (!found.ok) return this.#fail(found.problem)
    return this.#keep({ type: 'reached', address, cautions: found.value }) === null
  }

  async #invited(text: string): Promise<void> {
    const { setup } = this.#parts
    const invitation = readInvitation(text)
    if (!invitation.ok) this.#fail(problemAt(null, invitation.problem))
    if (!invitation.ok || !setup) return
    const { serverUrl, code } = invitation.value
    const { fixedAddress = null, kept } = this.#flow ?? {}
    const address = addressFor(invitation.value, { fixed: fixedAddress, kept: kept?.serverUrl ?? null })
    if (!address.ok) {
      this.#fail(address.problem)
      return
    }
    // A server that is only heard of now is this machine's when it answers, whatever it says of the code.
    if (fixedAddress === null && serverUrl !== null && !(await this.#reach(serverUrl))) return
    this.#step({ type: 'asked' })
    const station = await lookAtCode(setup.gateway, address.value, code)
    if (station.ok) this.#step({ type: 'offered', code, station: station.value })
    else this.#fail(station.problem)
  }

  async #confirm({ offer, enrolled }: Flow): Promise<Refusal | null> {
    if (offer === null || enrolled) return refusal('operator_not_allowed')
    this.#step({ type: 'asked' })
    // Kept before it is true: a machine that loses power in between is asked for its readers, not sent to work.
    const { setup, enrol, readers } = this.#parts
    if (this.#flow === null || !setup?.keeping.write({ ...this.#flow.kept, station: offer.station })) {
      this.#fail(STORAGE_PROBLEM)
      return STORAGE_FAILED
    }
    const refused = await enrol(offer.code)
    if (refused) {
      this.#fail(problemAt(addressOf(this.#flow), problemOfReason(refused.reason)))
      return null
    }
    if (this.scanner.layout !== null) readers.keepLayout(this.scanner.layout)
    const kept = this.#keep({ type: 'enrolled', station: offer.station })
    readers.install(true)
    return kept
  }

  async #again(step: Extract<FirstRunAction, { do: 'again' }>['step']): Promise<Refusal | null> {
    const { setup, enrolment } = this.#parts
    const station = enrolment.station()
    if (!setup || !station || this.#flow !== null) return refusal('in_progress')
    const kept = setup.keeping.read() ?? NOTHING_KEPT
    const flow = beginFlow(
      { ...kept, finished: true, readersDone: true },
      { fixedAddress: setup.fixedAddress, enrolled: true },
    )
    this.#open({ ...flow, step, repeated: true })
    this.#endWhenIdle()
    return null
  }

  #finish(flow: Flow): Refusal | null {
    if (!flow.enrolled) return refusal('operator_not_allowed')
    const refused = this.#keep({ type: 'finished' })
    if (refused === null) this.#close()
    return refused
  }

  #open(flow: Flow): void {
    this.#flow = flow
    if (flow.enrolled) this.#parts.readers.install(true)
    this.#parts.changed()
  }

  #close(): void {
    this.#cancelIdle()
    this.#flow = null
    this.#parts.readers.install(false)
    this.#parts.changed()
  }

  #endWhenIdle(): void {
    this.#cancelIdle()
    this.#cancelIdle = this.#parts.scheduler.after(IDLE_MS, () => this.#close())
  }

  #step(event: FlowEvent): void {
    if (this.#flow === null) return
    this.#flow = flowAfter(this.#flow, event)
    this.#parts.changed()
  }

  /** On disk before it is shown. */
  #keep(event: FlowEvent): Refusal | null {
    const flow = this.#flow
    if (flow === null) return refusal('operator_not_allowed')
    const next = flowAfter(flow, event)
    if (next.kept !== flow.kept && !this.#parts.setup?.keeping.write(next.kept)) {
      this.#fail(STORAGE_PROBLEM)
      return STORAGE_FAILED
    }
    this.#step(event)
    return null
  }

  #fail(problem: FirstRunProblem): false {
    this.#step({ type: 'failed', problem })
    return false
  }
}
