import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawMedium } from '../../core/media/medium.ts'
import type { PosTransaction } from '../../core/pos/transaction.ts'
import { PosClient } from '../../packages/pos-client/index.ts'
import { counterLedger, expectBooksToAgree, usesLeft } from './counterLedger.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'
import { basketOf, customersOf, freePort, letIn } from './posRig.ts'

/*
 * A sale in six steps; before each of them, and in the middle of it, either side is killed. The POS that comes back knows its
 * number of the sale and nothing else. Nothing approved may be lost or consumed twice.
 */

let site: DemoSite
let port: number
let dataDir: string
let token: string
let nextCustomer: () => Promise<RawMedium>
let counter: CounterRig

async function customer(): Promise<{ medium: RawMedium; before: Map<string, number> }> {
  const medium = await nextCustomer()
  return { medium, before: await usesLeft(site.server, medium) }
}

const started = () => new CounterRig({ serverUrl: site.proxy.url, dataDir, posPort: port })

beforeAll(async () => {
  site = await startDemoSite()
  nextCustomer = customersOf(site)
  port = await freePort()
  dataDir = join(site.dir, 'till')
  const enrolCode = await site.server.announce()
  counter = new CounterRig({ serverUrl: site.proxy.url, dataDir, enrolCode, posPort: port })
  await counter.signIn()
  token = await letIn(counter, 'Till 1')
}, 180_000)
afterAll(async () => {
  await counter?.stop()
  await site?.close()
})

/** `kill -9`, and the same folder again, with the cashier back. */
async function counterDiesAndComesBack(): Promise<void> {
  await counter.kill()
  counter = started()
  await counter.signIn()
}

/** A POS program; another one after each crash of it. */
const newPos = () => new PosClient({ token, address: `http://127.0.0.1:${port}`, patienceMs: 60_000 })

const STEPS = ['put', 'tap', 'approve', 'hear', 'end', 'after'] as const
type Step = (typeof STEPS)[number]

/** One sale to its end, with `kill` called before one step; what the customer was given. */
async function sell(saleId: string, medium: RawMedium, at: Step, kill: () => Promise<void>, ends: 'complete' | 'void') {
  const before = async (step: Step) => {
    if (step === at) await kill()
  }
  let pos = newPos()
  await before('put')
  pos = newPos()
  await pos.put(saleId, 1, basketOf(5_000))
  await before('tap')
  // A POS that came back finds its sale, and sends the same again without harm.
  pos = newPos()
  expect((await pos.put(saleId, 1, basketOf(5_000))).revision).toBe(1)
  expect(await counter.until(({ purchase }) => purchase.sale?.saleId === saleId)).not.toBeNull()
  counter.tap(medium)
  expect(await counter.until(({ visit }) => visit.phase === 'offers')).not.toBeNull()
  await before('approve')
  if (counter.state.visit.phase !== 'offers') {
    await counter.until(({ purchase }) => purchase.sale?.saleId === saleId)
    counter.tap(medium)
    expect(await counter.until(({ visit }) => visit.phase === 'offers')).not.toBeNull()
  }
  expect((await counter.send({ type: 'approve', select: 'best' }))?.ok).toBe(true)
  expect(await counter.until(({ visit }) => visit.phase === 'approved')).not.toBeNull()
  await before('hear')
  pos = newPos()
  const approved = await pos.transaction(saleId)
  expect(approved?.state).toBe('approved')
  await before('end')
  pos = newPos()
  const [open] = await pos.openTransactions()
  expect(open).toMatchObject({ saleId, discount: approved?.discount })
  const total = approved?.discount?.total ?? 0
  const end = (client: PosClient): Promise<PosTransaction | object> =>
    ends === 'complete' ? client.complete(saleId, { total: 5_000 - total, discount: total }) : client.void(saleId)
  await end(pos)
  await before('after')
  expect(await end(newPos())).toMatchObject({ state: ends === 'complete' ? 'completed' : 'voided' })
  expect(await newPos().openTransactions()).toEqual([])
  return approved
}

/** The journal has nothing left to do, and server and counter hold the same. */
async function booksAgree(medium: RawMedium, before: ReadonlyMap<string, number>): Promise<void> {
  await expect.poll(() => counterLedger(dataDir).unfinished, { timeout: 60_000, interval: 200 }).toBe(0)
  await expectBooksToAgree(site.server, counterLedger(dataDir), [medium], new Map([[medium, before]]))
}

describe.each([
  ['the counter is killed', counterDiesAndComesBack],
  ['the POS is killed', async () => {}],
] as const)('a sale, when %s', (who, kill) => {
  it.each(STEPS)('before “%s”: completed once, and the coupons are used once', async (step) => {
    const { medium, before } = await customer()
    const sold = await sell(`${who.split(' ')[1]}-${step}`, medium, step, kill, 'complete')
    expect(sold?.discount?.total).toBeGreaterThan(0)
    await booksAgree(medium, before)
  })

  it.each(['end', 'after'] as const)('before “%s”: voided, and the coupons are whole again', async (step) => {
    const { medium, before } = await customer()
    await sell(`${who.split(' ')[1]}-void-${step}`, medium, step, kill, 'void')
    await booksAgree(medium, before)
    expect(await usesLeft(site.server, medium)).toEqual(before)
  })
})

it('a counter that is killed while it approves: the sale has the discount, or the coupons are whole', async () => {
  const { medium, before } = await customer()
  const saleId = 'in-the-middle'
  await newPos().put(saleId, 1, basketOf(5_000))
  counter.tap(medium)
  expect(await counter.until(({ visit }) => visit.phase === 'offers')).not.toBeNull()
  void counter.send({ type: 'approve', select: 'best' })
  await counter.until(({ visit }) => visit.phase === 'approving' || visit.phase === 'approved')
  await counterDiesAndComesBack()
  await booksAgree(medium, before)
  const sale = await newPos().transaction(saleId)
  if (sale?.state === 'approved') {
    expect(sale.discount?.total).toBeGreaterThan(0)
  } else {
    expect(sale).toMatchObject({ state: 'open', discount: null })
    expect(await usesLeft(site.server, medium)).toEqual(before)
  }
  await newPos().void(saleId)
  await booksAgree(medium, before)
  expect(await usesLeft(site.server, medium)).toEqual(before)
})
