import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestServer, testServer } from './fixture.ts'
import { OfficeBrowser, PASSWORD, signedIn } from './officeBrowser.ts'

let server: TestServer
let admin: OfficeBrowser
beforeAll(async () => {
  server = await testServer({ path: ':memory:' })
  admin = await signedIn(server, 'admin')
})
afterAll(() => server.close())

const reason = 'because'
let people = 0
const person = (more: object = {}) => {
  people += 1
  return { operatorId: uuidv7(), name: `Person ${people}`, role: 'planner', ...more }
}
const add = (more: object = {}) => admin.post('/v1/operators', person(more))
const listed = async (operatorId: string) => {
  const { operators } = (await admin.get('/v1/operators')).body
  return operators.find((one: { operatorId: string }) => one.operatorId === operatorId)
}

describe('operators', () => {
  it('are added with a one-time code, set a password and sign in', async () => {
    const request = person()
    const { body } = await admin.post('/v1/operators', request)
    expect(body.operator).toMatchObject({ ...request, active: true, hasPassword: false, hasPin: false, storeId: null })
    expect(body.setUp.code).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/)
    const browser = new OfficeBrowser(server)
    await browser.post('/v1/office/set-up', { code: body.setUp.code, password: PASSWORD })
    expect((await browser.signIn(request.name)).body).toMatchObject({ me: { operator: { role: 'planner' } } })
    expect(await listed(request.operatorId)).toMatchObject({ hasPassword: true, lastSignInAt: expect.any(String) })
  })

  it('once for an id: the same request again gets a new code, another is refused', async () => {
    const request = person()
    const first = (await admin.post('/v1/operators', request)).body.setUp.code
    const second = (await admin.post('/v1/operators', request)).body.setUp.code
    const browser = new OfficeBrowser(server, '10.0.0.7')
    expect((await browser.post('/v1/office/set-up', { code: first, password: PASSWORD })).status).toBe(401)
    expect((await browser.post('/v1/office/set-up', { code: second, password: PASSWORD })).status).toBe(200)
    expect((await admin.post('/v1/operators', request)).status).toBe(409)
    expect((await admin.post('/v1/operators', { ...request, role: 'admin' })).status).toBe(409)
    expect(await listed(request.operatorId)).toMatchObject({ role: 'planner' })
  })

  it('are refused by name for what they cannot be', async () => {
    const { operator } = (await add()).body
    const refusal = async (more: object) => {
      const { status, body } = await add(more)
      return `${status} ${body.errors?.[0]?.path}: ${body.errors?.[0]?.message}`
    }
    expect(await refusal({ name: operator.name })).toBe('409 /name: taken')
    expect(await refusal({ storeId: 'nowhere' })).toBe('409 /storeId: unknown')
    expect(await refusal({ pin: '123456' })).toBe('409 /role: not_this_role')
    expect(await refusal({ role: 'manager', pin: '1234' })).toBe('400 /pin: too_short')
    expect((await add({ role: 'owner' })).status).toBe(400)
  })

  it('of tills sign in with a PIN that their role may have', async () => {
    const cashier = person({ role: 'cashier', storeId: 'north', pin: '8642' })
    const made = (await admin.post('/v1/operators', cashier)).body
    expect(made).toMatchObject({ operator: { hasPin: true, storeId: 'north' }, setUp: null })
    const signIn = (pin: string) => server.ask('POST', '/v1/sessions', { name: cashier.name, pin }, null)
    expect((await signIn('8642')).status).toBe(200)
    await admin.post(`/v1/operators/${cashier.operatorId}/pin`, { pin: '975310', reason })
    expect((await signIn('8642')).status).toBe(401)
    expect((await signIn('975310')).status).toBe(200)
    await admin.post(`/v1/operators/${cashier.operatorId}/pin`, { pin: null, reason })
    expect((await signIn('975310')).status).toBe(401)
    const { changes } = (await server.ask('GET', '/v1/sync/changes')).body
    const told = changes.filter((one: { operatorId?: string }) => one.operatorId === cashier.operatorId)
    expect(told.at(-1)).toMatchObject({ kind: 'operator', active: true })
  })

  it('lose their sessions with another role, another store and when they leave, not with another name', async () => {
    const { operatorId, name } = (await add()).body.operator
    const { code } = (await admin.post(`/v1/operators/${operatorId}/reset`, { reason })).body
    const browser = new OfficeBrowser(server, '10.0.0.8')
    await browser.post('/v1/office/set-up', { code, password: PASSWORD })
    const update = (more: object) => admin.post(`/v1/operators/${operatorId}/update`, { reason, ...more })
    const isIn = async () => (await browser.get('/v1/office/me')).status === 200
    await browser.signIn(name)
    await update({ name: `${name} II` })
    expect(await isIn()).toBe(true)
    for (const change of [{ role: 'approver' }, { storeId: 'north' }, { active: false }]) {
      expect((await update(change)).status).toBe(200)
      expect(await isIn()).toBe(false)
      await browser.signIn(`${name} II`)
    }
    expect(await isIn()).toBe(false)
    await update({ active: true })
    expect((await browser.signIn(`${name} II`)).status).toBe(200)
  })

  it('never lock themselves, or everybody, out', async () => {
    const { operatorId } = server.operators.admin
    const refusal = async (operator: string, url: string, body: object) =>
      (await admin.post(`/v1/operators/${operator}/${url}`, { reason, ...body })).body.errors?.[0]?.message
    expect(await refusal(operatorId, 'update', { role: 'planner' })).toBe('oneself')
    expect(await refusal(operatorId, 'update', { active: false })).toBe('oneself')
    expect(await refusal(operatorId, 'reset', {})).toBe('oneself')
    const by = { kind: 'command', id: '' } as const
    const command = { kind: 'update', operatorId, by, reason: null, now: server.clock.now(), active: false } as const
    expect(await server.store.changePerson(command)).toMatchObject({ ok: false, problem: 'last_admin' })
  })

  it('are unknown by other ids, and a reason has to be given', async () => {
    expect((await admin.post(`/v1/operators/${uuidv7()}/update`, { reason })).status).toBe(404)
    expect((await admin.post(`/v1/operators/${uuidv7()}/pin`, { pin: null, reason })).status).toBe(404)
    const { operatorId } = server.operators.planner
    expect((await admin.post(`/v1/operators/${operatorId}/update`, { role: 'admin' })).status).toBe(400)
  })

  it('say nothing of what they sign in with', async () => {
    const text = JSON.stringify((await admin.get('/v1/operators')).body)
    expect(text).not.toMatch(/argon2|scrypt|hash|salt|secret/i)
  })
})

