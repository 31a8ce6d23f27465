import { scrypt, timingSafeEqual } from 'node:crypto'
import type { Operator, PinVerifier } from '../../core/contract/sessions.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { CounterStore, ReplicaOperator, SignInThrottle } from '../store/counterStore.ts'

/** Wrong PINs that are let pass before each further one costs time. */
const FREE_TRIES = 5
const FIRST_DELAY_MS = 5_000
const LONGEST_DELAY_MS = 5 * 60_000
const SCRYPT_MEMORY = 256 * 1024 * 1024

/** Who may stand at a till. Planners, approvers and auditors work at head office. */
const TILL_ROLES: readonly Operator['role'][] = ['cashier', 'manager', 'admin']

/** Whom the manager's screens are for. */
const MANAGING_ROLES: readonly Operator['role'][] = ['manager', 'admin']

export const mayManage = ({ role }: Pick<Operator, 'role'>): boolean => MANAGING_ROLES.includes(role)

export type SignInRefusal = {
  readonly problem: 'wrong' | 'unknown_card' | 'throttled' | 'storage'
  readonly retryAt: number | null
}

/** Whom tries with cards nobody knows are counted under. */
const UNKNOWN_CARD = 'unknown-card'

/** The people who may sign in here, as far as the copy knows; works with no server in reach. */
export const tillOperators = ({ replica }: CounterStore): readonly ReplicaOperator[] =>
  replica.operators().filter(({ active, role }) => active && TILL_ROLES.includes(role))

/**
 * Checks cashiers' PINs and staff cards, one try at a time. After five wrong ones in a row every further try has to wait, 5 s at first and
 * twice as long each time, up to 5 minutes. The count is on disk before the PIN is looked at: switching off does not help.
 */
export class SignIn {
  readonly #store: CounterStore
  readonly #now: () => number
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: CounterStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  attempt(operatorId: string, pin: string): Promise<Outcome<Operator, SignInRefusal>> {
    const attempt = this.#last.then(() => this.#attempt(operatorId, pin))
    this.#last = attempt.catch(() => {})
    return attempt
  }

  /** Whose card it is; cards that are nobody's are throttled as wrong PINs are. */
  attemptCard(keys: readonly MediumKey[]): Promise<Outcome<Operator, SignInRefusal>> {
    const attempt = this.#last.then(() => this.#attemptCard(keys))
    this.#last = attempt.catch(() => {})
    return attempt
  }

  #attemptCard(keys: readonly MediumKey[]): Outcome<Operator, SignInRefusal> {
    const { journal } = this.#store
    const before = journal.throttle(UNKNOWN_CARD)
    if (before && before.retryAt > this.#now()) return this.#throttled(UNKNOWN_CARD, before)
    const operatorId = journal.staffCardOf(keys)
    const operator = tillOperators(this.#store).find((one) => one.operatorId === operatorId)
    const wrong = (before?.wrong ?? 0) + 1
    const retryAt = wrong < FREE_TRIES ? 0 : this.#now() + delayMs(wrong)
    if (!journal.setThrottle(UNKNOWN_CARD, operator ? null : { wrong, retryAt }).ok)
      return refused({ problem: 'storage' as const, retryAt: null })
    if (!operator) return refused({ problem: 'unknown_card' as const, retryAt: retryAt === 0 ? null : retryAt })
    return accepted({ operatorId: operator.operatorId, name: operator.name, role: operator.role })
  }

  async #attempt(operatorId: string, pin: string): Promise<Outcome<Operator, SignInRefusal>> {
    const operator = tillOperators(this.#store).find((one) => one.operatorId === operatorId)
    if (!operator) return refused({ problem: 'wrong' as const, retryAt: null })
    const { journal } = this.#store
    const before = journal.throttle(operatorId)
    if (before && before.retryAt > this.#now()) return this.#throttled(operatorId, before)
    const wrong = (before?.wrong ?? 0) + 1
    const retryAt = wrong < FREE_TRIES ? 0 : this.#now() + delayMs(wrong)
    if (!journal.setThrottle(operatorId, { wrong, retryAt }).ok)
      return refused({ problem: 'storage' as const, retryAt: null })
    if (!(await pinMatches(pin, operator.pin))) {
      return refused({ problem: 'wrong' as const, retryAt: retryAt === 0 ? null : retryAt })
    }
    if (!journal.setThrottle(operatorId, null).ok) return refused({ problem: 'storage' as const, retryAt: null })
    return accepted({ operatorId, name: operator.name, role: operator.role })
  }

  /** A clock that was set back makes nobody wait longer than the wrong tries are worth. */
  #throttled(operatorId: string, { wrong, retryAt }: SignInThrottle): { readonly ok: false } & SignInRefusal {
    const latest = this.#now() + delayMs(wrong)
    if (retryAt <= latest) return refused({ problem: 'throttled' as const, retryAt })
    const kept = this.#store.journal.setThrottle(operatorId, { wrong, retryAt: latest })
    return refused({ problem: kept.ok ? ('throttled' as const) : ('storage' as const), retryAt: latest })
  }
}

const delayMs = (wrong: number): number =>
  Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(wrong - FREE_TRIES, 20))

/** Whether `pin` is the one behind `verifier`; compares in constant time. */
function pinMatches(pin: string, { N, r, p, salt, hash }: PinVerifier): Promise<boolean> {
  const expected = Buffer.from(hash, 'base64url')
  return new Promise((resolve, reject) => {
    scrypt(
      pin.normalize('NFKC'),
      Buffer.from(salt, 'base64url'),
      expected.length,
      { N, r, p, maxmem: SCRYPT_MEMORY },
      (error, key) => (error ? reject(error) : resolve(timingSafeEqual(key, expected))),
    )
  })
}
