import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'

const [customer] = loadSampleChain().holders
let site: DemoSite
let counter: CounterRig
let dataDir: string
let counters = 0

beforeAll(async () => {
  site = await startDemoSite()
})
afterAll(() => site.close())

beforeEach(async () => {
  dataDir = join(site.dir, `counter-${counters++}`)
  counter = new CounterRig({ serverUrl: site.proxy.url, dataDir, enrolCode: await site.server.announce() })
  expect(await counter.signIn()).not.toBeNull()
})
afterEach(() => counter.stop())

it('a journal that is damaged is named on the screen, kept as it is, and nothing is approved', async () => {
  await counter.stop()
  const path = join(dataDir, 'journal.db')
  const damaged = readFileSync(path).fill(0xa5, 100)
  writeFileSync(path, damaged)
  counter = new CounterRig({ serverUrl: site.proxy.url, dataDir })
  const state = await counter.until(() => true)
  expect(state?.enrolment).toEqual({ status: 'needed', reason: 'journal_corrupt' })
  expect(state?.notices).toMatchObject([{ code: 'storage_failed', params: { code: 'journal_corrupt' } }])
  expect(await counter.send({ type: 'approve', select: 'best' })).toMatchObject({ ok: false, reason: 'storage_failed' })
  expect(readFileSync(path).equals(damaged)).toBe(true)
  // What it says on stderr is meant to be there.
  expect(counter.errors).toBe('counter: journal_corrupt: nothing can be approved\n')
})

it('keeps its secrets in one file of its own, and no card number anywhere', async () => {
  const medium = customer?.media[0]
  if (!medium) throw new Error('no sample customer')
  await counter.send({ type: 'useSampleBasket', basketId: counter.state.simulator?.baskets[0]?.basketId ?? '' })
  counter.tap(medium)
  expect(await counter.until(({ visit }) => visit.phase === 'offers')).not.toBeNull()
  await counter.send({ type: 'approve', select: 'best' })
  expect(await counter.until(({ visit }) => visit.phase === 'approved')).not.toBeNull()
  const { token } = (
    JSON.parse(readFileSync(join(dataDir, 'station.json'), 'utf8')) as { enrolment: { token: string } }
  ).enrolment
  expect(statSync(join(dataDir, 'station.json')).mode & 0o777).toBe(0o600)
  for (const file of readdirSync(dataDir).filter((name) => name !== 'station.json')) {
    const bytes = readFileSync(join(dataDir, file)).toString('latin1')
    expect(bytes).not.toContain(token)
    expect(bytes.toLowerCase()).not.toContain(medium.identifier.toLowerCase())
  }
})
