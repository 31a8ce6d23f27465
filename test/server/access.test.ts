import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API_SCOPES, type ApiScope, STORE_SCOPES } from '../../core/contract/apiKeys.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../core/contract/sessions.ts'
import { ACCESS, OPEN_FOLDERS } from '../../server/auth/access.ts'
import { type GuardedRoute, guardedRoutes, routesOf } from '../../server/auth/guardedRoutes.ts'
import { newApiKey, newSecret, secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { WHO_MAY } from './accessTable.ts'
import { newMedium, objective, type TestServer, testServer } from './fixture.ts'

let server: TestServer
const keys: Record<string, string> = {}
beforeAll(async () => {
  server = await testServer({ path: ':memory:' })
  for (const scope of API_SCOPES) keys[scope] = await apiKey(scope)
  keys.registration = newSecret(ids)
  await server.store.putUnsignedStation({
    stationId: 'terminal',
    storeId: 'north',
    name: 'terminal',
    role: 'registration',
    tokenHash: secretHash(keys.registration),
    now: server.clock.now(),
  })
})
afterAll(() => server.close())

async function apiKey(scope: ApiScope): Promise<string> {
  const token = newApiKey(ids)
  const storeId = STORE_SCOPES.includes(scope) ? 'north' : null
  const { store, clock, operators } = server
  const times = { expiresAt: clock.now() + 86_400_000, now: clock.now() }
  const key = { keyId: uuidv7(), name: scope, scopes: [scope], storeId, createdBy: operators.admin.operatorId }
  await store.addApiKey({ ...key, ...times, reason: null, tokenHash: secretHash(token) })
  return token
}

/** A new session each time: some routes end the one that they are called with. */
async function sessionOf(role: OperatorRole): Promise<string> {
  const token = newSecret(ids)
  const { store, clock, operators } = server
  await store.openSession(secretHash(token), operators[role].operatorId, clock.now() + 3_600_000, clock.now())
  return token
}

const PRINCIPALS: Readonly<Record<string, () => string | Promise<string>>> = {
  ...Object.fromEntries(OPERATOR_ROLES.map((role) => [role, () => sessionOf(role)])),
  counter: () => server.stations.north ?? '',
  registration: () => keys.registration ?? '',
  ...Object.fromEntries(API_SCOPES.map((scope) => [`key:${scope}`, () => keys[scope] ?? ''])),
}

interface Asked {
  readonly status: number
  readonly detail: unknown
}

async function ask(to: TestServer, { method, url }: GuardedRoute, token: string | null): Promise<Asked> {
  const response = await to.app.inject({
    method: method as 'GET',
    url: url.replace(/:\w+/g, 'x'),
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    // What is wrong with it is found after whoever sends it was let in.
    ...(method === 'GET' ? {} : { payload: {} }),
    payloadAsStream: true,
  })
  // Some answers have no end.
  if (response.statusCode === 200) {
    response.stream().destroy()
    return { status: 200, detail: null }
  }
  const chunks: Buffer[] = []
  for await (const chunk of response.stream()) chunks.push(chunk as Buffer)
  const { detail = null } = JSON.parse(Buffer.concat(chunks).toString() || '{}')
  return { status: response.statusCode, detail }
}

const nameOf = ({ method, url }: GuardedRoute): string => `${method} ${url}`
const apiRoutes = (of: TestServer): readonly GuardedRoute[] =>
  routesOf(of.app).filter(({ url }) => !OPEN_FOLDERS.some((folder) => url === folder || url.startsWith(`${folder}/`)))

it('every route of the server is in the table of who may call it, and no other', () => {
  expect(apiRoutes(server).map(nameOf).sort()).toEqual(Object.keys(WHO_MAY).sort())
})

it('the API’s description names every route', async () => {
  const { paths } = (await server.app.inject('/docs/json')).json()
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.sort()).toEqual(Object.keys(WHO_MAY).sort())
})

it.each(Object.entries(WHO_MAY))('%s: %s', async (name, who) => {
  const route = apiRoutes(server).find((one) => nameOf(one) === name)
  if (!route) throw new Error(`${name} is not there`)
  if (who === 'anybody') {
    expect(route.access).toBeNull()
    return
  }
  for (const token of [null, '', 'nonsense', 'x'.repeat(43), 'a b', newApiKey(ids)]) {
    expect((await ask(server, route, token)).status).toBe(401)
  }
  const letIn: string[] = []
  for (const [principal, tokenOf] of Object.entries(PRINCIPALS)) {
    const { status, detail } = await ask(server, route, await tokenOf())
    if (status === 401) throw new Error(`${principal} is not known`)
    if (!(status === 403 && detail === 'this role may not do that')) letIn.push(principal)
  }
  expect(letIn.sort()).toEqual(who.split(' ').sort())
})

it('a route that nobody thought about does not start', async () => {
  const { default: fastify } = await import('fastify')
  const app = fastify()
  guardedRoutes(app as unknown as TestServer['app'])
  expect(() => app.get('/v1/everything', async () => 'everything')).toThrow('GET /v1/everything has neither a guard')
  expect(() => app.post('/docs/x', async () => '')).toThrow('POST /docs/x')
  await app.close()
})

it('whoever lacks the second factor of their role may do nothing but set it up', async () => {
  const strict = await testServer({ path: ':memory:', security: { secondFactorFor: ['admin'] } })
  const { token } = strict.operators.admin
  for (const route of apiRoutes(strict)) {
    const { access } = route
    const allowed = access === null ? null : ACCESS[access]
    if (allowed === null || !(allowed.operators as readonly string[]).includes('admin')) continue
    // It would end the session.
    if (route.url.includes('sign-out')) continue
    const { status, detail } = await ask(strict, route, token)
    const held = status === 403 && detail === 'set up your second factor first'
    expect({ route: nameOf(route), held }).toEqual({ route: nameOf(route), held: access !== 'office.self' })
  }
  expect(
    (await ask(strict, { method: 'GET', url: '/v1/campaigns', access: null }, strict.operators.planner.token)).status,
  ).toBe(200)
  await strict.close()
})

describe('tokens', () => {
  it('of a revoked station: station_revoked, everywhere', async () => {
    const { stations, store } = server
    await store.revokeStation('station-south', Date.now())
    expect(await server.ask('POST', '/v1/search', {}, stations.south)).toMatchObject({
      status: 401,
      body: { reason: 'station_revoked', reasonGroup: 'staff' },
    })
    const medium = newMedium()
    const redemption = { redemptionId: uuidv7(), medium, objective: objective(), select: 'best' }
    expect((await server.ask('POST', '/v1/redemptions', redemption, stations.south)).status).toBe(401)
  })

  it('of an operator end with the session', async () => {
    const token = await sessionOf('auditor')
    expect((await server.ask('GET', '/v1/campaigns', undefined, token)).status).toBe(200)
    server.clock.advance(366 * 86_400_000)
    expect((await server.ask('GET', '/v1/campaigns', undefined, token)).status).toBe(401)
  })

  it('raw media are taken only where the store says so', async () => {
    const answer = await server.ask(
      'POST',
      '/v1/search',
      { medium: newMedium(), objective: objective() },
      server.stations['keys-only'],
    )
    expect(answer).toMatchObject({ status: 400, body: { reason: 'invalid_request' } })
    const keysOnly = { keys: [{ v: 1, key: 'ab'.repeat(32) }] }
    const asked = { medium: keysOnly, objective: objective() }
    expect((await server.ask('POST', '/v1/search', asked, server.stations['keys-only'])).status).toBe(200)
  })
})
