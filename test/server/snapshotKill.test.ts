import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawMedium } from '../../core/media/medium.ts'
import { accepted } from '../../core/outcome.ts'
import type { HolderSeed } from '../../server/store/couponStore.ts'
import { systemIds } from '../../server/system.ts'
import { type FaultProxy, startFaultProxy } from '../rigs/faultProxy.ts'
import { LINES } from './counterLedger.ts'
import { CounterRig } from './counterRig.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'

const ENTRY = 'test/server/crashingCounter.ts'
/** So many that a snapshot comes in several pieces and takes a moment to read. */
const OTHERS = 25_000
const CUSTOMERS = 3
/** Of what takes seconds where nothing else runs. */
const PATIENCE_MS = 240_000

let server: TestServer
let proxy: FaultProxy
let dir: string
let running: CounterRig | null = null
const customers: RawMedium[] = []

const start = (snapshotCrash = '', enrolCode?: string): CounterRig => {
  const env = { SNAPSHOT_CRASH: snapshotCrash }
  running = new CounterRig({
    serverUrl: proxy.url,
    dataDir: dir,
    entry: ENTRY,
    env,
    ...(enrolCode ? { enrolCode } : {}),
  })
  return running
}

function* others(campaignId: string): Generator<HolderSeed> {
  for (let n = 0; n < OTHERS; n++) {
    const key = Buffer.from(systemIds.randomBytes(32)).toString('hex')
    yield {
      holderId: uuidv7(),
      media: [{ medium: accepted({ type: 'qr' as const, keys: [{ v: 1, key }] }), blocked: false }],
      acquisitions: [{ acquisitionId: uuidv7(), campaignId }],
    }
  }
}

/** The copy's way is open; nobody hears what was approved, so every use is this counter's own account. */
const onlyTheCopy = () =>
  proxy.plan(({ path }) => (/^\/v1\/sync\/(snapshot|changes)/.test(path) ? { kind: 'pass' } : { kind: 'dropRequest' }))

async function serve(counter: CounterRig, medium: RawMedium) {
  await counter.send({ type: 'nextCustomer' })
  await counter.send({ type: 'setPurchase', lines: [...LINES] })
  counter.tap(medium)
  const found = await counter.until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused', PATIENCE_MS)
  return found?.visit
}

beforeAll(async () => {
  server = await testServer()
  proxy = await startFaultProxy(await server.app.listen({ host: '127.0.0.1', port: 0 }))
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-snapshot-kill-'))
  const campaignId = await server.campaign()
  for (let n = 0; n < CUSTOMERS; n++) {
    const medium = newMedium()
    await server.coupon(campaignId, medium)
    customers.push(medium)
  }
  await server.store.importHolders(others(campaignId), server.clock.now())

  const admin = server.operators.admin.token
  const { body } = await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'lane 1' }, admin)
  const counter = start('', body.code)
  const ready = await counter.until(
    ({ replica, operators }) => replica.phase === 'ready' && operators.length > 0,
    PATIENCE_MS,
  )
  expect(ready, counter.errors).not.toBeNull()
  const { operatorId } = server.operators.cashier
  expect(await counter.send({ type: 'signIn', operatorId, pin: '1234' })).toEqual({ ok: true })
  onlyTheCopy()
  for (const medium of customers) {
    expect(await serve(counter, medium)).toMatchObject({ phase: 'offers' })
    expect(await counter.send({ type: 'approve', select: 'best' })).toEqual({ ok: true })
    const given = await counter.until(
      ({ visit }) => visit.phase === 'approved' || visit.phase === 'refused',
      PATIENCE_MS,
    )
    expect(given?.visit).toMatchObject({ phase: 'approved', certainty: 'stored' })
  }
  await counter.kill()
}, 900_000)

afterAll(async () => {
  await running?.kill()
  await proxy?.close()
  await server?.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('a counter that is killed while a new copy comes', () => {
  it.each(['begin after', 'append after', 'check during', 'check after', 'install after'])(
    '%s: fetches it again or goes on, forgets no use of its own, and leaves nothing behind',
    async (moment) => {
      // A copy that was lost is fetched as a snapshot.
      for (const name of readdirSync(dir)) if (name.startsWith('replica.db')) rmSync(join(dir, name))
      const killed = start(moment)
      await expect.poll(() => killed.dead, { timeout: PATIENCE_MS }).toBe(true)

      const counter = start()
      const ready = await counter.until(
        ({ replica, operators }) => replica.phase === 'ready' && operators.length > 0,
        PATIENCE_MS,
      )
      expect(ready, counter.errors).not.toBeNull()
      const { operatorId } = server.operators.cashier
      if (!counter.state.cashier) await counter.send({ type: 'signIn', operatorId, pin: '1234' })
      for (const medium of customers) {
        const visit = await serve(counter, medium)
        expect(visit).toMatchObject({ phase: 'offers', source: 'replica', usable: [] })
        expect(visit?.phase === 'offers' && visit.unusable.map(({ reason }) => reason)).toEqual(['already_used'])
      }
      await counter.kill()
      const left = readdirSync(dir).filter((name) => /^replica\.db\.|\.new/.test(name))
      expect(left).toEqual([])
    },
    900_000,
  )
})
