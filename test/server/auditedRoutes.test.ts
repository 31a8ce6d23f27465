import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CounterValues } from '../../core/contract/counterSettings.ts'
import { authenticator } from '../rigs/authenticator.ts'
import { WHO_MAY } from './accessTable.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { newMedium, objective, rules, type TestServer, testServer } from './fixture.ts'
import { OfficeBrowser, PASSWORD, signedIn } from './officeBrowser.ts'
import { line } from './offlineStation.ts'

/** Routes that are no GET and leave no row, and why. */
const LEAVE_NONE: Readonly<Record<string, string>> = {
  'POST /v1/campaigns/preview': 'changes nothing',
  'POST /v1/search': 'changes nothing',
  'POST /v1/holdings': 'changes nothing',
  'POST /v1/holders/find': 'changes nothing',
  'POST /v1/stations/challenge': 'changes nothing',
  'POST /v1/stations/enrol/preview': 'changes nothing',
  'POST /v1/stations/token': 'a station’s own, again and again: its enrolment is in the log',
  'POST /v1/media/presentations': 'a station’s own; what is done with it is in the log',
  'POST /v1/phone-codes': 'a station’s own; it ends by itself',
  'POST /v1/office/totp/enrol': 'counts for nothing before it is confirmed',
  'POST /v1/my/session': 'a customer’s own',
  'POST /v1/my/acquisitions': 'a customer’s own',
  'POST /v1/my/staff-code': 'a customer’s own',
  'POST /v1/my/sign-out': 'a customer’s own',
  'POST /v1/sync/events': 'its journal is signed and kept',
  'POST /v1/sync/leases': 'a station’s own; the lease is kept',
  'POST /v1/sync/leases/:id/return': 'a station’s own; the lease is kept',
  'POST /v1/acquisition-imports/:id/rows': 'the list’s start is in the log, and its figures are kept',
}

const reason = 'it was asked for'
const left = new Set<string>()
let server: TestServer
let station: EnrolledStation
beforeAll(async () => {
  server = await testServer({ security: { privateWebhooks: true } })
  station = await enrolledStation(server)
})
afterAll(() => server.close())

const rows = async (): Promise<number> => (await server.store.auditPage({ limit: 1 })).entries[0]?.position ?? 0

/** Makes a request by `send`, which must succeed and leave exactly one row. `route`: as it is registered. */
async function leavesOne<Sent extends { readonly status: number; readonly body: unknown }>(
  route: string,
  send: () => Promise<Sent>,
): Promise<Sent['body']> {
  const before = await rows()
  const { status, body } = await send()
  expect({ route, status, body: status === 200 ? null : body }).toEqual({ route, status: 200, body: null })
  expect({ route, rows: (await rows()) - before }).toEqual({ route, rows: 1 })
  left.add(route)
  return body
}
type Role = keyof TestServer['operators']

