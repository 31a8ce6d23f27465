import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SyncEventsResponse } from '../../core/events/event.ts'
import { secretHash } from '../../server/auth/secrets.ts'
import { importFile } from '../../server/importFile.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { HASH_KEYS, newMedium, type TestServer, testServer } from './fixture.ts'
import { line } from './offlineStation.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await testServer()
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-rescue-'))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The id that the server gave a station. */
async function stationIdOf({ token }: EnrolledStation): Promise<string> {
  return (await server.store.stationByToken(secretHash(token)))?.stationId ?? ''
}

/** Events of a station that gave one coupon offline. */
async function offlineApproval(station: EnrolledStation) {
  const medium = newMedium()
  const coupon = await server.coupon(await server.campaign(), medium)
  const redemptionId = uuidv7()
  const body = { redemptionId, decided: 'offline', lines: [line(coupon)] }
  return { medium, coupon, redemptionId, event: station.journal.write('redemption', body, server.clock.now()) }
}

const importEvents = async (stationId: string, events: unknown[], token = server.operators.manager.token) =>
  server.ask('POST', `/v1/stations/${stationId}/events/import`, { events }, token)
const resultsOf = (answer: { body: unknown }) => SyncEventsResponse.parse(answer.body).results

let files = 0
function rescueFile(stationId: string | null, lines: readonly unknown[], whole = true): string {
  files += 1
  const path = join(folder, `${files}.jsonl`)
  const header = {
    format: 'tapcoupon-journal',
    version: 1,
    kind: 'queue',
    stationId,
    publicKey: null,
    exportedAt: new Date().toISOString(),
    checkpoint: null,
  }
  const end = whole ? [{ end: true, events: lines.length }] : []
  const text = [header, ...lines, ...end].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  writeFileSync(path, `${text.join('\n')}\n`)
  return path
}
const importPath = (path: string) =>
  importFile(path, { store: server.store, hashKeys: HASH_KEYS, now: () => server.clock.now(), onFailure: () => {} })

describe('a rescue file', () => {
  it('is settled as if the station had sent it; what comes both ways counts once', async () => {
    const station = await enrolledStation(server)
    const stationId = await stationIdOf(station)
    const [first, second] = [await offlineApproval(station), await offlineApproval(station)]
    const sent = await station.send(first.event)
    const imported = resultsOf(await importEvents(stationId, [first.event, second.event]))
    expect(imported).toMatchObject([sent[0], { status: 'confirmed', seq: 2 }])
    // The station comes back and sends it all again.
    expect(await station.send(first.event, second.event)).toEqual(imported)
    for (const { medium, coupon } of [first, second]) expect(await server.usesLeft(medium, coupon)).toBe(0)
  })

  it('can be compared with what has arrived: the key, and the last event', async () => {
    const station = await enrolledStation(server)
    const url = `/v1/stations/${await stationIdOf(station)}/journal`
    const ask = () => server.ask('GET', url, undefined, server.operators.auditor.token)
    expect((await ask()).body).toMatchObject({ publicKey: station.journal.publicKey, last: null })
    const [first, second] = [1, 2].map(() => station.journal.write('session', { action: 'sign_in' }))
    await station.send(first, second)
    const third = station.journal.write('session', { action: 'sign_out' })
    expect((await ask()).body.last).toEqual({ seq: 2, hash: third.prevHash })
    expect(
      (await server.ask('GET', `/v1/stations/${uuidv7()}/journal`, undefined, server.operators.auditor.token)).status,
    ).toBe(404)
  })

  it('must be the station’s own: another’s events and changed ones are set aside', async () => {
    const [station, other] = [await enrolledStation(server), await enrolledStation(server)]
    const { event, medium, coupon } = await offlineApproval(other)
    const own = station.journal.write('session', { action: 'sign_in', operatorId: 'a' })
    const changed = { ...own, body: { action: 'sign_in', operatorId: 'b' } }
    const results = resultsOf(await importEvents(await stationIdOf(station), [event, changed, own]))
    expect(results).toMatchObject([
      { status: 'quarantined', reason: 'unauthorized' },
      { status: 'quarantined', reason: 'unauthorized' },
      { status: 'confirmed' },
    ])
    expect(await server.usesLeft(medium, coupon)).toBe(1)
  })

  it('of a station that signs nothing, or that nobody knows, is refused', async () => {
    expect(await importEvents(uuidv7(), [{}])).toMatchObject({ status: 404 })
    expect((await importPath(rescueFile('station-north', []))).ok).toBe(false)
    expect((await importPath(rescueFile(null, []))).ok).toBe(false)
    expect((await importPath(rescueFile(uuidv7(), []))).ok).toBe(false)
    const path = join(folder, 'text.txt')
    writeFileSync(path, 'hello')
    expect(await importPath(path)).toMatchObject({ ok: false, message: expect.stringContaining('no rescue file') })
  })

  it('is imported whole from the command line, more than one batch of it; a line that is none is set aside alone', async () => {
    const station = await enrolledStation(server)
    const stationId = await stationIdOf(station)
    const { event, medium, coupon } = await offlineApproval(station)
    const sessions = Array.from({ length: 600 }, () => station.journal.write('session', { action: 'sign_in' }))
    const path = rescueFile(stationId, [event, '{"seq": 2, "id":', ...sessions])
    const imported = await importPath(path)
    expect(imported).toEqual({
      ok: true,
      value: { stationId, whole: true, results: { confirmed: 601, forced: 0, quarantined: 1, retry: 0 } },
    })
    expect(await server.usesLeft(medium, coupon)).toBe(0)
    expect(await importPath(path)).toEqual(imported)
    expect(await importPath(rescueFile(stationId, [event], false))).toMatchObject({ value: { whole: false } })
  })
})

