import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATOR_ROLES } from '../../core/contract/sessions.ts'
import { newMedium, objective, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const id = uuidv7()
const conflictId = 'ab'.repeat(16)
const PLANNING = ['planner', 'admin']
const APPROVING = ['planner', 'approver', 'admin']
/** Every guarded route, with the roles that may call it. */
const ROUTES = [
  ['POST', '/v1/campaigns', PLANNING, false],
  ['GET', '/v1/campaigns', OPERATOR_ROLES, true],
  ['GET', `/v1/campaigns/${id}`, OPERATOR_ROLES, true],
  ...['submit', 'approve', 'request-changes', 'reject', 'suspend', 'resume', 'end'].map(
    (action) => ['POST', `/v1/campaigns/${id}/${action}`, APPROVING, false] as const,
  ),
  ['POST', '/v1/acquisitions', [], true],
  ['POST', '/v1/search', [], true],
  ['POST', '/v1/redemptions', [], true],
  ['GET', `/v1/redemptions/${id}`, ['manager', 'auditor', 'admin'], true],
  ['POST', `/v1/redemptions/${id}/rollback`, ['manager', 'admin'], true],
  ['GET', '/v1/conflicts', ['manager', 'auditor', 'admin'], false],
  ['GET', `/v1/conflicts/${conflictId}`, ['manager', 'auditor', 'admin'], false],
  ['POST', `/v1/conflicts/${conflictId}/resolve`, ['manager', 'admin'], false],
  ['POST', '/v1/sync/events', [], true],
  ['GET', '/v1/sync/changes', [], true],
  ['GET', '/v1/sync/snapshot', [], true],
  ['POST', '/v1/sync/leases', [], true],
  ['POST', `/v1/sync/leases/${id}/return`, [], true],
  ['GET', '/v1/leases', ['manager', 'auditor', 'admin'], false],
  ['POST', `/v1/leases/${id}/write-off`, ['manager', 'admin'], false],
  ['POST', `/v1/stations/${id}/write-off`, ['manager', 'admin'], false],
  ['GET', '/v1/events', OPERATOR_ROLES, true],
  ['POST', '/v1/stations', ['admin'], false],
  ['POST', `/v1/stations/${id}/revoke`, ['admin'], false],
  ['GET', `/v1/stations/${id}/journal`, ['manager', 'auditor', 'admin'], false],
  ['POST', `/v1/stations/${id}/events/import`, ['manager', 'admin'], false],
] as const

async function listen(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await server.app.inject({ method: 'GET', url: '/v1/events', headers, payloadAsStream: true })
  response.stream().destroy()
  return response.statusCode
}

describe.each(ROUTES)('%s %s', (method, url, operators, stations) => {
  const ask = (token: string | null) => server.ask(method, url, method === 'POST' ? {} : undefined, token)

  it('refuses whoever does not say who they are, before it reads anything', async () => {
    for (const token of [null, '', 'nonsense', 'x'.repeat(43), 'a b']) {
      expect(await ask(token)).toMatchObject({
        status: 401,
        body: { reason: 'unauthorized', reasonGroup: 'integration' },
      })
    }
  })

  it(`lets in ${[...operators, ...(stations ? ['stations'] : [])].join(', ')} and nobody else`, async () => {
    const letIn = async (token: string) => {
      // Whoever may listen gets an answer without an end.
      if (url === '/v1/events') return (await listen(token)) === 200
      const { status, body } = await ask(token)
      return !(status === 403 && body.detail === 'this role may not do that')
    }
    const people = await Promise.all(OPERATOR_ROLES.map((role) => letIn(server.operators[role].token)))
    expect(OPERATOR_ROLES.filter((_, index) => people[index])).toEqual(
      OPERATOR_ROLES.filter((role) => (operators as readonly string[]).includes(role)),
    )
    expect(await letIn(server.stations.north!)).toBe(stations)
  })
})

it('the list above is every route that is not open to all', async () => {
  const { paths } = (await server.app.inject('/docs/json')).json()
  const OPEN = ['/healthz', '/readyz', '/metrics', '/v1/sessions', '/v1/stations/enrol']
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    OPEN.includes(path)
      ? []
      : Object.keys(methods as object).map(
          (method) =>
            `${method.toUpperCase()} ${path.replace('{id}', path.startsWith('/v1/conflicts') ? conflictId : id)}`,
        ),
  )
  expect(described.sort()).toEqual(ROUTES.map(([method, url]) => `${method} ${url}`).sort())
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
    const { token } = server.operators.auditor
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
    const keys = { keys: [{ v: 1, key: 'ab'.repeat(32) }] }
    expect(
      (await server.ask('POST', '/v1/search', { medium: keys, objective: objective() }, server.stations['keys-only']))
        .status,
    ).toBe(200)
  })
})
