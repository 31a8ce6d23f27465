import { uuidv7 } from 'uuidv7'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import { SearchResponse } from '../../core/contract/search.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../core/contract/sessions.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { Store } from '../../core/objective.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { buildApp, type SecurityOptions } from '../../server/app.ts'
import { pinVerifier } from '../../server/auth/pins.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import type { HashKey } from '../../server/media/hashKeys.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { systemIds as ids } from '../../server/system.ts'
import { type TestDatabase, testDatabase } from './testDatabase.ts'

export const HASH_KEYS: readonly HashKey[] = [{ v: 1, key: new Uint8Array(32).fill(7) }]

/** A scrypt that is quick enough for tests. */
export const CHEAP = { N: 16, r: 1, p: 1 }

/** And an Argon2id. */
export const CHEAP_PASSWORDS = { memory: 64, passes: 1, parallelism: 1 }

export const STORES: readonly Store[] = ['north', 'south', 'keys-only'].map((storeId) => ({
  storeId,
  name: `Store ${storeId}`,
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  businessDayStartHour: 4,
}))

/** A clock that tests move. */
export function testClock(): Clock & { advance(ms: number): void } {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    monotonic: () => performance.now() + offset,
    advance: (ms) => {
      offset += ms
    },
  }
}

export const DAY = 86_400_000

/** Rules that give 100 yen off anything, with what a test changes of them. */
export function rules(changes: Partial<CampaignRules> = {}): Record<string, unknown> {
  return {
    title: 'A hundred yen off',
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
    ...changes,
  }
}

export const objective = (total = 1_000) => ({
  currency: 'JPY',
  items: [{ lineId: '1', category: 'food', unitPrice: total, lineTotal: total }],
  total,
})

let cards = 0
/** A medium that no test has used. */
export function newMedium(): RawMedium {
  cards += 1
  return { type: 'felica-idm', identifier: `012e4c00${cards.toString(16).padStart(8, '0')}` }
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

export type Ask = (method: 'GET' | 'POST', url: string, body?: unknown, token?: string | null) => Promise<Answer>

export interface TestServer {
  /** A SQLite file, or the URL of a PostgreSQL. */
  readonly database: string
  /** Runs SQL behind the server's back, as `TestDatabase.ask`. */
  readonly inDatabase: TestDatabase['ask']
  readonly store: CouponStore
  readonly clock: ReturnType<typeof testClock>
  readonly app: Awaited<ReturnType<typeof buildApp>>
  readonly operators: Readonly<
    Record<OperatorRole | 'planner2', { readonly operatorId: string; readonly token: string }>
  >
  /** Token of an unsigned station, by store. */
  readonly stations: Readonly<Record<string, string>>
  /** Asks as the station of the first store unless another token is named; null sends none. */
  readonly ask: Ask
  /** An approved campaign. */
  campaign(changes?: Partial<CampaignRules>): Promise<string>
  /** A coupon on a medium. */
  coupon(campaignId: string, medium: RawMedium, acquisitionId?: string): Promise<string>
  /** Asks what a medium's holder can use for a purchase of 1,000 yen, with what `more` says otherwise. */
  search(medium: unknown, more?: object): Promise<SearchResponse>
  /** Redeems the best for that purchase under a new id, with what `more` says otherwise; the token as in `ask`. */
  redeem(medium: unknown, more?: object, token?: string): Promise<Answer>
  /** Of a coupon, if it is usable for that purchase; else 0. */
  usesLeft(medium: RawMedium, acquisitionId: string): Promise<number>
  close(): Promise<void>
}

/** A whole server over a new database (on SQLite, the file at `path`), with people, stores and stations. */
export async function testServer(
  options: {
    readonly path?: string
    /** In its place, a database that the caller has made and removes. */
    readonly database?: TestDatabase
    readonly settings?: object
    readonly scheduler?: Scheduler
    readonly security?: SecurityOptions
    readonly sendsWebhooks?: boolean
  } = {},
): Promise<TestServer> {
  const { database, store, ask: inDatabase, remove } = options.database ?? (await testDatabase(options.path))
  const clock = testClock()
  const { scheduler, sendsWebhooks = false } = options
  const security = { passwordCost: CHEAP_PASSWORDS, ...options.security }
  const parts = { store, hashKeys: HASH_KEYS, clock, ids, security, sendsWebhooks }
  const app = await buildApp({ ...parts, ...(scheduler && { scheduler }) })
  const { operators, stations } = await seed(store, clock, options.settings ?? {})

  const ask: Ask = async (method, url, body, token = stations.north) => {
    const response = await app.inject({
      method,
      url,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, headers: response.headers, body: isJson ? response.json() : response.body }
  }

  const search: TestServer['search'] = async (medium, more = {}) =>
    SearchResponse.parse((await ask('POST', '/v1/search', { medium, objective: objective(), ...more })).body)

  return {
    database,
    inDatabase,
    store,
    clock,
    app,
    operators,
    stations,
    ask,
    async campaign(changes) {
      const campaignId = uuidv7()
      const { planner, approver } = operators
      await expectOk(ask('POST', '/v1/campaigns', { campaignId, rules: rules(changes) }, planner.token))
      await expectOk(ask('POST', `/v1/campaigns/${campaignId}/submit`, {}, planner.token))
      await expectOk(ask('POST', `/v1/campaigns/${campaignId}/approve`, {}, approver.token))
      return campaignId
    },
    async coupon(campaignId, medium, acquisitionId = uuidv7()) {
      const answer = await expectOk(ask('POST', '/v1/acquisitions', { acquisitionId, campaignId, medium }))
      if (answer.body.status !== 'acquired') throw new Error(JSON.stringify(answer.body))
      return acquisitionId
    },
    search,
    redeem(medium, more = {}, token) {
      const redemptionId = uuidv7()
      const request = { redemptionId, medium, objective: objective(), select: 'best', ...more }
      return ask('POST', '/v1/redemptions', request, token)
    },
    usesLeft: async (medium, acquisitionId) =>
      (await search(medium)).usable.find((coupon) => coupon.acquisitionId === acquisitionId)?.usesLeft ?? 0,
    async close() {
      await app.close()
      await remove()
    },
  }
}

async function expectOk(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}

/** Stores, an operator of every role and two planners, and an unsigned station for each store. */
export async function seed(store: CouponStore, clock: Clock, settings: object) {
  for (const one of STORES) {
    const acceptsRawMedia = one.storeId !== 'keys-only'
    await store.putStore({ store: one, settings: StationSettings.parse(settings), acceptsRawMedia })
  }
  const operators: Record<string, { operatorId: string; token: string }> = {}
  for (const name of [...OPERATOR_ROLES, 'planner2']) {
    const operatorId = uuidv7()
    const role: OperatorRole = name === 'planner2' ? 'planner' : (name as OperatorRole)
    const token = newSecret(ids)
    await store.putOperator({ operatorId, name, role, active: true, pin: await pinVerifier('1234', ids, CHEAP) })
    await store.openSession(secretHash(token), operatorId, clock.now() + 365 * DAY, clock.now())
    operators[name] = { operatorId, token }
  }
  const stations: Record<string, string> = {}
  for (const { storeId } of STORES) {
    const token = newSecret(ids)
    await store.putUnsignedStation({
      stationId: `station-${storeId}`,
      storeId,
      name: storeId,
      role: 'counter',
      tokenHash: secretHash(token),
      now: clock.now(),
    })
    stations[storeId] = token
  }
  return { operators: operators as TestServer['operators'], stations }
}
