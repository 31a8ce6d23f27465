import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { announceStation } from '../../bin/embeddedServer.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { CounterRig } from '../server/counterRig.ts'
import { kill, note, type Shown } from './approvalsUnderFaults.ts'
import { broken } from './approvalsVerdict.ts'
import { type Fault, type FaultProxy, startFaultProxy } from './faultProxy.ts'
import { readHoldings, readOpenIntents } from './holdings.ts'
import { CAMPAIGNS_OF_NEWCOMERS, cardOf, importNewcomers } from './newcomers.ts'
import { acquire, approveCampaign } from './officeCalls.ts'
import { firstRow } from './readInDatabase.ts'
import { RestartableServer } from './restartableServer.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'
import { type Customer, TillUnderKills, type Wait } from './tillUnderKills.ts'

const ENTRY = 'test/server/crashingCounter.ts'
const PATIENCE_MS = 240_000
const CUSTOMERS_A_ROUND = 60
const APPROVALS_A_LIFE = 3
/** Where a counter is killed on one copy's way, in this order; a phase: at a random moment while the screen says it. */
const DEATHS = [
  'begin after',
  'append after',
  'downloading',
  'append after',
  'downloading',
  'append before',
  'check during',
  'check after',
  'install before',
  'checking',
  'install after',
] as const

export interface CopiesPlan {
  /** Acquisitions that arrive, round by round; each more than a counter may be behind. */
  readonly arriving: readonly number[]
  readonly seed: number
}

