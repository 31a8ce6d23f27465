import { uuidv7 } from 'uuidv7'
import { API_SCOPES, STORE_SCOPES } from '../../core/contract/apiKeys.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../core/contract/sessions.ts'
import { newApiKey, newSecret, secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { WHO_MAY } from '../server/accessTable.ts'
import { objective, type TestServer, testServer } from '../server/fixture.ts'
import { OURS } from '../server/officeBrowser.ts'
import { type ApiFuzzVerdict, fuzzApi } from './apiFuzz.ts'

const DAY_MS = 86_400_000

/** A whole server with something in it, asked by everybody who could with everything that nobody should send. */
export async function fuzzServer(seed: number, perRoute: number): Promise<ApiFuzzVerdict> {
  const server = await testServer()
  try {
    const known = await someData(server)
    const credentials = await everybody(server)
    const whoMay = (route: string) => {
      const who = WHO_MAY[route.replace(/\{(\w+)\}/g, ':$1')]?.split(' ') ?? []
      return who.filter((name) => name in credentials)
    }
    return await fuzzApi({ app: server.app, seed, perRoute, known, credentials, whoMay })
  } finally {
    await server.close()
  }
}

async function someData(server: TestServer): Promise<Record<string, string>> {
  const medium = { type: 'qr', identifier: 'member-1' } as const
  const campaignId = await server.campaign({ limits: { acquisitionUses: 3, holderAcquisitions: 9, campaignUses: 100 } })
  const acquisitionId = await server.coupon(campaignId, medium)
  const { redemptionId } = (await server.redeem(medium, { objective: objective(2_000) })).body
  const { admin } = server.operators
  const station = { storeId: 'north', name: 'Lane 7' }
  const { stationId } = (await server.ask('POST', '/v1/stations', station, admin.token)).body
  const person = { operatorId: uuidv7(), name: 'Somebody', role: 'approver' }
  await server.ask('POST', '/v1/operators', person, admin.token)
  const { operatorId } = person
  const values = { currency: 'JPY', timeZone: 'Asia/Tokyo', validFrom: '2020-01-01T00:00:00Z', ...medium }
  return { campaignId, acquisitionId, redemptionId, stationId, operatorId, storeId: 'north', ...values }
}

/** Every kind of credential, and some that are none. */
async function everybody(server: TestServer) {
  const { store, clock, operators, stations } = server
  const bearer = (token: string) => async () => ({ authorization: `Bearer ${token}` })
  const tokens = new Map<OperatorRole, string>()
  const session = async (role: OperatorRole): Promise<string> => {
    const { operatorId } = operators[role]
    const before = tokens.get(role)
    // Some routes end the session that they are called with.
    if (before !== undefined && (await store.sessionByToken(secretHash(before), clock.now(), false))) return before
    const token = newSecret(ids)
    tokens.set(role, token)
    const operator = await store.operator(operatorId)
    // An administrator may have been told to let somebody go.
    if (operator && !operator.active) await store.putOperator({ ...operator, role, active: true })
    await store.openSession(secretHash(token), operatorId, clock.now() + DAY_MS, clock.now())
    return token
  }
  const keys = API_SCOPES.map(async (scope) => {
    const token = newApiKey(ids)
    const storeId = STORE_SCOPES.includes(scope) ? 'north' : null
    const key = { keyId: uuidv7(), name: scope, scopes: [scope], storeId, createdBy: operators.admin.operatorId }
    const when = { now: clock.now(), expiresAt: clock.now() + DAY_MS, reason: null }
    await store.addApiKey({ ...key, ...when, tokenHash: secretHash(token) })
    return [`key:${scope}`, bearer(token)] as const
  })
  const terminal = newSecret(ids)
  const registration = { stationId: 'terminal', storeId: 'north', name: 'terminal', role: 'registration' } as const
  await store.putUnsignedStation({ ...registration, tokenHash: secretHash(terminal), now: clock.now() })
  const roles = OPERATOR_ROLES.map(
    (role) => [role, async () => ({ authorization: `Bearer ${await session(role)}` })] as const,
  )
  return Object.fromEntries([
    ...roles,
    ['admin by cookie', async () => ({ ...OURS, cookie: `tapcoupon-session=${await session('admin')}` })],
    ['counter', bearer(stations.south ?? '')],
    ['registration', bearer(terminal)],
    ...(await Promise.all(keys)),
    ['nobody', async () => ({})],
    ['nonsense', bearer('nonsense')],
    ['another scheme', async () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' })],
  ])
}
