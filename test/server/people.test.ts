import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SessionResponse } from '../../core/contract/sessions.ts'
import { EnrolResponse, StationAnnounced } from '../../core/contract/stations.ts'
import { type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer()
})
afterEach(() => server.close())

describe('signing in', () => {
  const signIn = (name: string, pin: string) => server.ask('POST', '/v1/sessions', { name, pin }, null)

  it('gives a token that lasts a day’s work', async () => {
    const session = SessionResponse.parse((await signIn('manager', '1234')).body)
    expect(session.operator).toMatchObject({ name: 'manager', role: 'manager' })
    const see = async () => (await server.ask('GET', '/v1/campaigns', undefined, session.token)).status
    expect(await see()).toBe(200)
    server.clock.advance(12 * 3_600_000)
    expect(await see()).toBe(401)
  })

  it('says the same of a wrong PIN, an unknown name and one who left', async () => {
    const gone = await server.store.operatorByName('cashier')
    await server.store.putOperator({ ...gone!, active: false })
    const answers = [await signIn('manager', '9999'), await signIn('nobody', '1234'), await signIn('cashier', '1234')]
    expect(answers[0]).toMatchObject({ status: 401, body: { reason: 'unauthorized' } })
    const { requestId: _, ...first } = answers[0]!.body
    for (const { status, body } of answers) {
      expect({ status, body }).toEqual({ status: 401, body: { ...first, requestId: body.requestId } })
    }
  })

  it('slows down after five wrong PINs, the right one too, and longer each time', async () => {
    for (let wrong = 0; wrong < 5; wrong++) expect((await signIn('manager', '0000')).status).toBe(401)
    const blocked = await signIn('manager', '1234')
    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(3)
    expect((await signIn('cashier', '1234')).status).toBe(200)
    server.clock.advance(5_100)
    expect((await signIn('manager', '0000')).status).toBe(401)
    server.clock.advance(5_100)
    expect((await signIn('manager', '1234')).status).toBe(429)
    server.clock.advance(5_100)
    expect((await signIn('manager', '1234')).status).toBe(200)
  })

  it('is for cashiers and managers: everybody else has a password', async () => {
    for (const name of ['planner', 'approver', 'auditor', 'admin']) {
      expect(await signIn(name, '1234')).toMatchObject({ status: 401, body: { reason: 'unauthorized' } })
    }
  })

  it('ends at once for whoever leaves', async () => {
    const { token } = (await signIn('manager', '1234')).body
    const manager = await server.store.operatorByName('manager')
    await server.store.putOperator({ ...manager!, active: false })
    expect((await server.ask('GET', '/v1/campaigns', undefined, token)).status).toBe(401)
  })
})

describe('enrolment', () => {
  const publicKey = 'A'.repeat(43)
  const announce = async (storeId = 'north') =>
    server.ask('POST', '/v1/stations', { storeId, name: 'lane 1' }, server.operators.admin.token)
  const enrol = (code: string, more: object = {}) =>
    server.ask('POST', '/v1/stations/enrol', { code, publicKey, handshakeVersion: 1, ...more }, null)

  it('a code makes one station, once', async () => {
    const { code, stationId } = StationAnnounced.parse((await announce()).body)
    const enrolled = EnrolResponse.parse((await enrol(code)).body)
    expect(enrolled).toMatchObject({ stationId, role: 'counter', store: { storeId: 'north' } })
    expect(enrolled.mediumHashKeys).toHaveLength(1)
    expect((await server.ask('GET', '/v1/sync/changes', undefined, enrolled.token)).status).toBe(200)
    expect(await enrol(code)).toMatchObject({ status: 401, body: { reason: 'enrolment_used' } })
  })

  it('a code is forgiving about how it is typed', async () => {
    const { code } = (await announce()).body
    expect((await enrol(` ${code.toLowerCase().replaceAll('-', ' ')} `)).status).toBe(200)
  })

  it('a code ends after an hour', async () => {
    const { code } = (await announce()).body
    server.clock.advance(3_600_000)
    expect((await enrol(code)).status).toBe(401)
  })

  it('a wrong code, a newer handshake, a broken key or an unknown store: nothing', async () => {
    expect((await enrol('ABCDE-FGHJK-MNPQR-STVWX')).status).toBe(401)
    const { code } = (await announce()).body
    expect((await enrol(code, { handshakeVersion: 2 })).status).toBe(400)
    expect((await enrol(code, { publicKey: 'short' })).status).toBe(400)
    expect((await enrol(code)).status).toBe(200)
    expect(await announce('nowhere')).toMatchObject({ status: 400, body: { reason: 'invalid_request' } })
  })

  it('of two at once, one gets the station', async () => {
    const { code } = (await announce()).body
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => enrol(code)))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 401)).toHaveLength(7)
  })
})

describe('acquisitions', () => {
  const acquire = (body: object) => server.ask('POST', '/v1/acquisitions', body)
  const medium = { type: 'qr', identifier: 'member-1' }

  it('one id acquires once, and answers the same', async () => {
    const request = { acquisitionId: uuidv7(), campaignId: await server.campaign(), medium }
    const first = await acquire(request)
    expect(first.body).toMatchObject({ status: 'acquired' })
    expect((await acquire(request)).body).toEqual(first.body)
    expect(await acquire({ ...request, medium: { ...medium, identifier: 'member-2' } })).toMatchObject({ status: 409 })
  })

  it('refuses what cannot be had, by name, and keeps the refusal under its id', async () => {
    const campaignId = await server.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 2 } })
    const take = async (identifier: string, more: object = {}) =>
      (await acquire({ acquisitionId: uuidv7(), campaignId, medium: { type: 'qr', identifier }, ...more })).body
    expect(await take('a')).toMatchObject({ status: 'acquired' })
    expect(await take('a')).toMatchObject({ status: 'refused', reason: 'holder_limit_reached' })
    expect(await take('b')).toMatchObject({ status: 'acquired' })
    expect(await take('c')).toMatchObject({
      status: 'refused',
      reason: 'campaign_limit_reached',
      reasonGroup: 'campaign',
    })
    expect(await take('c', { medium: { type: 'nfc-uid', identifier: '08112233' } })).toMatchObject({
      reason: 'medium_unstable',
    })
    expect(await take('c', { medium: { type: 'nfc-uid', identifier: '11223344' } })).toMatchObject({
      reason: 'medium_not_unique',
    })
    expect(await take('c', { campaignId: uuidv7() })).toMatchObject({ reason: 'not_approved' })
    await server.ask('POST', `/v1/campaigns/${campaignId}/suspend`, {}, server.operators.approver.token)
    expect(await take('c')).toMatchObject({ reason: 'suspended' })
    const past = await server.campaign({ validUntil: '2021-01-01T00:00:00Z' })
    expect(await take('c', { campaignId: past })).toMatchObject({ reason: 'expired' })
  })

  it('a refused one makes no holder', async () => {
    const full = await server.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 1 } })
    for (const identifier of ['first', 'second']) {
      await acquire({ acquisitionId: uuidv7(), campaignId: full, medium: { type: 'qr', identifier } })
    }
    const { changes } = (await server.ask('GET', '/v1/sync/changes')).body
    expect(changes.filter((change: { kind: string }) => change.kind === 'medium')).toHaveLength(1)
  })
})
