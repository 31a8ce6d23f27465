import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import type { FaultProxy } from '../rigs/faultProxy.ts'
import { usesLeft } from './counterLedger.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoServer, type DemoSite, startDemoSite } from './demoServer.ts'

const chain = loadSampleChain()
let site: DemoSite
let dir: string
let server: DemoServer
let proxy: FaultProxy
let counter: CounterRig
let counters = 0

beforeAll(async () => {
  site = await startDemoSite()
  ;({ dir, server, proxy } = site)
})
afterAll(() => site.close())

const newCounter = async () => {
  const dataDir = join(dir, `counter-${counters++}`)
  return new CounterRig({ serverUrl: proxy.url, dataDir, enrolCode: await server.announce() })
}
const basketId = () => counter.state.simulator?.baskets[0]?.basketId ?? ''

/** A customer each test has for itself, with coupons that give something on the first basket. */
const customers = chain.holders.filter(
  ({ media }) => media[0] && !media[0].blocked && !media[0].note.includes('4-byte'),
)
let nextCustomer = 0
const visit = async (): Promise<RawMedium> => {
  for (;;) {
    const medium = customers[nextCustomer++]?.media[0]
    if (!medium) throw new Error('no sample customer is left')
    await counter.send({ type: 'useSampleBasket', basketId: basketId() })
    counter.tap(medium)
    const shown = await counter.until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused')
    if (shown?.visit.phase === 'offers' && (shown.visit.best[0]?.totalDiscount ?? 0) > 0) return medium
    await counter.send({ type: 'nextCustomer' })
  }
}

/** A coupon of the offers' best combination that can be used just once more. */
const lastUse = ({ visit }: CounterState): string | undefined => {
  if (visit.phase !== 'offers') return undefined
  const single = new Set(visit.usable.filter((coupon) => coupon.usesLeft === 1).map((coupon) => coupon.acquisitionId))
  return visit.best[0]?.lines.find(({ acquisitionId }) => single.has(acquisitionId))?.acquisitionId
}

beforeEach(async () => {
  proxy.plan(() => ({ kind: 'pass' }))
  counter = await newCounter()
  expect(await counter.signIn()).not.toBeNull()
})
afterEach(async () => {
  expect(counter.errors.split('\n').filter((text) => /error/i.test(text))).toEqual([])
  await counter.stop()
})

describe('the main job, against the real server', () => {
  it('tap, coupons, approve: confirmed, and the server holds exactly what was shown', async () => {
    await visit()
    await counter.send({ type: 'approve', select: 'best' })
    const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
    const { visit: shown } = state!
    if (shown.phase !== 'approved') throw new Error(JSON.stringify(shown))
    expect(shown.certainty).toBe('confirmed')
    expect(shown.lines.every(({ title }) => title !== '')).toBe(true)
    const { body } = await server.get(`/v1/redemptions/${shown.redemptionId}`)
    expect(body).toMatchObject({ status: 'approved', state: 'active', totalDiscount: shown.totalDiscount })
  })

  it('the reader that read the card tells the customer: yes at the approval, no at a refusal', async () => {
    counter.plugReaderWithBuzzer()
    const told = () => counter.told.filter(({ type }) => type === 'indicate')
    await visit()
    expect(told()).toEqual([])
    await counter.send({ type: 'approve', select: 'best' })
    await expect.poll(told).toEqual([{ type: 'indicate', readerId: 'rig', outcome: 'accepted' }])
    await counter.send({ type: 'nextCustomer' })
    counter.tap({ type: 'nfc-uid', identifier: '08123456' })
    await expect.poll(told).toHaveLength(2)
    expect(told()[1]).toEqual({ type: 'indicate', readerId: 'rig', outcome: 'refused' })
  })

  it('undo gives everything back', async () => {
    await visit()
    await counter.send({ type: 'approve', select: 'best' })
    const approved = await counter.until(({ visit }) => visit.phase === 'approved')
    const redemptionId = approved?.visit.phase === 'approved' ? approved.visit.redemptionId : ''
    expect(await counter.send({ type: 'undo', redemptionId, reason: 'wrong customer' })).toEqual({ ok: true })
    expect((await counter.until(({ visit }) => visit.phase === 'undone'))?.visit).toMatchObject({
      certainty: 'confirmed',
    })
    expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toMatchObject({ state: 'rolled_back' })
    // The journal's event of the approval arrives later and must not apply it again.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toMatchObject({ state: 'rolled_back' })
  })

  it('one tap approves at once, and a second tap finds it used', async () => {
    const medium = await visit()
    const shown = counter.state.visit
    const offered = shown.phase === 'offers' ? shown.usable : []
    const before = new Map(offered.map(({ acquisitionId, usesLeft }) => [acquisitionId, usesLeft]))
    await counter.send({ type: 'nextCustomer' })
    await counter.send({ type: 'setOneTap', oneTap: true })
    await counter.send({ type: 'useSampleBasket', basketId: basketId() })
    counter.tap(medium)
    const first = await counter.until(({ visit }) => visit.phase === 'approved')
    if (first?.visit.phase !== 'approved') throw new Error(JSON.stringify(counter.state.visit))
    expect(first.visit.certainty).toBe('confirmed')
    const used = first.visit.lines.map(({ acquisitionId }) => acquisitionId)
    await counter.send({ type: 'setOneTap', oneTap: false })
    await counter.send({ type: 'useSampleBasket', basketId: basketId() })
    counter.tap(medium)
    const again = await counter.until(({ visit }) => visit.phase === 'offers')
    if (again?.visit.phase !== 'offers') throw new Error(JSON.stringify(counter.state.visit))
    const left = new Map(again.visit.usable.map(({ acquisitionId, usesLeft }) => [acquisitionId, usesLeft]))
    expect(used.filter((id) => !before.has(id))).toEqual([])
    expect(used.filter((id) => (left.get(id) ?? 0) >= (before.get(id) ?? 1))).toEqual([])
  })

  it.each([
    ['an unknown card', { type: 'nfc-uid', identifier: '04aabbccddeeff' }, 'medium_unknown'],
    ['a random UID', { type: 'nfc-uid', identifier: '08112233' }, 'medium_unstable'],
    ['a UID that is not unique', { type: 'nfc-uid', identifier: '11223344' }, 'medium_not_unique'],
  ] as const)('%s ends in its name', async (_what, medium, reason) => {
    counter.tap(medium)
    const state = await counter.until(({ visit }) => visit.phase === 'refused')
    expect(state?.visit).toMatchObject({ reason, reasonGroup: 'medium' })
  })

  it('a malformed command is answered and changes nothing', async () => {
    const before = counter.state.visit
    counter.sendRaw({ requestId: 999_999, command: { type: 'approve', select: [] } })
    counter.sendRaw('nonsense')
    counter.sendRaw({ requestId: 'x' })
    expect(await counter.send({ type: 'approve', select: 'best' })).toMatchObject({ ok: false, reason: 'in_progress' })
    expect(counter.state.visit).toEqual(before)
  })
})