describe('a revoked station', () => {
  it('may bring up what it did, and nothing else, and is told to forget', async () => {
    const station = await enrolledStation(server)
    const stationId = await stationIdOf(station)
    const before = await offlineApproval(station)
    const admin = server.operators.admin.token
    const revoke = () => server.ask('POST', `/v1/stations/${stationId}/revoke`, {}, admin)
    // Not in the same millisecond.
    server.clock.advance(1_000)
    expect(await revoke()).toMatchObject({ status: 200, body: { stationId, state: 'revoked' } })
    server.clock.advance(60_000)
    const after = await offlineApproval(station)
    expect((await revoke()).status).toBe(200)

    expect(await server.ask('GET', '/v1/sync/changes', undefined, station.token)).toMatchObject({
      status: 401,
      body: { reason: 'station_revoked' },
    })
    const { medium } = before
    expect((await server.redeem(medium, {}, station.token)).status).toBe(401)
    const events = [before.event, after.event]
    const answer = await server.ask('POST', '/v1/sync/events', { events }, station.token)
    expect(answer).toMatchObject({ status: 200, body: { station: 'revoked' } })
    // What its cashiers showed happened; what they showed after it was switched off would have been refused.
    expect(resultsOf(answer)).toMatchObject([
      { status: 'confirmed' },
      { status: 'forced', lines: [{ reason: 'station_revoked' }] },
    ])
    expect(await server.usesLeft(before.medium, before.coupon)).toBe(0)
  })

  it('one that was only announced can no longer enrol; one that is not there is not revoked', async () => {
    const admin = server.operators.admin.token
    const { body } = await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'lane 9' }, admin)
    expect((await server.ask('POST', `/v1/stations/${body.stationId}/revoke`, {}, admin)).status).toBe(200)
    const request = { code: body.code, publicKey: 'A'.repeat(43), handshakeVersion: 1 }
    expect((await server.ask('POST', '/v1/stations/enrol', request, null)).status).toBe(401)
    expect((await server.ask('POST', `/v1/stations/${uuidv7()}/revoke`, {}, admin)).status).toBe(404)
  })

  it('another manager’s station is none: only of their own store', async () => {
    const station = await enrolledStation(server)
    const event = station.journal.write('session', { action: 'sign_in', operatorId: 'a' })
    const { operatorId, token } = server.operators.manager
    const manager = await server.store.operator(operatorId)
    if (!manager) throw new Error('no manager')
    await server.store.putOperator({ ...manager, storeId: 'south' })
    expect((await importEvents(await stationIdOf(station), [event], token)).status).toBe(404)
    await server.store.putOperator({ ...manager, storeId: 'north' })
    expect((await importEvents(await stationIdOf(station), [event], token)).status).toBe(200)
    await server.store.putOperator(manager)
  })
})
