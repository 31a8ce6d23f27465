import type { Operator } from '../core/contract/sessions.ts'
import type { CounterState } from '../core/counter/state.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import type { CorrectedClock } from './clock/correctedClock.ts'
import type { EventWriter } from './session/eventWriter.ts'
import { type Presented, type Refusal, refusal, STORAGE_FAILED } from './session/model.ts'
import { mayManage, SignIn, type SignInRefusal, tillOperators } from './session/signIn.ts'
import type { CounterStore, EventDraft } from './store/counterStore.ts'

export interface CashiersParts {
  readonly store: CounterStore
  readonly events: EventWriter
  readonly clock: Pick<CorrectedClock, 'now' | 'toSystem'>
  /** Writes to the journal; false: the disk did not take it, and the cashier has been told. */
  readonly record: (event: EventDraft) => boolean
  readonly storageFailed: () => void
  readonly changed: (cashier: Operator | null) => void
  /** Somebody has just signed in. */
  readonly arrived: (cashier: Operator) => void
}

/** Who stands at the till. Signing in and out is journaled; nobody is signed in after a restart. */
export class Cashiers {
  readonly #parts: CashiersParts
  readonly #signIn: SignIn
  #current: Operator | null = null
  #byCard = false
  #state: CounterState['signIn'] = { problem: null, retryAt: null }

  constructor(parts: CashiersParts) {
    this.#parts = parts
    this.#signIn = new SignIn(parts.store, () => parts.clock.now())
  }

  get current(): Operator | null {
    return this.#current
  }

  /** Signed in by a staff card: no PIN was shown. */
  get isByCard(): boolean {
    return this.#current !== null && this.#byCard
  }

  /** Whether the one who is signed in may open the manager's screens. */
  get isManager(): boolean {
    return this.#current !== null && !this.#byCard && mayManage(this.#current)
  }

  get signInState(): CounterState['signIn'] {
    return this.#state
  }

  async signIn(operatorId: string, pin: string): Promise<Refusal | null> {
    const { events, record } = this.#parts
    const attempt = await this.#signIn.attempt(operatorId, pin)
    if (attempt.ok) return this.#signedIn(attempt.value, false)
    return this.#refused(attempt, () => record(events.session('sign_in_refused', operatorId)))
  }

  /** By a card that somebody has linked to themselves here; what can be copied by looking at it opens no till. */
  async signInByCard(presented: Presented): Promise<Refusal | null> {
    const { events, record } = this.#parts
    const tooWeak = presented.entry !== 'tap'
    const attempt = await this.#signIn.attemptCard(tooWeak ? [] : presented.keys)
    if (attempt.ok) return this.#signedIn(attempt.value, true)
    return this.#refused(attempt, () => record(events.mediumRefused(presented, refusal('operator_not_allowed'), null)))
  }

  /** For a training: whoever is at the real till is at this one. */
  take(operator: Operator): void {
    this.#signedIn(operator, true)
  }

  #refused({ problem, retryAt: until }: SignInRefusal, journal: () => void): Refusal {
    if (problem === 'storage') {
      this.#parts.storageFailed()
      return STORAGE_FAILED
    }
    const retryAt = this.#shown(until)
    this.#state = { problem, retryAt }
    journal()
    this.#parts.changed(this.#current)
    return refusal('operator_not_allowed', retryAt === null ? {} : { retryAt })
  }

  #signedIn(operator: Operator, byCard: boolean): Refusal | null {
    const { events, record, changed, arrived } = this.#parts
    this.signOut()
    if (!record(events.session('sign_in', operator.operatorId))) return STORAGE_FAILED
    this.#current = operator
    this.#byCard = byCard
    this.#state = { problem: null, retryAt: null }
    arrived(operator)
    changed(operator)
    return null
  }

  /**
   * Who may open the manager's screens: by their own PIN, throttled as every PIN is, or because they are the manager who
   * is signed in. The cashier stays who they are.
   */
  async admitManager(operatorId: string, pin: string | undefined): Promise<Outcome<Operator, { refused: Refusal }>> {
    const { store, events, record, storageFailed } = this.#parts
    const operator = tillOperators(store).find((one) => one.operatorId === operatorId)
    if (!operator || !mayManage(operator)) return refused({ refused: refusal('operator_not_allowed') })
    if (pin === undefined) {
      const current = this.#current
      return current?.operatorId === operatorId && !this.#byCard
        ? accepted(current)
        : refused({ refused: refusal('operator_not_allowed') })
    }
    const attempt = await this.#signIn.attempt(operatorId, pin)
    if (attempt.ok) return attempt
    if (attempt.problem === 'storage') {
      storageFailed()
      return refused({ refused: STORAGE_FAILED })
    }
    record(events.session('sign_in_refused', operatorId))
    const retryAt = this.#shown(attempt.retryAt)
    return refused({ refused: refusal('operator_not_allowed', retryAt === null ? {} : { retryAt }) })
  }

  /** Screens count down on the operating system's clock. */
  #shown(retryAt: number | null): number | null {
    return retryAt === null ? null : this.#parts.clock.toSystem(retryAt)
  }

  /** Whether they may still open the manager's screens, as far as the copy knows now. */
  mayManage(operatorId: string): boolean {
    return tillOperators(this.#parts.store).some((one) => one.operatorId === operatorId && mayManage(one))
  }

  /** Never refused, whatever waits. */
  signOut(): void {
    const { operatorId } = this.#current ?? {}
    if (operatorId === undefined) return
    this.#current = null
    this.#parts.record(this.#parts.events.session('sign_out', operatorId))
    this.#parts.changed(null)
  }

  /** The copy has changed: somebody who may not be here any more is signed out. */
  recheck(): void {
    const current = this.#current
    if (!current) return
    const mayStay = tillOperators(this.#parts.store).some(({ operatorId }) => operatorId === current.operatorId)
    if (!mayStay) this.signOut()
  }
}