describe('offline', () => {
  it('a network that swallows the request: stored, then confirmed with the same id', async () => {
    await visit()
    proxy.plan(() => ({ kind: 'dropRequest' }))
    await counter.send({ type: 'approve', select: 'best' })
    const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
    expect(state?.visit).toMatchObject({ phase: 'approved', certainty: 'stored' })
    expect(state?.connection.mode).toBe('offline')
    expect(state?.waiting.count).toBe(1)
    proxy.plan(() => ({ kind: 'pass' }))
    expect(
      await counter.until(({ waiting, connection }) => waiting.count === 0 && connection.mode === 'online'),
    ).not.toBeNull()
    expect(counter.state.waiting).toEqual({ count: 0, value: 0, forced: 0, quarantined: 0 })
    const redemptionId = state?.visit.phase === 'approved' ? state.visit.redemptionId : ''
    expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toMatchObject({
      status: 'approved',
      state: 'active',
    })
  })

  it('an answer that is lost after the commit: one redemption, what was shown', async () => {
    await visit()
    proxy.plan(({ path }) => (path === '/v1/redemptions' ? { kind: 'loseAnswer' } : { kind: 'pass' }))
    await counter.send({ type: 'approve', select: 'best' })
    const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
    if (state?.visit.phase !== 'approved') throw new Error(JSON.stringify(state?.visit))
    expect(await counter.until(({ waiting }) => waiting.count === 0)).not.toBeNull()
    expect(counter.state.waiting.forced).toBe(0)
    expect((await server.get(`/v1/redemptions/${state.visit.redemptionId}`)).body).toMatchObject({
      state: 'active',
      totalDiscount: state.visit.totalDiscount,
    })
  })

  it('a captive portal is no server: offline, and nothing is believed', async () => {
    await visit()
    proxy.plan(() => ({ kind: 'captivePortal' }))
    await counter.send({ type: 'approve', select: 'best' })
    const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
    expect(state?.visit).toMatchObject({ phase: 'approved', certainty: 'stored' })
  })

  it('a stored approval tapped again is used, and an undo takes it back everywhere', async () => {
    const medium = await visit()
    proxy.plan(() => ({ kind: 'dropRequest' }))
    await counter.send({ type: 'approve', select: 'best' })
    const approved = await counter.until(({ visit }) => visit.phase === 'approved')
    if (approved?.visit.phase !== 'approved') throw new Error(JSON.stringify(approved?.visit))
    const { redemptionId, lines } = approved.visit
    expect(await counter.send({ type: 'undo', redemptionId, reason: 'changed mind' })).toEqual({ ok: true })
    expect(counter.state.waiting.count).toBe(0)
    await counter.send({ type: 'useSampleBasket', basketId: basketId() })
    counter.tap(medium)
    const again = await counter.until(({ visit }) => visit.phase === 'offers')
    if (again?.visit.phase !== 'offers') throw new Error(JSON.stringify(again?.visit))
    const usable = again.visit.usable.map(({ acquisitionId }) => acquisitionId)
    expect(usable).toEqual(expect.arrayContaining(lines.map(({ acquisitionId }) => acquisitionId)))
    proxy.plan(() => ({ kind: 'pass' }))
    await expect
      .poll(async () => (await server.get(`/v1/redemptions/${redemptionId}`)).body, { timeout: 15_000 })
      .toMatchObject({
        state: 'rolled_back',
      })
  })

  it('a card that the copy does not know is unknown_offline, never invalid', async () => {
    proxy.plan(() => ({ kind: 'dropRequest' }))
    counter.tap({ type: 'nfc-uid', identifier: '04aabbccddeeff' })
    expect((await counter.until(({ visit }) => visit.phase === 'refused'))?.visit).toMatchObject({
      reason: 'unknown_offline',
    })
  })

  it('the delayed request: what was shown offline stands, the late request consumes nothing', async () => {
    await visit()
    proxy.plan(({ path }) => (path === '/v1/redemptions' ? { kind: 'holdRequest' } : { kind: 'pass' }))
    await counter.send({ type: 'approve', select: 'best' })
    const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
    if (state?.visit.phase !== 'approved') throw new Error(JSON.stringify(state?.visit))
    expect(state.visit.certainty).toBe('stored')
    expect(await counter.until(({ waiting }) => waiting.count === 0, 50_000)).not.toBeNull()
    const { redemptionId, totalDiscount } = state.visit
    const settled = (await server.get(`/v1/redemptions/${redemptionId}`)).body
    expect(settled).toMatchObject({ state: 'active', totalDiscount })
    proxy.release()
    await expect.poll(() => proxy.pending(), { timeout: 15_000 }).toBe(0)
    expect((await server.get(`/v1/redemptions/${redemptionId}`)).body).toEqual(settled)
  })
})

