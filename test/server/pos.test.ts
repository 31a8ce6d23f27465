import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawMedium } from '../../core/media/medium.ts'
import { usesLeft } from './counterLedger.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'
import { basketOf, customersOf, freePort, letIn, Pos, PosEar } from './posRig.ts'

let site: DemoSite
let port: number
let counter: CounterRig
let pos: Pos
let token: string
let customer: () => Promise<RawMedium>
let sales = 0

const newSale = () => `sale-${++sales}`

/** A sale up to its approval; what was approved. */
async function approvedSale(saleId = newSale()) {
  const put = await pos.put(saleId, 1, basketOf(5_000))
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  const medium = await customer()
  counter.tap(medium)
  expect(await counter.until(({ visit }) => visit.phase === 'offers')).not.toBeNull()
  expect((await counter.send({ type: 'approve', select: 'best' }))?.ok).toBe(true)
  const state = await counter.until(({ visit }) => visit.phase === 'approved')
  if (state?.visit.phase !== 'approved') throw new Error('nothing was approved')
  return { saleId, medium, total: state.visit.totalDiscount, redemptionId: state.visit.redemptionId }
}

const serverHas = async (redemptionId: string) => {
  const { status, body } = await site.server.get(`/v1/redemptions/${redemptionId}`)
  return status === 200 ? (body as { state: string }).state : null
}

beforeAll(async () => {
  site = await startDemoSite()
  customer = customersOf(site)
  port = await freePort()
  const dataDir = join(site.dir, 'till')
  counter = new CounterRig({
    serverUrl: site.proxy.url,
    dataDir,
    enrolCode: await site.server.announce(),
    posPort: port,
  })
  await counter.signIn()
  token = await letIn(counter, 'Till 1')
  pos = new Pos(port, token)
})
afterAll(async () => {
  await counter?.stop()
  await site?.close()
})