describe('API keys', () => {
  const key = (more: object = {}) => ({ keyId: uuidv7(), name: 'till software', scopes: ['campaigns:read'], ...more })
  const make = async (more: object = {}) => (await admin.post('/v1/api-keys', key(more))).body

  it('do what their scopes say, and it is seen when', async () => {
    const { token, key: made } = await make({ days: 30 })
    expect(token).toMatch(/^tapcoupon_key_[\w-]{43}$/)
    expect(made).toMatchObject({ state: 'active', lastUsedAt: null })
    expect((await server.ask('GET', '/v1/campaigns', undefined, token)).status).toBe(200)
    expect((await server.ask('GET', '/v1/audit', undefined, token)).status).toBe(403)
    const { keys } = (await admin.get('/v1/api-keys')).body
    const seen = keys.find((one: { keyId: string }) => one.keyId === made.keyId)
    expect(seen.lastUsedAt).not.toBeNull()
    expect(JSON.stringify(keys)).not.toContain(token)
  })

  it('are listed in pages, newest first', async () => {
    for (let count = 0; count < 3; count++) await make()
    const all = (await admin.get('/v1/api-keys')).body
    const first = (await admin.get('/v1/api-keys?limit=2')).body
    const rest = (await admin.get(`/v1/api-keys?cursor=${first.cursor}`)).body
    expect([...first.keys, ...rest.keys]).toEqual(all.keys)
    expect([first.keys.length, rest.cursor, all.cursor]).toEqual([2, null, null])
    expect((await admin.get('/v1/api-keys?limit=0')).status).toBe(400)
  })

  it('of a store redeem there, and what they do is in the audit log once', async () => {
    const { token, key: made } = await make({ scopes: ['redeem', 'acquire'], storeId: 'north' })
    const campaignId = await server.campaign()
    const medium = { type: 'qr', identifier: `key-${made.keyId}` }
    const acquisitionId = uuidv7()
    await server.ask('POST', '/v1/acquisitions', { acquisitionId, campaignId, medium }, token)
    const objective = { currency: 'JPY', items: [{ lineId: '1', unitPrice: 500, lineTotal: 500 }], total: 500 }
    const request = { redemptionId: uuidv7(), medium, objective, select: 'best' }
    for (let again = 0; again < 3; again++) {
      const answer = await server.ask('POST', '/v1/redemptions', request, token)
      expect(answer.body).toMatchObject({ status: 'approved', lines: [{ acquisitionId }] })
    }
    const { entries } = (await admin.get(`/v1/audit?actorId=${made.keyId}`)).body
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'redemption.redeem',
      'acquisition.acquire',
    ])
    expect(entries[0]).toMatchObject({
      actor: { kind: 'api_key', name: 'till software' },
      subject: { kind: 'redemption', id: request.redemptionId },
    })
    expect(JSON.stringify(entries)).not.toContain(medium.identifier)
    expect(await admin.post('/v1/api-keys', key({ scopes: ['redeem'] }))).toMatchObject({ status: 400 })
    expect(await admin.post('/v1/api-keys', key({ scopes: ['redeem'], storeId: 'nowhere' }))).toMatchObject({
      status: 400,
    })
  })

  it('end when they expire and, at once, when they are revoked', async () => {
    const see = async (token: string) => (await server.ask('GET', '/v1/campaigns', undefined, token)).status
    const { token, key: made } = await make()
    const till = await make({ scopes: ['campaigns:read', 'search'], storeId: 'north' })
    expect([await see(token), await see(till.token)]).toEqual([200, 200])
    for (const { keyId } of [made, till.key]) {
      expect((await admin.post(`/v1/api-keys/${keyId}/revoke`, { reason })).body.key.state).toBe('revoked')
    }
    expect([await see(token), await see(till.token)]).toEqual([401, 401])
    expect((await admin.post(`/v1/api-keys/${uuidv7()}/revoke`, { reason })).status).toBe(404)
    const short = await make({ days: 1 })
    server.clock.advance(86_400_000)
    expect(await see(short.token)).toBe(401)
    await admin.signIn('admin')
  })

  it('are made once for an id; the same request again gets a new token in place of the first', async () => {
    const request = key()
    const first = (await admin.post('/v1/api-keys', request)).body.token
    const second = (await admin.post('/v1/api-keys', request)).body.token
    expect((await server.ask('GET', '/v1/campaigns', undefined, first)).status).toBe(401)
    expect((await server.ask('GET', '/v1/campaigns', undefined, second)).status).toBe(200)
    expect((await admin.post('/v1/api-keys', { ...request, scopes: ['audit:read'] })).status).toBe(409)
  })
})

describe('whoever asks too often', () => {
  it('waits; others do not', async () => {
    const busy = await testServer({ path: ':memory:', security: { rate: { perSecond: 10, burst: 20 } } })
    const ask = (store: string) => busy.ask('GET', '/v1/campaigns', undefined, busy.stations[store])
    for (let times = 0; times < 20; times++) expect((await ask('north')).status).toBe(200)
    // As many more as it takes for a machine that is slow enough to have earned some.
    let refused = await ask('north')
    for (let times = 0; times < 1_000 && refused.status === 200; times++) refused = await ask('north')
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toBe('1')
    expect((await ask('south')).status).toBe(200)
    busy.clock.advance(1_000)
    expect((await ask('north')).status).toBe(200)
    await busy.close()
  })
})