it('the delayed request of a stale copy: its coupons stand as forced, and the late request takes no others', async () => {
  let medium = await visit()
  while (!lastUse(counter.state)) {
    await counter.send({ type: 'nextCustomer' })
    medium = await visit()
  }
  const before = await usesLeft(server, medium)
  // The copy stays as it is while the server still answers: its changes come too late to matter.
  proxy.plan(({ path }) => {
    if (path.startsWith('/v1/sync/changes')) return { kind: 'delayAnswer', ms: 14_000 }
    return path === '/v1/redemptions' ? { kind: 'holdRequest' } : { kind: 'pass' }
  })
  await new Promise((resolve) => setTimeout(resolve, 3_500))
  const taken = lastUse(counter.state) ?? ''
  const objective = {
    currency: 'JPY',
    items: counter.state.purchase.lines.map(({ label: _, ...item }) => item),
    total: counter.state.purchase.total,
  }
  const elsewhere = { redemptionId: uuidv7(), medium: { type: medium.type, identifier: medium.identifier }, objective }
  const other = await server.post('/v1/redemptions', { ...elsewhere, select: { acquisitionIds: [taken] } })
  expect(other.body).toMatchObject({ status: 'approved' })

  await counter.send({ type: 'approve', select: 'best' })
  const state = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused')
  if (state?.visit.phase !== 'approved') throw new Error(JSON.stringify(state?.visit))
  expect(state.visit.certainty).toBe('stored')
  const lines = state.visit.lines.map(({ acquisitionId }) => acquisitionId)
  expect(lines).toContain(taken)
  expect(await counter.until(({ waiting }) => waiting.count === 0 && waiting.forced === 1, 50_000)).not.toBeNull()
  expect(counter.state.notices).toMatchObject([{ code: 'event_forced', params: { reason: 'already_used' } }])
  expect(proxy.pending()).toBe(1)
  const settled = (await server.get(`/v1/redemptions/${state.visit.redemptionId}`)).body
  expect(settled).toMatchObject({ state: 'active', totalDiscount: state.visit.totalDiscount })
  proxy.release()
  await expect.poll(() => proxy.pending(), { timeout: 15_000 }).toBe(0)
  expect((await server.get(`/v1/redemptions/${state.visit.redemptionId}`)).body).toEqual(settled)
  const after = await usesLeft(server, medium)
  for (const [acquisitionId, left] of before) {
    if (!lines.includes(acquisitionId)) expect([acquisitionId, after.get(acquisitionId)]).toEqual([acquisitionId, left])
  }
})