describe('a sale', () => {
  it('shows its basket on the counter, gets its discount on its lines, and ends', async () => {
    const ear = new PosEar(port, { type: 'hello', token })
    await expect.poll(() => ear.counter?.state).toBe('idle')
    const { saleId, total, redemptionId } = await approvedSale()
    expect(counter.state.purchase.sale).toMatchObject({ saleId, revision: 1, posName: 'Till 1' })
    await expect.poll(() => ear.sale(saleId)?.state).toBe('approved')
    const sale = await pos.sale(saleId)
    expect(sale).toMatchObject({ state: 'approved', amountDue: 5_000 - total, onScreen: true })
    expect(sale.discount).toMatchObject({ redemptionId, revision: 1, total })
    expect(sale.discount?.lines.reduce((sum, line) => sum + line.discount, 0)).toBe(total)
    const report = { total: 5_000 - total, discount: total }
    expect((await pos.complete(saleId, report)).body).toMatchObject({ state: 'completed', completed: report })
    expect((await pos.complete(saleId, report)).status).toBe(200)
    expect((await pos.complete(saleId, { ...report, discount: 0 })).body.reason).toBe('duplicate_request_differs')
    await expect.poll(() => counter.state.visit.phase).toBe('idle')
    expect(counter.state.purchase).toMatchObject({ lines: [], total: 0 })
    expect(await serverHas(redemptionId)).toBe('active')
    ear.close()
  })

  it('is told to the server with its number', async () => {
    const { saleId, redemptionId, total } = await approvedSale()
    await pos.complete(saleId, { total: 5_000 - total, discount: total })
    const { body } = await site.server.get(`/v1/redemptions/${redemptionId}`)
    expect(body).toMatchObject({ status: 'approved', totalDiscount: total })
  })

  it('that is voided gives its coupons back', async () => {
    const { saleId, medium, redemptionId } = await approvedSale()
    const answer = await pos.void(saleId)
    expect(answer.body).toMatchObject({ state: 'voided', discount: null })
    expect((await pos.void(saleId)).body).toEqual(answer.body)
    await expect.poll(() => serverHas(redemptionId)).toBe('rolled_back')
    expect((await usesLeft(site.server, medium)).size).toBeGreaterThan(0)
    expect((await pos.complete(saleId, { total: 0, discount: 0 })).body.reason).toBe('transaction_closed')
  })

  it('that is voided without the server gives them back when it is there again', async () => {
    const { saleId, redemptionId } = await approvedSale()
    site.proxy.plan(() => ({ kind: 'dropRequest' }))
    expect((await pos.void(saleId)).body).toMatchObject({ state: 'voided', discount: null })
    site.proxy.plan(() => ({ kind: 'pass' }))
    await expect.poll(() => serverHas(redemptionId), { timeout: 30_000 }).toBe('rolled_back')
    await counter.until(({ connection }) => connection.mode === 'online')
  })

  it('goes on with another basket after its coupons were given back', async () => {
    const { saleId, redemptionId } = await approvedSale()
    expect((await pos.put(saleId, 2, basketOf(5_000, 300))).body.reason).toBe('transaction_approved')
    expect((await pos.undo(saleId)).body).toMatchObject({ state: 'open', discount: null, revision: 1 })
    await expect.poll(() => serverHas(redemptionId)).toBe('rolled_back')
    expect((await pos.put(saleId, 2, basketOf(5_000, 300))).body).toMatchObject({ state: 'open', revision: 2 })
    await expect.poll(() => counter.state.purchase.total).toBe(5_300)
    await pos.void(saleId)
  })

  it('whose basket changes after coupons were shown has them decided anew', async () => {
    const saleId = newSale()
    await pos.put(saleId, 1, basketOf(200))
    counter.tap(await customer())
    await counter.until(({ visit }) => visit.phase === 'offers')
    await pos.put(saleId, 2, basketOf(5_000))
    const state = await counter.until(({ visit, purchase }) => visit.phase === 'offers' && purchase.total === 5_000)
    if (state?.visit.phase !== 'offers') throw new Error('no offers')
    const { best } = state.visit
    await counter.send({ type: 'approve', select: 'best' })
    await expect.poll(async () => (await pos.sale(saleId)).discount?.revision).toBe(2)
    expect((await pos.sale(saleId)).discount?.total).toBe(best[0]?.totalDiscount)
    await pos.void(saleId)
  })

  it('is closed with another discount only when the POS says that it was given', async () => {
    const { saleId, total } = await approvedSale()
    const answer = await pos.complete(saleId, { total: 5_000, discount: 0 })
    expect(answer).toMatchObject({ status: 409, body: { reason: 'discount_differs', params: { approved: total } } })
    const given = await pos.complete(saleId, { total: 5_000, discount: 0, acceptDifference: true })
    expect(given.body).toMatchObject({ state: 'completed', completed: { total: 5_000, discount: 0 } })
  })

  it('keeps the cashier from entering anything by hand, until it is over', async () => {
    const saleId = newSale()
    await pos.put(saleId, 1, basketOf(5_000))
    expect(await counter.send({ type: 'setPurchase', lines: [] })).toMatchObject({ ok: false, reason: 'basket_of_pos' })
    expect(await counter.send({ type: 'leavePos' })).toMatchObject({ ok: false })
    await counter.send({ type: 'nextCustomer' })
    await expect.poll(() => counter.state.purchase.sale?.saleId).toBe(saleId)
    await pos.void(saleId)
    await expect.poll(() => counter.state.purchase.sale).toBeUndefined()
  })
})

