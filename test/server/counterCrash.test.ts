import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawMedium } from '../../core/media/medium.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import type { Fault, FaultProxy } from '../rigs/faultProxy.ts'
import { seededRandom } from '../rigs/seededRandom.ts'
import { counterLedger, expectBooksToAgree, LINES, pagesOf, seenOnScreen, usesLeft } from './counterLedger.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoServer, type DemoSite, startDemoSite } from './demoServer.ts'

const ENTRY = 'test/server/crashingCounter.ts'

/** A long run names them: `CRASH_SEED=7 CRASH_ROUNDS=200`. */
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 12)

let site: DemoSite
let dir: string
let server: DemoServer
let proxy: FaultProxy

beforeAll(async () => {
  site = await startDemoSite()
  ;({ dir, server, proxy } = site)
})
afterAll(() => site.close())

const media: RawMedium[] = loadSampleChain()
  .holders.flatMap((holder) => holder.media.slice(0, 1))
  .filter(({ blocked, type, identifier }) => !blocked && !(type === 'nfc-uid' && identifier.length === 8))
  .map(({ type, identifier }) => ({ type, identifier }))
let nextCustomer = 0

/** Customers with something to use, each for one test only. */
async function newCustomers(count: number): Promise<Map<RawMedium, Map<string, number>>> {
  const customers = new Map<RawMedium, Map<string, number>>()
  while (customers.size < count) {
    const medium = media[nextCustomer++ % media.length]!
    const left = await usesLeft(server, medium)
    if (left.size > 0) customers.set(medium, left)
  }
  return customers
}

/** Tap, approve; with `undo` take it back. Ends early when the counter dies. */
async function serve(counter: CounterRig, medium: RawMedium, undo: boolean): Promise<void> {
  await counter.send({ type: 'nextCustomer' })
  await counter.send({ type: 'setPurchase', lines: [...LINES] })
  counter.tap(medium)
  await counter.until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused')
  if ((await counter.send({ type: 'approve', select: 'best' }))?.ok !== true) return
  const ended = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
  if (!undo || ended?.visit.phase !== 'approved') return
  await counter.send({ type: 'undo', redemptionId: ended.visit.redemptionId, reason: 'test' })
}

/** Starts the counter again on a healthy network and waits until its journal has nothing left to do. */
async function recover(dataDir: string): Promise<CounterRig> {
  proxy.plan(() => ({ kind: 'pass' }))
  await expect.poll(() => proxy.pending(), { timeout: 20_000 }).toBe(0)
  const counter = new CounterRig({ serverUrl: proxy.url, dataDir })
  await counter.until(({ connection }) => connection.mode === 'online')
  await expect.poll(() => counterLedger(dataDir).unfinished, { timeout: 30_000, interval: 100 }).toBe(0)
  return counter
}

const ofRedemptions = (path: string): boolean => path.startsWith('/v1/redemptions')

/** Networks, and at which crossings a short run is killed on each: around the request, the decision, the screen, the undo. */
const NETWORKS: readonly { name: string; fault: (path: string) => Fault; crossings: readonly number[] }[] = [
  { name: 'a healthy network', fault: () => ({ kind: 'pass' }), crossings: [2, 4, 5, 8, 11] },
  {
    name: 'lost answers',
    fault: (path) => (ofRedemptions(path) ? { kind: 'loseAnswer' } : { kind: 'pass' }),
    crossings: [3, 4, 8],
  },
  {
    name: 'lost requests',
    fault: (path) => (ofRedemptions(path) ? { kind: 'dropRequest' } : { kind: 'pass' }),
    crossings: [4, 5],
  },
  {
    name: 'late requests',
    fault: (path) => (path === '/v1/redemptions' ? { kind: 'delayRequest', ms: 4_000 } : { kind: 'pass' }),
    crossings: [4],
  },
]
/** One visit with an undo has sixteen everywhere, and more where something is asked for again. */
const EVERY_CROSSING = Array.from({ length: 16 }, (_, index) => index + 1)

describe('killed at a crossing between disk and server', () => {
  for (const { name: network, fault, crossings } of NETWORKS) {
    it.each(process.env.CRASH_ROUNDS ? EVERY_CROSSING : crossings)(
      `${network}, crossing %i: the books agree`,
      async (crashAt) => {
        const customers = await newCustomers(1)
        const dataDir = join(dir, `${network.replace(' ', '-')}-${crashAt}`)
        const options = { serverUrl: proxy.url, dataDir, entry: ENTRY }
        proxy.plan(() => ({ kind: 'pass' }))
        const counter = new CounterRig({
          ...options,
          enrolCode: await server.announce(),
          env: { CRASH_AT: String(crashAt) },
        })
        expect(await counter.signIn()).not.toBeNull()
        proxy.plan(({ path }) => fault(path))
        for (const medium of customers.keys()) await serve(counter, medium, true)
        // Not every crossing is on the way of one visit: what is sent later comes to the rest of them.
        await counter.until(() => false, 3_000)
        expect(counter.dead).toBe(true)
        const seen = seenOnScreen(counter.states)

        const again = await recover(dataDir)
        const ledger = counterLedger(dataDir)
        expect([...seen.approved].filter((redemptionId) => !ledger.shown.has(redemptionId))).toEqual([])
        expect([...seen.undone].filter((redemptionId) => !ledger.undone.has(redemptionId))).toEqual([])
        await expectBooksToAgree(server, ledger, [...customers.keys()], customers)
        expect(again.state.waiting).toMatchObject({ count: 0, forced: 0, quarantined: 0 })
        await again.stop()
      },
    )
  }
})