/** The same by somebody's token: `:id` stands for `id`. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
const by = (who: Role | { token: string }, path: string, id: string, body: object = {}): Promise<any> => {
  const { token } = typeof who === 'string' ? server.operators[who] : who
  return leavesOne(`POST ${path}`, () => server.ask('POST', path.replace(':id', id), body, token))
}

it('campaigns: each step', async () => {
  const draft = async () => {
    const campaignId = uuidv7()
    await by('planner', '/v1/campaigns', '', { campaignId, rules: rules() })
    await by('planner', '/v1/campaigns/:id/submit', campaignId)
    return campaignId
  }
  const steps = { reason }
  await by('approver', '/v1/campaigns/:id/request-changes', await draft(), steps)
  await by('approver', '/v1/campaigns/:id/reject', await draft(), steps)
  const campaignId = await draft()
  for (const action of ['approve', 'suspend', 'resume']) {
    await by('approver', `/v1/campaigns/:id/${action}`, campaignId, steps)
  }
  const listId = uuidv7()
  await by('planner', '/v1/campaigns/:id/code-lists', campaignId, { listId, name: 'Leaflet' })
  await by('planner', '/v1/code-lists/:id/codes', listId, { codes: ['ABCD-1234-EFGH'] })
  const importId = uuidv7()
  await by('planner', '/v1/acquisition-imports', '', { importId, header: 'type,identifier', campaignId })
  await by('planner', '/v1/acquisition-imports/:id/cancel', importId)
  await by('approver', '/v1/campaigns/:id/end', campaignId, steps)
})

it('customers: what is done to them by people, and by programs', async () => {
  const campaignId = await server.campaign()
  const card = newMedium()
  const shown = async (medium: object): Promise<string> =>
    (await server.ask('POST', '/v1/media/presentations', { medium, entry: 'tap' })).body.presentation
  const { token } = await by('admin', '/v1/api-keys', '', {
    ...{ keyId: uuidv7(), name: 'till', reason },
    ...{ scopes: ['acquire', 'redeem'], storeId: 'north' },
  })
  await by({ token }, '/v1/acquisitions', '', { acquisitionId: uuidv7(), campaignId, medium: card })
  const redemptionId = uuidv7()
  const redemption = { redemptionId, medium: card, objective: objective(), select: 'best' }
  await by({ token }, '/v1/redemptions', '', redemption)
  await by('manager', '/v1/redemptions/:id/rollback', redemptionId, { rollbackId: uuidv7(), reason })
  const found = { presentation: await shown(card) }
  const { holderId } = (await server.ask('POST', '/v1/holders/find', found, server.operators.manager.token)).body
  const gift = { acquisitionId: uuidv7(), campaignId: await server.campaign({ acquire: { by: 'given' } }) }
  await by('manager', '/v1/holders/:id/acquisitions', holderId, gift)
  const [phone, fresh] = [newMedium(), newMedium()]
  await server.coupon(await server.campaign(), phone)
  const linked = { actionId: uuidv7(), presentations: [await shown(card), await shown(phone)] }
  await by('manager', '/v1/media/link', '', linked)
  await by('manager', '/v1/media/block', '', {
    ...{ actionId: uuidv7(), blocked: true, reason },
    medium: { presentation: await shown(phone) },
  })
  const { media } = (await server.ask('GET', `/v1/holders/${holderId}`, undefined, server.operators.manager.token)).body
  const from = { mediumId: media.find(({ blocked }: { blocked: boolean }) => blocked).mediumId }
  const transfer = { actionId: uuidv7(), from, to: { presentation: await shown(fresh) }, proof: { reason } }
  await by('manager', '/v1/media/transfer', '', transfer)
  await by('manager', '/v1/holders/:id/sign-out-phones', holderId, { reason })
  await by('admin', '/v1/holders/:id/erase', holderId, { actionId: uuidv7(), reason })
  await by('admin', '/v1/settings/retention', '', { inactiveHolderDays: 400 })
})

it('stations: enrolment, what is lent to them, what a manager decides about them', async () => {
  const announced = await by('admin', '/v1/stations', '', { storeId: 'north', name: 'Lane 9' })
  const enrol = { code: announced.code, publicKey: 'A'.repeat(43), handshakeVersion: 1 }
  await leavesOne('POST /v1/stations/enrol', () => server.ask('POST', '/v1/stations/enrol', enrol, null))
  const difference = { basedOn: 0, values: { volume: 20 }, marks: { volume: 'fixed' } }
  await by('admin', '/v1/stations/:id/settings', announced.stationId, difference)
  const values = { ...CounterValues.parse({}), slips: false }
  await by('admin', '/v1/stores/:id/settings', 'north', { basedOn: 0, values, fixed: ['slips'] })
  await by('admin', '/v1/stations/:id/revoke', announced.stationId, { reason })

  const campaignId = await server.campaign({ limits: { campaignUses: 20, acquisitionUses: 1, holderAcquisitions: 1 } })
  const lend = async (): Promise<string> => {
    const leaseId = uuidv7()
    await server.ask('POST', '/v1/sync/leases', { leaseId, campaignId, wantUses: 2 }, station.token)
    return leaseId
  }
  await by('manager', '/v1/leases/:id/write-off', await lend(), { reason })
  await lend()
  const { stationId } = (await server.store.leases(1))[0]!
  await by('manager', '/v1/stations/:id/write-off', stationId, { reason })

  const coupon = await server.coupon(await server.campaign(), newMedium())
  const offline = () => {
    const body = { redemptionId: uuidv7(), decided: 'offline', lines: [line(coupon)] }
    return station.journal.write('redemption', body, server.clock.now())
  }
  await station.send(offline(), offline())
  const { conflicts } = (await server.ask('GET', '/v1/conflicts', undefined, server.operators.manager.token)).body
  const resolve = { resolutionId: uuidv7(), resolution: 'accepted', reason }
  await by('manager', '/v1/conflicts/:id/resolve', conflicts[0].conflictId, resolve)
  await by('manager', '/v1/stations/:id/events/import', stationId, { events: [offline()] })
})

it('webhooks', async () => {
  const endpointId = uuidv7()
  await by('admin', '/v1/webhooks', '', { endpointId, url: 'http://127.0.0.1:9/hook' })
  for (const action of ['test', 'disable', 'enable', 'rotate']) {
    await by('admin', `/v1/webhooks/:id/${action}`, endpointId, { reason })
  }
  await by('admin', '/v1/webhooks/:id/replay', endpointId, { from: '2020-01-01T00:00:00Z', reason })
  await by('admin', '/v1/webhooks/:id/remove', endpointId, { reason })
})

it('people, their keys and what they sign in with', async () => {
  const key = { keyId: uuidv7(), name: 'reports', scopes: ['reports:read'], reason }
  await by('admin', '/v1/api-keys', '', key)
  await by('admin', '/v1/api-keys/:id/revoke', key.keyId, { reason })
  const operatorId = uuidv7()
  const { setUp } = await by('admin', '/v1/operators', '', { operatorId, name: 'Somebody', role: 'planner', reason })
  const browser = new OfficeBrowser(server)
  await leavesOne('POST /v1/office/set-up', () =>
    browser.post('/v1/office/set-up', { code: setUp.code, password: PASSWORD }),
  )
  await leavesOne('POST /v1/office/sign-in', () => browser.signIn('Somebody'))
  await by('admin', '/v1/operators/:id/update', operatorId, { role: 'manager', reason })
  await by('admin', '/v1/operators/:id/pin', operatorId, { pin: '482135', reason })
  await by('admin', '/v1/operators/:id/reset', operatorId, { reason })
  const own = await signedIn(server, 'auditor')
  const self = (path: string, body: object = {}) => leavesOne(`POST ${path}`, () => own.post(path, body))
  const NEW = 'a whole other sentence'
  await self('/v1/office/password', { current: PASSWORD, password: NEW })
  const { secret } = (await own.post('/v1/office/totp/enrol', { current: NEW })).body
  const app = authenticator(secret, server.clock)
  await self('/v1/office/totp/confirm', { code: app.code() })
  server.clock.advance(30_000)
  await self('/v1/office/recovery-codes', { current: NEW, code: app.code() })
  server.clock.advance(30_000)
  await self('/v1/office/totp/remove', { current: NEW, code: app.code() })
  const other = new OfficeBrowser(server)
  await other.signIn('auditor', NEW)
  const { sessions } = (await own.get('/v1/office/sessions')).body
  const { sessionId } = sessions.find(({ current }: { current: boolean }) => !current)
  await leavesOne('POST /v1/office/sessions/:id/end', () => own.post(`/v1/office/sessions/${sessionId}/end`))
  await self('/v1/office/sign-out')
  await own.signIn('auditor', NEW)
  await self('/v1/office/sign-out-everywhere')
})

it('PINs: a right one and each wrong one, by id and never as it was typed; what waits leaves nothing', async () => {
  const shown = (name: string, pin: string) => server.ask('POST', '/v1/sessions', { name, pin }, null)
  const { operatorId } = server.operators.cashier
  const newest = async () => {
    const { entries } = await server.store.auditPage({ limit: 1 })
    return entries[0]
  }
  await leavesOne('POST /v1/sessions', () => shown('cashier', '1234'))
  expect(await newest()).toMatchObject({
    ...{ action: 'operator.pin-sign-in', actor: { kind: 'operator', id: operatorId } },
    ...{ subject: { kind: 'operator', id: operatorId }, reason: null, details: {} },
  })
  const before = await rows()
  expect((await shown('cashier', '9753')).status).toBe(401)
  const refused = { action: 'operator.pin-refused', actor: { kind: 'server', id: '' }, reason: null, details: {} }
  expect(await newest()).toMatchObject({ ...refused, subject: { kind: 'operator', id: operatorId } })
  expect((await shown('Nobody of us', '9753')).status).toBe(401)
  expect(await newest()).toMatchObject({ ...refused, subject: { kind: 'operator', id: '' } })
  expect(JSON.stringify(await server.store.auditRows(before, 10))).not.toMatch(/9753|Nobody of us|cashier/)
  for (let wrong = 1; wrong < 5; wrong++) expect((await shown('cashier', '9753')).status).toBe(401)
  // Locked out for a while: neither a right nor a wrong one is looked at, and nobody can fill the log.
  expect([(await shown('cashier', '9753')).status, (await shown('cashier', '1234')).status]).toEqual([429, 429])
  expect((await rows()) - before).toBe(6)
})

it('every route that changes something was asked above, or says why it leaves nothing', () => {
  const changing = Object.keys(WHO_MAY).filter((route) => !route.startsWith('GET '))
  expect([...left, ...Object.keys(LEAVE_NONE)].sort()).toEqual(changing.sort())
})