describe('a basket', () => {
  const refusedPut = async (saleId: string, revision: number, basket: unknown) => {
    const { status, body } = await pos.ask('PUT', `/transactions/${saleId}`, { revision, basket })
    return [status, body.reason]
  }

  it('that is older than the counter’s is refused by name, the same again is answered as before', async () => {
    const saleId = newSale()
    const first = await pos.put(saleId, 4, basketOf(5_000))
    expect((await pos.put(saleId, 4, basketOf(5_000))).body).toEqual(first.body)
    expect(await refusedPut(saleId, 4, basketOf(4_000))).toEqual([409, 'duplicate_request_differs'])
    const stale = await pos.put(saleId, 3, basketOf(4_000))
    expect(stale).toMatchObject({ status: 409, body: { reason: 'basket_revision_stale', params: { revision: 4 } } })
    expect((await pos.sale(saleId)).basket.total).toBe(5_000)
    await pos.void(saleId)
  })

  it.each([
    ['another currency', { ...basketOf(100), currency: 'EUR' }, 'currency_differs'],
    ['a total that is not the sum', { ...basketOf(100), total: 101 }, 'total_differs'],
    [
      'the same line twice',
      { ...basketOf(100), lines: [...basketOf(100).lines, ...basketOf(100).lines], total: 200 },
      'invalid_request',
    ],
    ['a negative amount', { ...basketOf(100), total: -1 }, 'invalid_request'],
    ['an amount beyond every currency', { ...basketOf(100), total: 1e300 }, 'invalid_request'],
    ['no lines at all', { currency: 'JPY', total: 0 }, 'invalid_request'],
    ['501 lines', basketOf(...Array.from({ length: 501 }, () => 1)), 'invalid_request'],
  ])('with %s is refused by name, and nothing changes', async (_what, basket, reason) => {
    const saleId = newSale()
    expect(await refusedPut(saleId, 1, basket)).toEqual([400, reason])
    expect((await pos.ask('GET', `/transactions/${saleId}`)).body.reason).toBe('transaction_unknown')
  })

  it('of another POS does not take the screen from a sale', async () => {
    const other = new Pos(port, await letIn(counter, 'Till 2'))
    const saleId = newSale()
    await pos.put(saleId, 1, basketOf(5_000))
    expect((await other.put('theirs', 1, basketOf(100))).body).toMatchObject({
      reason: 'counter_claimed',
      resultCode: 'E_CLAIMED',
    })
    expect((await other.ask('GET', `/transactions/${saleId}`)).body.reason).toBe('transaction_unknown')
    expect((await other.ask('GET', '/counter')).body).toMatchObject({ claimed: 'by_other', saleId: null })
    await pos.void(saleId)
    expect((await other.put('theirs', 1, basketOf(100))).status).toBe(200)
    await other.void('theirs')
  })

  it('does not take the place of a purchase that was entered by hand', async () => {
    const lines = basketOf(700).lines.map(({ discountable: _, ...line }) => line)
    await counter.send({ type: 'setPurchase', lines })
    expect((await pos.put(newSale(), 1, basketOf(100))).body.reason).toBe('counter_in_use')
    await counter.send({ type: 'nextCustomer' })
  })
})

describe('a POS that comes back', () => {
  it('finds its sales, and hears what it missed', async () => {
    const first = new PosEar(port, { type: 'hello', token })
    const { saleId, total } = await approvedSale()
    await expect.poll(() => first.sale(saleId)?.state).toBe('approved')
    const { cursor } = first.sale(saleId)!
    first.close()
    expect((await pos.ask('GET', '/transactions')).body.transactions).toMatchObject([{ saleId, state: 'approved' }])
    await pos.complete(saleId, { total: 5_000 - total, discount: total })

    const again = new PosEar(port, { type: 'hello', token, cursor })
    await expect.poll(() => again.sale(saleId)?.state).toBe('completed')
    again.close()
    const anew = new PosEar(port, { type: 'hello', token })
    await expect.poll(() => anew.counter?.state).toBe('idle')
    expect(anew.heard.filter(({ type }) => type === 'transaction')).toEqual([])
    anew.close()
  })

  it('is missed on the screen while it is away, and the cashier can go on', async () => {
    const ear = new PosEar(port, { type: 'hello', token })
    await expect.poll(() => ear.counter?.state).toBe('idle')
    const saleId = newSale()
    await pos.put(saleId, 1, basketOf(900))
    await expect.poll(() => counter.state.pos).toMatchObject({ name: 'Till 1', present: true, saleId })
    ear.close()
    expect(await counter.until((state) => state.pos?.present === false)).not.toBeNull()
    expect(await counter.send({ type: 'leavePos' })).toMatchObject({ ok: true })
    await expect.poll(() => counter.state.purchase.lines).toEqual([])
    // It is back, with more.
    expect((await pos.put(saleId, 2, basketOf(900, 100))).body).toMatchObject({ onScreen: true })
    await expect.poll(() => counter.state.purchase.total).toBe(1_000)
    await pos.void(saleId)
  })
})