it('an approval that the cashier never saw is taken back at the next start, and the cashier is told', async () => {
  const customers = await newCustomers(1)
  const dataDir = join(dir, 'never-shown')
  proxy.plan(() => ({ kind: 'pass' }))
  const options = { serverUrl: proxy.url, dataDir, entry: ENTRY, enrolCode: await server.announce() }
  // The fourth crossing: the server's approval has arrived, and is not on disk yet.
  const counter = new CounterRig({ ...options, env: { CRASH_AT: '4' } })
  expect(await counter.signIn()).not.toBeNull()
  for (const medium of customers.keys()) await serve(counter, medium, false)
  await counter.exited()
  expect(seenOnScreen(counter.states).approved.size).toBe(0)
  const [redemptionId] = counterLedger(dataDir).intents
  expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toMatchObject({
    status: 'approved',
    state: 'active',
  })

  const again = await recover(dataDir)
  expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toMatchObject({ state: 'rolled_back' })
  await again.until(({ notices }) => notices.length > 0)
  expect(again.state.notices).toMatchObject([{ code: 'rolled_back_at_start' }])
  await again.stop()
})

describe(`killed at random (CRASH_SEED=${SEED})`, () => {
  it(`${ROUNDS} customers, counter and server dying between them: the books agree`, { timeout: 600_000 }, async () => {
    const random = seededRandom(SEED)
    const customers = await newCustomers(Math.min(ROUNDS, 12))
    const dataDir = join(dir, 'random')
    const shownOnScreen = { approved: new Set<string>(), undone: new Set<string>() }
    proxy.plan(() => ({ kind: 'pass' }))
    let counter = new CounterRig({ serverUrl: proxy.url, dataDir, enrolCode: await server.announce() })
    expect(await counter.signIn()).not.toBeNull()
    proxy.plan(({ path }) => {
      const network = random.chance(0.5) ? NETWORKS[0]! : random.pick(NETWORKS)
      return network.fault(path)
    })
    const media = [...customers.keys()]
    for (let round = 0; round < ROUNDS; round++) {
      const killCounter = random.chance(0.6) ? setTimeout(() => void counter.kill(), random.int(400)) : null
      const serverDies = random.chance(0.2) ? server.killAndRestart() : null
      await serve(counter, random.pick(media), random.chance(0.3))
      if (killCounter) {
        clearTimeout(killCounter)
        await counter.kill()
      }
      await serverDies
      if (!counter.dead) continue
      collect(counter, shownOnScreen)
      counter = new CounterRig({ serverUrl: proxy.url, dataDir })
      await counter.until(({ operators }) => operators.length > 0)
      const cashier = counter.state.operators[0]
      await counter.send({ type: 'signIn', operatorId: cashier?.operatorId ?? '', pin: '1234' })
    }
    collect(counter, shownOnScreen)
    await counter.kill()

    const again = await recover(dataDir)
    const ledger = counterLedger(dataDir)
    expect([...shownOnScreen.approved].filter((redemptionId) => !ledger.shown.has(redemptionId))).toEqual([])
    expect([...shownOnScreen.undone].filter((redemptionId) => !ledger.undone.has(redemptionId))).toEqual([])
    expect(ledger.intents.length).toBeGreaterThan(ROUNDS / 3)
    await expectBooksToAgree(server, ledger, media, customers)
    await again.stop()
  })
})

function collect(counter: CounterRig, into: { approved: Set<string>; undone: Set<string> }): void {
  const { approved, undone } = seenOnScreen(counter.states)
  for (const redemptionId of approved) into.approved.add(redemptionId)
  for (const redemptionId of undone) into.undone.add(redemptionId)
}

describe('a disk that fills', () => {
  it('storage_failed by name, nothing approved, and nothing left behind on the server', async () => {
    const customers = await newCustomers(1)
    const [medium] = customers.keys()
    const dataDir = join(dir, 'full')
    proxy.plan(() => ({ kind: 'pass' }))
    const first = new CounterRig({ serverUrl: proxy.url, dataDir, enrolCode: await server.announce() })
    expect(await first.signIn()).not.toBeNull()
    await expect.poll(() => counterLedger(dataDir).unfinished, { timeout: 10_000 }).toBe(0)
    await first.stop()

    const reasons = new Set<string>()
    for (const spare of [1, 3]) {
      const pages = pagesOf(dataDir) + spare
      const counter = new CounterRig({
        serverUrl: proxy.url,
        dataDir,
        entry: ENTRY,
        env: { JOURNAL_PAGES: String(pages) },
      })
      await counter.until(({ operators }) => operators.length > 0)
      await counter.send({ type: 'signIn', operatorId: counter.state.operators[0]?.operatorId ?? '', pin: '1234' })
      for (let visits = 0; visits < 20 && !isFull(counter); visits++) await serve(counter, medium!, true)
      expect(isFull(counter)).toBe(true)
      expect(counter.errors).toBe('')
      for (const { visit } of counter.states) if (visit.phase === 'refused') reasons.add(visit.reason)
      const shown = counterLedger(dataDir).shown
      expect([...seenOnScreen(counter.states).approved].filter((redemptionId) => !shown.has(redemptionId))).toEqual([])
      await counter.kill()
    }
    expect([...reasons]).toContain('storage_failed')
    const again = await recover(dataDir)
    await expectBooksToAgree(server, counterLedger(dataDir), [medium!], customers)
    await again.stop()
  })
})

const isFull = (counter: CounterRig): boolean => counter.state.notices.some(({ code }) => code === 'storage_failed')
