import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournalFile } from '../../counter/store/sqlite/journalFile.ts'
import { CounterRig } from './counterRig.ts'
import { type TestServer, testServer } from './fixture.ts'

let server: TestServer
let dir: string
let serverUrl: string
let rigs: CounterRig[]
beforeEach(async () => {
  server = await testServer()
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-retire-'))
  serverUrl = await server.app.listen({ host: '127.0.0.1', port: 0 })
  rigs = []
})
afterEach(async () => {
  for (const rig of rigs) await rig.kill()
  await server.close()
  rmSync(dir, { recursive: true, force: true })
})

const admin = () => server.operators.admin.token
const start = (enrolCode?: string) => {
  const rig = new CounterRig({ serverUrl, dataDir: dir, ...(enrolCode === undefined ? {} : { enrolCode }) })
  rigs.push(rig)
  return rig
}

/** A real counter, enrolled, with an operator signed in. */
async function counterAtWork() {
  const { body } = await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'lane 1' }, admin())
  const rig = start(body.code)
  const { operatorId } = server.operators.manager
  const ready = await rig.until(({ operators }) => operators.some((one) => one.operatorId === operatorId), 60_000)
  expect(ready?.enrolment.status, rig.errors).toBe('enrolled')
  expect(await rig.send({ type: 'signIn', operatorId, pin: '1234' })).toEqual({ ok: true })
  return { rig, stationId: body.stationId as string, operatorId }
}
const secretsNow = () => JSON.parse(readFileSync(join(dir, 'station.json'), 'utf8'))
const eventsAtServer = async (stationId: string) =>
  (await server.inDatabase('SELECT seq FROM events WHERE station_id = ?', stationId)).length
const journalAside = (stationId: string) => {
  const file = openJournalFile(join(dir, `journal-of-${stationId}.db`))
  if (!file.ok) throw new Error(`${file.problem}: ${readdirSync(dir).join()}`)
  const events = [...file.value.events()].length
  const { waiting } = file.value
  file.value.close()
  return { events, waiting }
}

it('a station that is revoked sends what it has, forgets keys and copy, and is a new machine', async () => {
  const { rig, stationId } = await counterAtWork()
  expect((await server.ask('POST', `/v1/stations/${stationId}/revoke`, {}, admin())).status).toBe(200)
  // It ends by itself; a shell would start another.
  expect(await rig.until(() => false, 60_000)).toBeNull()
  expect(rig.dead, rig.errors).toBe(true)
  expect(secretsNow()).toMatchObject({ enrolment: null, retired: { stationId, because: 'station_revoked' } })

  const next = start()
  const state = await next.until(({ enrolment }) => enrolment.status === 'needed', 60_000)
  expect(state?.enrolment).toEqual({ status: 'needed', reason: 'station_revoked' })
  const aside = journalAside(stationId)
  expect(aside.waiting).toEqual([])
  expect(aside.events).toBeGreaterThan(0)
  expect(await eventsAtServer(stationId)).toBe(aside.events)
}, 120_000)

it('a manager takes it out of service at its screen; it can then be enrolled anew', async () => {
  const { rig, stationId, operatorId } = await counterAtWork()
  expect(await rig.send({ type: 'unenrol', operatorId, pin: '9999' })).toMatchObject({ ok: false })
  void rig.send({ type: 'unenrol', operatorId, pin: '1234' })
  expect(await rig.until(() => false, 60_000)).toBeNull()
  expect(secretsNow()).toMatchObject({ enrolment: null, retired: { stationId, because: 'unenrolled' } })
  const { body } = await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'lane 2' }, admin())
  const next = start(body.code)
  const state = await next.until(({ enrolment }) => enrolment.status === 'enrolled', 60_000)
  expect(state?.enrolment).toMatchObject({ stationId: body.stationId })
  expect(journalAside(stationId).waiting).toEqual([])
}, 120_000)

it('with no server in reach nothing is forgotten, and a manager may save what waits', async () => {
  const { rig, operatorId } = await counterAtWork()
  await server.app.close()
  // Something that nobody takes any more.
  expect(await rig.send({ type: 'signOut' })).toEqual({ ok: true })
  expect(await rig.send({ type: 'signIn', operatorId, pin: '1234' })).toEqual({ ok: true })
  expect(await rig.send({ type: 'unenrol', operatorId, pin: '1234' })).toMatchObject({
    ok: false,
    reason: 'events_waiting',
  })
  expect(secretsNow().enrolment).not.toBeNull()
  // The manager is still signed in.
  expect(await rig.send({ type: 'exportQueue' })).toEqual({ ok: true })
  const saved = await rig.until(({ queueExport }) => queueExport !== null)
  expect(saved?.queueExport?.events).toBeGreaterThan(0)
  expect(readdirSync(join(dir, 'rescue'))).toHaveLength(1)
  expect(await rig.send({ type: 'signOut' })).toEqual({ ok: true })
}, 120_000)

it('a counter whose journal is damaged says so and still saves what can be read', async () => {
  const { rig } = await counterAtWork()
  await rig.stop()
  const path = join(dir, 'journal.db')
  const bytes = readFileSync(path)
  // The pages from which SQLite finds everything else.
  bytes.fill(0xa5, 0, 4_096)
  writeFileSync(path, bytes)
  const closed = start()
  const state = await closed.until(({ closed }) => closed !== null, 60_000)
  expect(state).toMatchObject({ closed: 'journal_corrupt', cashier: null })
  expect(await closed.send({ type: 'exportQueue' })).toEqual({ ok: true })
  const saved = await closed.until(({ queueExport }) => queueExport !== null)
  expect(saved?.queueExport?.path).toContain(join(dir, 'rescue'))
  expect(readFileSync(path).equals(bytes)).toBe(true)
}, 120_000)
