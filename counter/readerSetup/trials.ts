import type { ReaderSetupAction, ReaderSetup as ReaderSetupView } from '../../core/counter/readerSetup.ts'
import { unreachable } from '../../core/outcome.ts'
import type { DevicesRequest, ReaderAnswer } from '../devicesLink.ts'
import { type Refusal, refusal } from '../session/model.ts'

type Trials = Pick<ReaderSetupView, 'ports' | 'detection' | 'identify' | 'test' | 'calibration' | 'indicated'>
type TrialAction = Extract<
  ReaderSetupAction,
  { do: 'listPorts' | 'detectSerial' | 'identify' | 'test' | 'calibrateWedge' | 'indicate' }
>

const NONE: Trials = { ports: null, detection: null, identify: null, test: null, calibration: null, indicated: null }

/** As many as a screen shows; older ones leave. */
const MOST_READS = 20

/**
 * What a manager is trying out: it lives as long as the screen is open and leaves nothing behind. Identifying, testing,
 * detecting and calibrating each want the next presentation for themselves, so that beginning one ends the others.
 */
export class SetupTrials {
  readonly #send: (command: DevicesRequest) => boolean
  #now: Trials = NONE

  constructor(send: (command: DevicesRequest) => boolean) {
    this.#send = send
  }

  view(): Trials {
    return this.#now
  }

  /** Where no devices process runs, everything but `indicate` waits for the next one. */
  begin(action: TrialAction): Refusal | null {
    switch (action.do) {
      case 'listPorts':
        this.#now = { ...this.#now, ports: { listing: true, list: this.#now.ports?.list ?? [] } }
        return this.#ask({ type: 'listPorts' })
      case 'detectSerial':
        this.#endPresentations()
        if (action.path === null) return null
        this.#now = { ...this.#now, detection: { path: action.path, status: 'waiting', preset: null } }
        return this.#ask({ type: 'detectSerial', path: action.path })
      case 'identify':
        this.#endPresentations()
        if (!action.on) return null
        this.#now = { ...this.#now, identify: { readerId: null } }
        return this.#ask({ type: 'identify', enabled: true })
      case 'test':
        this.#endPresentations()
        if (action.readerId === null) return null
        this.#now = { ...this.#now, test: { readerId: action.readerId, reads: [] } }
        return this.#ask({ type: 'test', readerId: action.readerId })
      case 'calibrateWedge':
        this.#endPresentations()
        if (!action.on) return null
        this.#now = { ...this.#now, calibration: { status: 'waiting', layout: null, gs: false } }
        return this.#ask({ type: 'calibrateWedge', enabled: true })
      case 'indicate':
        this.#now = { ...this.#now, indicated: null }
        return this.#send({ type: 'indicate', readerId: action.readerId, outcome: action.outcome })
          ? null
          : refusal('in_progress')
      default:
        return unreachable(action)
    }
  }

  endAll(): void {
    this.#endPresentations()
    this.#now = NONE
  }

  /** Asks a new devices process for what the last one did not finish. */
  begunAgain(): void {
    const { ports, detection, identify, test, calibration } = this.#now
    if (ports?.listing) this.#send({ type: 'listPorts' })
    if (detection?.status === 'waiting') this.#send({ type: 'detectSerial', path: detection.path })
    if (identify && identify.readerId === null) this.#send({ type: 'identify', enabled: true })
    if (test) this.#send({ type: 'test', readerId: test.readerId })
    if (calibration?.status === 'waiting') this.#send({ type: 'calibrateWedge', enabled: true })
  }

  answered(answer: ReaderAnswer): void {
    const { ports, detection, identify, test, calibration } = this.#now
    switch (answer.type) {
      case 'raw':
        if (test?.readerId !== answer.raw.readerId) return
        this.#now = { ...this.#now, test: { ...test, reads: [answer.raw, ...test.reads].slice(0, MOST_READS) } }
        return
      case 'ports':
        if (ports) this.#now = { ...this.#now, ports: { listing: false, list: answer.ports } }
        return
      case 'serialDetected': {
        if (detection?.path !== answer.path) return
        const { path, preset } = answer
        this.#now = { ...this.#now, detection: { path, status: preset === null ? 'nothing' : 'found', preset } }
        return
      }
      case 'identified':
        if (identify) this.#now = { ...this.#now, identify: { readerId: answer.readerId } }
        return
      case 'calibrated': {
        if (calibration?.status !== 'waiting') return
        const { layout, gs } = answer
        this.#now = { ...this.#now, calibration: { status: layout === null ? 'unknown' : 'done', layout, gs } }
        return
      }
      case 'indicated':
        this.#now = { ...this.#now, indicated: { readerId: answer.readerId, done: answer.done } }
        return
      default:
        unreachable(answer)
    }
  }

  #ask(command: DevicesRequest): null {
    this.#send(command)
    return null
  }

  #endPresentations(): void {
    const { detection, identify, test, calibration } = this.#now
    // Until it ends, the port belongs to nobody else.
    if (detection?.status === 'waiting') this.#send({ type: 'detectSerial', path: null })
    if (test) this.#send({ type: 'test', readerId: null })
    if (identify && identify.readerId === null) this.#send({ type: 'identify', enabled: false })
    if (calibration?.status === 'waiting') this.#send({ type: 'calibrateWedge', enabled: false })
    this.#now = { ...this.#now, detection: null, identify: null, test: null, calibration: null }
  }
}