export interface CopiesReport {
  readonly waits: readonly Wait[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly kills: Readonly<Record<string, number>>
  /** Lives that went on with a file that an earlier one had begun. */
  readonly resumed: number
  readonly cuts: number
  /** Uses that were told to nobody while copies were swapped, and asked for again afterwards. */
  readonly remembered: number
  /** In words; empty when the promise was kept. */
  readonly wrong: readonly string[]
}

/**
 * A real counter, away while more arrives than changes can bring, fetches the copy over a slow line that is cut all the
 * time, and is killed with -9 again and again, while its cashier goes on: mostly alone, now and then by the server. What
 * it gave stays its own account until the end, when everything is sent and held against the server's books.
 */
export async function fetchUnderKills(plan: CopiesPlan, say: (line: string) => void): Promise<CopiesReport> {
  const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-copies-'))
  const server = await RestartableServer.start(dir)
  const proxy = await startFaultProxy(server.line().url)
  const run = new Run(dir, server, proxy, seededRandom(plan.seed), say)
  process.once('exit', () => kill(server.line().pid))
  try {
    return await run.all(plan)
  } finally {
    await run.end()
    await proxy.close()
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

class Run {
  readonly #dir: string
  readonly #counterDir: string
  readonly #server: RestartableServer
  readonly #proxy: FaultProxy
  readonly #random: SeededRandom
  readonly #say: (line: string) => void
  readonly #till: TillUnderKills
  readonly #customers: Customer[] = []
  readonly #shown = new Map<string, Shown>()
  readonly #kills: Record<string, number> = {}
  #counter: CounterRig | null = null
  #isReachable = true
  #resumed = 0
  #cuts = 0
  #remembered = 0

  constructor(
    dir: string,
    server: RestartableServer,
    proxy: FaultProxy,
    random: SeededRandom,
    say: (line: string) => void,
  ) {
    this.#dir = dir
    this.#counterDir = join(dir, 'counter')
    this.#server = server
    this.#proxy = proxy
    this.#random = random
    this.#say = say
    this.#till = new TillUnderKills(random)
  }

  async all({ arriving, seed }: CopiesPlan): Promise<CopiesReport> {
    const given = await approveCampaign(this.#server.line(), { benefit: { kind: 'amount_off', amount: 100 } })
    const others: string[] = []
    for (let n = 0; n < CAMPAIGNS_OF_NEWCOMERS; n++) {
      others.push(await approveCampaign(this.#server.line(), { benefit: { kind: 'amount_off', amount: 10 + n } }))
    }
    for (let n = 0; n < CUSTOMERS_A_ROUND * arriving.length; n++) {
      const medium = cardOf('customer', n)
      const acquisitionId = await acquire(this.#server.line(), given, medium)
      this.#customers.push({ medium, acquisitionId, state: 'fresh' })
    }
    const usesAtStart = readHoldings(join(this.#dir, 'server.db')).usesLeft
    await this.#live('', await announceStation(this.#server.line()))
    await this.#counter?.stop()
    let inAll = 0
    for (const [round, acquisitions] of arriving.entries()) {
      await this.#arrive(others, inAll, acquisitions)
      inAll += acquisitions
      await this.#round(round, inAll)
    }
    await this.#settle()
    const holdings = readHoldings(join(this.#dir, 'server.db'))
    const [shown, resumed, cuts, remembered] = [this.#shown, this.#resumed, this.#cuts, this.#remembered]
    const wrong = [
      ...this.#till.wrong,
      ...broken({ seed, shown, holdings, usesAtStart, storedApprovals: 0, faults: {} }),
    ]
    return { waits: this.#till.waits, shown, kills: this.#kills, resumed, cuts, remembered, wrong }
  }

  async end(): Promise<void> {
    await this.#counter?.kill()
  }

  async #arrive(campaigns: readonly string[], from: number, acquisitions: number): Promise<void> {
    await this.#server.kill()
    const before = performance.now()
    await importNewcomers(join(this.#dir, 'server.db'), campaigns, from, acquisitions)
    const seconds = Math.round((performance.now() - before) / 1_000)
    await this.#server.restart()
    this.#say(`${acquisitions} acquisitions have arrived at the server in ${seconds} s`)
  }

  async #round(round: number, acquisitions: number): Promise<void> {
    const waiting = this.#customers.slice(round * CUSTOMERS_A_ROUND, (round + 1) * CUSTOMERS_A_ROUND)
    const served = [...this.#customers.slice(0, round * CUSTOMERS_A_ROUND), ...waiting]
    for (const death of DEATHS) {
      // One that came at a random moment may have come after the swap.
      if (this.#rows() < acquisitions) await this.#lifeUntil(death, served)
    }
    const counter = await this.#live('')
    const working = { done: false }
    const serving = this.#till.serveOn(counter, served, APPROVALS_A_LIFE, () => working.done)
    await this.#until(() => this.#rows() >= acquisitions, 'the copy never came')
    working.done = true
    await serving
    await this.#remember(counter, served, acquisitions)
    await this.#kill('ready')
    const left = readdirSync(this.#counterDir).filter((name) => /^replica\.db\.|\.new/.test(name))
    if (left.length > 0) this.#till.wrong.push(`left behind: ${left.join(', ')}`)
    this.#say(`round ${round + 1}: ${this.#rows()} coupons in the copy; ${JSON.stringify(this.#kills)}`)
  }

  /** One process of the counter, which serves until it dies as is said. */
  async #lifeUntil(death: (typeof DEATHS)[number], customers: readonly Customer[]): Promise<void> {
    const isPhase = death === 'downloading' || death === 'checking'
    const counter = await this.#live(isPhase ? '' : death)
    const serving = this.#till.serveOn(counter, customers, APPROVALS_A_LIFE, () => false)
    if (isPhase || death.startsWith('append')) {
      // What an earlier life has fetched is not fetched again: there may be nothing left to download.
      const seen = await counter.until(
        ({ replica }) => replica.phase === death || replica.phase === 'checking',
        PATIENCE_MS,
      )
      if (!seen && !counter.dead) throw new Error(`the counter was never ${death}: ${counter.errors}`)
      if (isPhase) await sleep(this.#random.int(death === 'checking' ? 250 : 1_500))
      await counter.kill()
    }
    await this.#until(() => counter.dead, `no death at ${death}`)
    await serving
    this.#count(death, counter)
  }

  async #kill(when: string): Promise<void> {
    const counter = this.#counter
    if (!counter) return
    await counter.kill()
    this.#count(when, counter)
  }

  #count(death: string, counter: CounterRig): void {
    this.#kills[death] = (this.#kills[death] ?? 0) + 1
    for (const state of counter.states) note(state, this.#shown)
    const [first] = counter.states.filter(({ replica }) => replica.phase === 'downloading' && replica.total !== null)
    if (first && first.replica.received > 0 && first.replica.total !== first.replica.received) this.#resumed += 1
    this.#counter = null
  }

  /** A new process on the counter's files, with its cashier signed in. */
  async #live(crash: string, enrolCode?: string): Promise<CounterRig> {
    this.#proxy.plan(enrolCode ? () => ({ kind: 'pass' }) : (exchange) => this.#fault(exchange.path))
    this.#isReachable = this.#random.chance(0.4)
    const code = enrolCode ? { enrolCode } : {}
    const common = { serverUrl: this.#proxy.url, dataDir: this.#counterDir, entry: ENTRY }
    const counter = new CounterRig({ ...common, env: { SNAPSHOT_CRASH: crash }, ...code })
    this.#counter = counter
    const isNew = enrolCode !== undefined
    const known = await counter.until(
      ({ operators, replica }) => operators.length > 0 && (!isNew || replica.phase === 'ready'),
      PATIENCE_MS,
    )
    if (!known && !counter.dead) throw new Error(`the counter does not start: ${counter.failure} ${counter.errors}`)
    const [cashier] = loadSampleChain().operators.filter(({ role }) => role === 'cashier')
    if (!cashier) throw new Error('the sample chain has no cashier')
    if (known && !known.cashier) {
      await counter.send({ type: 'signIn', operatorId: cashier.operatorId, pin: cashier.pin })
    }
    return counter
  }

  /** The line for the copy is slow and cut; nobody hears of events; a cashier's questions are answered in some lives. */
  #fault(path: string): Fault {
    if (path.startsWith('/v1/sync/snapshot')) {
      if (this.#random.chance(0.4)) {
        this.#cuts += 1
        return { kind: this.#random.pick(['dropRequest', 'cutAnswer'] as const) }
      }
      return { kind: 'delayAnswer', ms: 100 + this.#random.int(600) }
    }
    if (path.startsWith('/v1/sync/changes')) return { kind: 'pass' }
    if (path.startsWith('/v1/sync/')) return { kind: 'dropRequest' }
    return { kind: this.#isReachable ? 'pass' : 'dropRequest' }
  }

  /** With nothing but the copy: who has used a coupon is known, who has not gets it, and who arrived is there. */
  async #remember(counter: CounterRig, served: readonly Customer[], acquisitions: number): Promise<void> {
    this.#proxy.plan(({ path }) => ({ kind: path.startsWith('/v1/sync/changes') ? 'pass' : 'dropRequest' }))
    for (const customer of served) {
      const came = await this.#till.serve(counter, customer, false)
      const expected = { used: 'refused', fresh: 'offered', unsure: came }[customer.state]
      if (came !== expected) this.#till.wrong.push(`${customer.acquisitionId} is ${customer.state}, and was ${came}`)
      if (customer.state === 'used') this.#remembered += 1
    }
    const holders = acquisitions / CAMPAIGNS_OF_NEWCOMERS
    for (let n = 0; n < 20; n++) {
      const visit = await this.#till.tap(counter, cardOf('newcomer', this.#random.int(holders)))
      const offered = visit?.phase === 'offers' && visit.source === 'replica' ? visit.usable.length : 0
      if (offered < CAMPAIGNS_OF_NEWCOMERS) this.#till.wrong.push(`somebody who arrived has ${offered} coupons`)
    }
  }

  async #settle(): Promise<void> {
    const counter = await this.#live('')
    this.#proxy.plan(() => ({ kind: 'pass' }))
    const sent = await counter.until(
      ({ waiting, connection }) => waiting.count === 0 && connection.mode === 'online',
      PATIENCE_MS,
    )
    if (!sent) throw new Error(`not settled: ${JSON.stringify(counter.state.waiting)}`)
    await this.#until(() => readOpenIntents(join(this.#counterDir, 'journal.db')) === 0, 'an intent stays open')
    for (const state of counter.states) note(state, this.#shown)
    await counter.stop()
  }

  #rows(): number {
    const sql = 'SELECT count(*) AS rows FROM acquisition'
    return firstRow<{ rows: number }>(join(this.#counterDir, 'replica.db'), sql).rows
  }

  async #until(holds: () => boolean, otherwise: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(otherwise)
      await sleep(100)
    }
  }
}
