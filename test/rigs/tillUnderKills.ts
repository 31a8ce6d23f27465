import { setTimeout as sleep } from 'node:timers/promises'
import type { Visit } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { LINES } from '../server/counterLedger.ts'
import type { CounterRig } from '../server/counterRig.ts'
import type { SeededRandom } from './seededRandom.ts'

/** Somebody with one coupon that may be used once. */
export interface Customer {
  readonly medium: RawMedium
  readonly acquisitionId: string
  /** `unsure`: the counter was killed before it said what became of an approval. */
  state: 'fresh' | 'used' | 'unsure'
}

/** How long somebody waited, from the tap to its outcome or from the button to the approval. */
export interface Wait {
  readonly what: 'tap' | 'approval'
  readonly ms: number
  /** What the copy was doing when it began. */
  readonly copy: string
  readonly by: 'server' | 'replica' | 'none'
}

/** Longer than this is no wait but a counter that does not answer. */
const NEVER_MS = 60_000
const PAUSE_MS = 30

/** A cashier at a counter that may be killed at any moment, and what they saw. */
export class TillUnderKills {
  readonly waits: Wait[] = []
  /** What no cashier should have seen, in words. */
  readonly wrong: string[] = []
  readonly #random: SeededRandom

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /**
   * Serves one customer after another, those who have used their coupon again too, until `isOver` or the counter's death;
   * at most `approvals` get something off.
   */
  async serveOn(
    counter: CounterRig,
    customers: readonly Customer[],
    approvals: number,
    isOver: () => boolean,
  ): Promise<void> {
    let left = approvals
    while (!isOver() && !counter.dead) {
      const fresh = customers.filter(({ state }) => state === 'fresh')
      const used = customers.filter(({ state }) => state === 'used')
      const next = this.#random.pick(left > 0 && fresh.length > 0 && this.#random.chance(0.4) ? fresh : used)
      if (next) left -= (await this.serve(counter, next, left > 0)) === 'given' ? 1 : 0
      await sleep(PAUSE_MS)
    }
  }

  /** One customer: what came of it, null when the counter died. */
  async serve(
    counter: CounterRig,
    customer: Customer,
    mayApprove: boolean,
  ): Promise<'given' | 'offered' | 'refused' | null> {
    const visit = await this.tap(counter, customer.medium)
    if (!visit) return null
    const offered = visit.phase === 'offers' && visit.usable.some((one) => one.acquisitionId === customer.acquisitionId)
    if (!offered) return 'refused'
    if (customer.state === 'used') this.wrong.push(`${customer.acquisitionId} was given, and offered again`)
    if (!mayApprove || customer.state !== 'fresh') return 'offered'
    customer.state = 'unsure'
    const since = performance.now()
    const copy = counter.state.replica.phase
    const select = { acquisitionIds: [customer.acquisitionId] }
    if (!(await counter.send({ type: 'approve', select }))) return null
    const done = await this.#outcome(counter, ['approved', 'refused'])
    if (done?.phase !== 'approved') return done ? 'refused' : null
    const by = done.certainty === 'stored' ? 'replica' : 'server'
    this.waits.push({ what: 'approval', ms: performance.now() - since, copy, by })
    customer.state = 'used'
    return 'given'
  }

  /** What a tap ends in; null when the counter died before. */
  async tap(counter: CounterRig, medium: RawMedium): Promise<Visit | null> {
    await counter.send({ type: 'nextCustomer' })
    await counter.send({ type: 'setPurchase', lines: [...LINES] })
    if (!(await this.#outcome(counter, ['idle']))) return null
    const since = performance.now()
    const copy = counter.state.replica.phase
    counter.tap(medium)
    const visit = await this.#outcome(counter, ['offers', 'refused'])
    if (!visit) return null
    const by = visit.phase === 'offers' ? visit.source : 'none'
    this.waits.push({ what: 'tap', ms: performance.now() - since, copy, by })
    return visit
  }

  async #outcome(counter: CounterRig, phases: readonly Visit['phase'][]): Promise<Visit | null> {
    const found = await counter.until(({ visit }) => phases.includes(visit.phase), NEVER_MS)
    if (!found && !counter.dead) throw new Error(`a visit stays ${counter.state.visit.phase} for ${NEVER_MS} ms`)
    return found?.visit ?? null
  }
}
