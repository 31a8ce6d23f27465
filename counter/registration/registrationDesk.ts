import type { PresentationResponse } from '../../core/contract/media.ts'
import type { RegistrationAction, RegistrationView, TerminalVisit } from '../../core/counter/registration.ts'
import type { KeyedMedium } from '../../core/media/medium.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import { type Presented, type Refusal, refusal, type SessionEvent } from '../session/model.ts'
import type { Enrolment } from '../station/enrolment.ts'
import { askServer, type ServerToAsk } from './askServer.ts'
import type { TerminalEffect, TerminalEvent } from './model.ts'
import { isTaking, newTerminal, reduceTerminal } from './reducer.ts'

export interface RegistrationDeskParts extends ServerToAsk {
  readonly ids: Ids
  readonly scheduler: Scheduler
  /** What a screen counts down by is the operating system's time. */
  readonly clock: Pick<CorrectedClock, 'system'>
  readonly enrolment: Pick<Enrolment, 'station'>
  readonly changed: () => void
}

/** The registration terminal: a customer after another taps, sees and takes. Nobody signs in, and without the server nothing is given. */
export class RegistrationDesk {
  readonly #parts: RegistrationDeskParts
  #terminal = newTerminal()
  #resetAt: number | null = null
  #cancelWait = (): void => {}

  constructor(parts: RegistrationDeskParts) {
    this.#parts = parts
  }

  /** Whether this station was enrolled as a registration terminal. */
  get isTerminal(): boolean {
    return this.#parts.enrolment.station()?.role === 'registration'
  }

  /** Whether a card or a scan is welcome now. */
  get wantsReads(): boolean {
    return this.#terminal.open && !isTaking(this.#terminal)
  }

  /** A manager's screen is open over it, or not any more. */
  get isBusy(): boolean {
    return isTaking(this.#terminal) || this.#terminal.visit.phase === 'looking'
  }

  /** The station is enrolled as a terminal and begins, or ends, to serve. */
  open(open: boolean): void {
    this.#dispatch({ type: 'opened', open: open && this.isTerminal })
  }

  /** What the readers report, as a till would hear it. */
  dispatch(event: SessionEvent): void {
    if (event.type === 'reading') this.#dispatch({ type: 'reading' })
    else if (event.type === 'readFailed') this.#dispatch(event)
    else if (event.type === 'presented') this.#dispatch({ type: 'presented', presented: event.presented })
  }

  /** What a customer touches; null: done or begun. */
  carryOut(action: RegistrationAction): Refusal | null {
    if (!this.isTerminal) return refusal('operator_not_allowed')
    const { ids } = this.#parts
    switch (action.do) {
      case 'take':
        return this.#dispatch({ type: 'take', campaignId: action.campaignId, acquisitionId: ids.uuid7() })
      case 'redeemCode':
        return this.#dispatch({ type: 'redeemCode', code: action.code, acquisitionId: ids.uuid7() })
      case 'phoneCode':
      case 'staffCode':
        return this.#dispatch({ type: action.do })
      case 'stay':
        return this.#dispatch({ type: 'stay' })
      case 'finish':
        return this.#dispatch({ type: 'finish' })
      default:
        return unreachable(action)
    }
  }

  /** null: this station is a counter. */
  view(): RegistrationView | null {
    return this.isTerminal ? { visit: this.#visit() } : null
  }

  stop(): void {
    this.#cancelWait()
    this.#terminal = newTerminal()
  }

  #visit(): TerminalVisit {
    const { visit } = this.#terminal
    switch (visit.phase) {
      case 'idle':
      case 'reading':
      case 'looking':
        return { phase: visit.phase }
      case 'refused': {
        const { refused, blocked, asking, staffCode } = visit
        const help = asking ? 'asking' : blocked ? 'possible' : 'none'
        return { phase: 'refused', refused, help, staffCode: shownCode(staffCode), resetAt: this.#resetAt }
      }
      case 'menu': {
        const { known, held, takeable } = visit.holdings
        const { taking, outcome, phone, staffCode } = visit
        return {
          phase: 'menu',
          known,
          held,
          takeable,
          taking,
          outcome,
          phone: phone && {
            code: phone.code,
            address: this.#parts.gateway?.phoneAddress ?? '',
            expiresAt: Date.parse(phone.expiresAt),
          },
          staffCode: shownCode(staffCode),
          resetAt: this.#resetAt,
        }
      }
      default:
        return unreachable(visit)
    }
  }

  #dispatch(event: TerminalEvent): Refusal | null {
    const before = this.#terminal
    const { terminal, effects, refused: why } = reduceTerminal(before, event)
    this.#terminal = terminal
    if (terminal.question !== before.question) {
      this.#cancelWait()
      this.#resetAt = null
    }
    for (const effect of effects) this.#run(effect)
    if (terminal !== before) this.#parts.changed()
    return why ?? null
  }

  #run(effect: TerminalEffect): void {
    const { scheduler, clock } = this.#parts
    switch (effect.type) {
      case 'wait': {
        const { question, ms } = effect
        this.#resetAt = clock.system() + ms
        this.#cancelWait = scheduler.after(ms, () => void this.#dispatch({ type: 'timedOut', question }))
        return
      }
      case 'look':
        void this.#look(effect)
        return
      case 'take':
        void this.#take(effect)
        return
      case 'phoneCode':
        void this.#phoneCode(effect)
        return
      case 'staffCode':
        void this.#staffCode(effect)
        return
      default:
        unreachable(effect)
    }
  }

  async #look({ question, presented }: Extract<TerminalEffect, { type: 'look' }>): Promise<void> {
    const found = await askServer(this.#parts, (gateway) => gateway.holdings({ medium: mediumOf(presented) }))
    this.#dispatch({ type: 'found', question, found })
  }

  async #take({ question, presented, acquisitionId, of }: Extract<TerminalEffect, { type: 'take' }>): Promise<void> {
    const medium = mediumOf(presented)
    const taken = await askServer(this.#parts, (gateway) => gateway.acquire({ acquisitionId, medium, ...of }))
    const after = taken.ok ? await askServer(this.#parts, (gateway) => gateway.holdings({ medium })) : null
    this.#dispatch({ type: 'taken', question, taken, after: after?.ok ? after.value : null })
  }

  async #phoneCode({ question, presented }: Extract<TerminalEffect, { type: 'phoneCode' }>): Promise<void> {
    const came = await askServer(this.#parts, (gateway) => gateway.phoneCode({ medium: mediumOf(presented) }))
    this.#dispatch({ type: 'phoneCodeCame', question, came })
  }

  async #staffCode({ question, presented }: Extract<TerminalEffect, { type: 'staffCode' }>): Promise<void> {
    const entry = presented.entry === 'scan' ? 'scan' : 'tap'
    const came = await askServer(this.#parts, (gateway) => gateway.present({ medium: mediumOf(presented), entry }))
    this.#dispatch({ type: 'staffCodeCame', question, came })
  }
}

const shownCode = (of: PresentationResponse | null): { code: string; expiresAt: number } | null =>
  of && { code: of.presentation, expiresAt: Date.parse(of.expiresAt) }

const mediumOf = ({ type, keys }: Presented): KeyedMedium => ({ type, keys: [...keys] })
