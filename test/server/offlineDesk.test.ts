import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OfflineDeskAction } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'

const chain = loadSampleChain()
const { operatorId, pin } = chain.operators.find(({ role }) => role === 'manager') ?? { operatorId: '', pin: '' }
let site: DemoSite
let counter: CounterRig
let dataDir: string
let counters = 0

beforeAll(async () => {
  site = await startDemoSite()
})
afterAll(() => site.close())
afterEach(async () => {
  site.proxy.plan(() => ({ kind: 'pass' }))
  await counter.stop()
})

const start = async (enrolCode?: string) => {
  counter = new CounterRig({ serverUrl: site.proxy.url, dataDir, ...(enrolCode === undefined ? {} : { enrolCode }) })
  // The whole copy: what is not in it yet is nobody's coupon here.
  expect(await until(({ connection }) => connection.replicaAsOf !== null)).not.toBeNull()
  expect(await counter.signIn()).not.toBeNull()
}
/** Real processes on a machine that others use too. */
const until = (holds: (state: CounterState) => boolean) => counter.until(holds, 60_000)
const newCounter = async () => {
  dataDir = join(site.dir, `desk-${counters++}`)
  await start(await site.server.announce())
}
const desk = (action: OfflineDeskAction) => counter.send({ type: 'offlineDesk', action })
const atTheDesk = async (...actions: OfflineDeskAction[]) => {
  expect(await desk({ do: 'open', operatorId, pin })).toEqual({ ok: true })
  for (const action of actions) expect(await desk(action)).toEqual({ ok: true })
}
const forceOffline: OfflineDeskAction = {
  do: 'override',
  kind: 'force_offline',
  minutes: 60,
  reason: 'the server is slow',
  raisePercent: null,
}

/** The offers for a customer of the sample who has some, with what the basket costs as the wire says it. */
const customers = chain.holders.filter(
  ({ media }) => media[0] && !media[0].blocked && !media[0].note.includes('4-byte'),
)
let nextCustomer = 0
const visit = async (): Promise<RawMedium> => {
  for (;;) {
    const medium = customers[nextCustomer++]?.media[0]
    if (!medium) throw new Error('no sample customer is left')
    await counter.send({ type: 'useSampleBasket', basketId: chain.baskets[0]?.basketId ?? '' })
    counter.tap(medium)
    const shown = await until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused')
    if (shown?.visit.phase === 'offers' && (shown.visit.best[0]?.totalDiscount ?? 0) > 0) return medium
    await counter.send({ type: 'nextCustomer' })
  }
}
const approve = async () => {
  await counter.send({ type: 'approve', select: 'best' })
  const state = await until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
  if (state?.visit.phase !== 'approved') throw new Error(JSON.stringify(state?.visit))
  return state.visit
}

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

