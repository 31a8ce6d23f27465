import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Visit } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'

/** Longer than any cashier waits; every answer is right, and comes too late. */
const TOO_LATE_MS = 5_000

let site: DemoSite
let counter: CounterRig

beforeAll(async () => {
  site = await startDemoSite()
  const { proxy, server, dir } = site
  counter = new CounterRig({ serverUrl: proxy.url, dataDir: join(dir, 'slow'), enrolCode: await server.announce() })
  expect(await counter.signIn()).not.toBeNull()
})
afterAll(async () => {
  await counter.stop()
  await site.close()
})

const isAsked = (path: string) => path === '/v1/search' || path === '/v1/redemptions'
const media = loadSampleChain()
  .holders.map(({ media: [medium] }) => medium)
  .filter((medium): medium is NonNullable<typeof medium> => medium !== undefined && !medium.blocked)

/** The next customer with something to approve, from tap to outcome. */
const serve = async (medium: RawMedium): Promise<Visit> => {
  const [basket] = counter.state.simulator?.baskets ?? []
  await counter.send({ type: 'useSampleBasket', basketId: basket?.basketId ?? '' })
  counter.tap(medium)
  const offered = await counter.until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused')
  const total = offered?.visit.phase === 'offers' ? (offered.visit.best[0]?.totalDiscount ?? 0) : 0
  if (total > 0) await counter.send({ type: 'approve', select: 'best', expectedTotalDiscount: total })
  const ended = await counter.until(
    ({ visit }) => visit.phase === 'approved' || visit.phase === 'refused' || (total === 0 && visit.phase === 'offers'),
  )
  if (!ended) throw new Error(`no outcome: ${counter.state.visit.phase}`)
  await counter.send({ type: 'nextCustomer' })
  return ended.visit
}

it('a server that answers too late is left alone after two customers, and found again by itself', async () => {
  const { proxy } = site
  const asked: string[] = []
  let probes = 0
  proxy.plan(({ path }) => {
    if (isAsked(path)) asked.push(path)
    if (path.startsWith('/v1/redemptions/')) probes += 1
    return path.startsWith('/v1/sync/') ? { kind: 'pass' } : { kind: 'delayAnswer', ms: TOO_LATE_MS }
  })
  const outcomes: Visit[] = []
  for (const medium of media.slice(0, 8)) outcomes.push(await serve(medium))

  // Each search that came too late was decided on the copy in the same visit: nobody waited twice.
  expect(asked).toEqual(['/v1/search', '/v1/search'])
  expect(counter.state.connection).toMatchObject({ mode: 'offline', cause: 'slow' })
  const approved = outcomes.filter((visit) => visit.phase === 'approved')
  expect(approved.length).toBeGreaterThan(3)
  expect(approved.map(({ certainty }) => certainty)).toEqual(approved.map(() => 'stored'))

  // What was approved is settled though nobody waits for the server; probes go on, and find it as soon as it is quick.
  expect((await counter.until(({ waiting }) => waiting.count === 0))?.waiting).toMatchObject({
    forced: 0,
    quarantined: 0,
  })
  await expect.poll(() => probes, { timeout: 20_000 }).toBeGreaterThan(1)
  expect(asked).toHaveLength(2)
  proxy.plan(() => ({ kind: 'pass' }))
  expect(await counter.until(({ connection }) => connection.mode === 'online', 30_000)).not.toBeNull()
  const later: Visit[] = []
  for (const medium of media.slice(8, 14)) later.push(await serve(medium))
  const confirmed = later.filter((visit) => visit.phase === 'approved')
  expect(confirmed.length).toBeGreaterThan(0)
  expect(confirmed.map(({ certainty }) => certainty)).toEqual(confirmed.map(() => 'confirmed'))
}, 120_000)