describe('the manager’s override, against the real server', () => {
  it('works without the server though it answers, survives kill -9, and is given back', async () => {
    await newCounter()
    await atTheDesk(forceOffline, { do: 'close' })
    const forced = await until(({ connection }) => connection.cause === 'forced')
    expect(forced?.connection.mode).toBe('offline')
    expect(forced?.offline.overrides).toMatchObject([{ kind: 'force_offline', reason: 'the server is slow' }])
    await visit()
    expect((await approve()).certainty).toBe('stored')
    // What was decided alone is settled all the same.
    expect(await until(({ waiting }) => waiting.count === 0)).not.toBeNull()

    await counter.kill()
    counter = new CounterRig({ serverUrl: site.proxy.url, dataDir })
    const risen = await counter.until(
      ({ operators, enrolment }) => operators.length > 0 && enrolment.status === 'enrolled',
    )
    expect(risen?.connection).toMatchObject({ mode: 'offline', cause: 'forced' })
    expect(risen?.offline.overrides).toMatchObject([{ kind: 'force_offline', name: 'Kaori Mizuno' }])
    const cashier = risen?.operators[0]?.operatorId ?? ''
    const signedIn = await counter.send({
      type: 'signIn',
      operatorId: cashier,
      pin: chain.operators.find((one) => one.operatorId === cashier)?.pin ?? '',
    })
    expect(signedIn).toEqual({ ok: true })
    await atTheDesk({ do: 'endOverride', kind: 'force_offline' }, { do: 'close' })
    const back = await until(({ connection }) => connection.mode === 'online')
    expect(back?.offline.overrides).toEqual([])
  })

  it('counts what is left down with every approval that the server has not seen', async () => {
    await newCounter()
    site.proxy.plan(({ path }) => ({ kind: path.includes('/sync/events') ? 'dropRequest' : 'pass' }))
    await atTheDesk(forceOffline, { do: 'close' })
    const before = counter.state.offline
    await visit()
    const { totalDiscount } = await approve()
    const after = await until(({ offline }) => offline.storedCount.used > before.storedCount.used)
    expect(after?.offline).toMatchObject({
      storedCount: { used: before.storedCount.used + 1, limit: before.storedCount.limit },
      storedValue: { used: before.storedValue.used + totalDiscount, limit: before.storedValue.limit },
    })
    await atTheDesk({ do: 'override', kind: 'stored_count', minutes: 10, reason: 'queue', raisePercent: 50 })
    const raised = await until(({ offline }) => offline.storedCount.limit > before.storedCount.limit)
    expect(raised?.offline.storedCount.limit).toBe(before.storedCount.limit * 1.5)
    const isQueued = (state: CounterState) =>
      state.offlineDesk?.queue.rows.some(({ type, value }) => type === 'redemption' && value === totalDiscount) ?? false
    expect(await until(isQueued)).not.toBeNull()
  })
})

describe('a conflict, against the real server', () => {
  it('is looked at and resolved by the manager at the till, and the counter learns of it', async () => {
    await newCounter()
    // Nothing of what others do arrives here, nor what is done here there.
    site.proxy.plan(({ path }) => ({ kind: path.includes('/sync/') ? 'dropRequest' : 'pass' }))
    await atTheDesk(forceOffline, { do: 'close' })
    const medium = await visit()
    const objective = {
      currency: counter.state.purchase.currency,
      items: counter.state.purchase.lines.map(({ label: _, ...item }) => item),
      total: counter.state.purchase.total,
    }
    const elsewhere = {
      redemptionId: uuidv7(),
      medium: { type: medium.type, identifier: medium.identifier },
      objective,
      select: 'best',
    }
    expect((await site.server.post('/v1/redemptions', elsewhere)).body).toMatchObject({ status: 'approved' })
    const { redemptionId } = await approve()
    site.proxy.plan(() => ({ kind: 'pass' }))
    expect(await until(({ waiting }) => waiting.forced === 1)).not.toBeNull()

    await atTheDesk()
    const listed = await until(({ offlineDesk }) => offlineDesk?.list != null)
    const mine = listed?.offlineDesk?.list?.conflicts.filter((one) => one.redemptionId === redemptionId) ?? []
    expect(mine.length).toBeGreaterThan(0)
    expect(listed?.offlineDesk?.own).toMatchObject([{ kind: 'forced', redemptionId, outcome: null }])
    for (const { conflictId } of mine) {
      await desk({ do: 'look', conflictId })
      const looked = await until(({ offlineDesk }) => offlineDesk?.story?.conflictId === conflictId)
      expect(looked?.offlineDesk?.story?.server.uses).toMatchObject([{ redemptionId: elsewhere.redemptionId }])
      expect(await desk({ do: 'resolve', conflictId, resolution: 'accepted', reason: 'seen at both tills' })).toEqual({
        ok: true,
      })
    }
    const resolved = await until(({ waiting }) => waiting.forced === 0)
    expect(resolved?.offlineDesk?.own).toMatchObject([
      { redemptionId, outcome: 'accepted', by: 'Kaori Mizuno', why: 'seen at both tills' },
    ])
  })
})
