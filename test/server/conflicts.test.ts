import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, it } from 'vitest'
import { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { pinVerifier } from '../../server/auth/pins.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { CHEAP, newMedium, STORES } from './fixture.ts'
import { line, offlineStation } from './offlineStation.ts'

const station = offlineStation()
const manager = () => station.server.operators.manager
const ask = (method: 'GET' | 'POST', path: string, body?: unknown, token = manager().token) =>
  station.server.ask(method, `/v1/conflicts${path}`, body, token)
const list = async (query = '', token?: string) => ConflictPage.parse((await ask('GET', query, undefined, token)).body)
const story = async (conflictId: string) => ConflictStory.parse((await ask('GET', `/${conflictId}`)).body)
const resolve = (conflictId: string, resolution: string, more: object = {}, token?: string) =>
  ask('POST', `/${conflictId}/resolve`, { resolutionId: uuidv7(), resolution, reason: 'I was there', ...more }, token)

/** A coupon that was used online at the north store's other station, and offline here: the line that was forced. */
async function forcedLine() {
  const { medium, campaignId, coupon } = await station.held()
  const online = await station.server.redeem(medium)
  expect(online.body.status).toBe('approved')
  const redemptionId = uuidv7()
  const cashier = station.server.operators.cashier.operatorId
  await station.send(station.offline(redemptionId, [coupon], { entry: 'tap', operatorId: cashier, totalDiscount: 100 }))
  const { conflicts } = await list(`?state=open&campaignId=${campaignId}`)
  expect(conflicts).toHaveLength(1)
  return { medium, campaignId, coupon, redemptionId, onlineId: online.body.redemptionId, conflict: conflicts[0]! }
}

/** What the feed tells a station of how its conflicts ended. */
async function told(token: string): Promise<{ conflictId: string; outcome: string; remaining: number }[]> {
  const found: { kind: string; conflictId: string; outcome: string; remaining: number }[] = []
  let cursor = ''
  for (let pages = 0; pages < 50; pages++) {
    const { body } = await station.server.ask('GET', `/v1/sync/changes?cursor=${cursor}`, undefined, token)
    found.push(...body.changes.filter(({ kind }: { kind: string }) => kind === 'resolution'))
    cursor = body.cursor
    if (!body.more) break
  }
  return found
}

describe('a forced line', () => {
  it('is on the list with what a person needs to find it', async () => {
    const { coupon, redemptionId, campaignId, conflict } = await forcedLine()
    expect(conflict).toMatchObject({
      kind: 'forced',
      state: 'open',
      storeId: 'north',
      stationName: 'lane 1',
      reason: 'already_used',
      reasonGroup: 'customer',
      redemptionId,
      acquisitionId: coupon,
      campaignId,
      title: 'A hundred yen off',
      discount: 100,
      operator: { name: 'cashier' },
      resolution: null,
    })
  })

  it('tells both sides: what the station said, and where and when the coupon was used before', async () => {
    const { conflict, onlineId } = await forcedLine()
    const told = await story(conflict.conflictId)
    expect(told.station).toMatchObject({ type: 'redemption', decided: 'offline', entry: 'tap', totalDiscount: 100 })
    expect(told.station.lines).toMatchObject([{ discount: 100, leased: false, title: 'A hundred yen off' }])
    expect(told.server.coupon).toMatchObject({ usesLeft: 0, revoked: false })
    expect(told.server.campaign).toMatchObject({ uses: 1, value: 100, forcedUses: 1, forcedValue: 100 })
    expect(told.server.uses).toMatchObject([
      {
        redemptionId: onlineId,
        sameCoupon: true,
        stationId: 'station-north',
        origin: 'online',
        state: 'counted',
        discount: 100,
      },
    ])
    expect(told.history).toMatchObject([{ action: 'opened', by: null, reason: 'already_used' }])
  })

  it('accepted: it stands, the campaign bears it, and it is on nobody’s list any more', async () => {
    const { conflict, campaignId } = await forcedLine()
    const answer = await resolve(conflict.conflictId, 'accepted')
    expect(answer).toMatchObject({ status: 200, body: { state: 'resolved' } })
    expect(answer.body.resolution).toMatchObject({
      outcome: 'accepted',
      by: { name: 'manager' },
      reason: 'I was there',
    })
    expect(station.usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 1, forced_value: 100 })
    expect((await list(`?state=open&campaignId=${campaignId}`)).conflicts).toEqual([])
    expect((await list(`?state=resolved&campaignId=${campaignId}`)).conflicts).toHaveLength(1)
  })

  it('rolled back: overuse and cost go down, and the redemption with them', async () => {
    const { conflict, campaignId, redemptionId } = await forcedLine()
    await resolve(conflict.conflictId, 'rolled_back')
    expect(station.usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    const redemption = await station.server.ask('GET', `/v1/redemptions/${redemptionId}`)
    expect(redemption.body).toMatchObject({ status: 'approved', state: 'rolled_back' })
    expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'rolled_back' })
  })

  it('written off: the cost stays on the books, and a use that comes back later is the customer’s', async () => {
    const { conflict, campaignId, medium, coupon, onlineId } = await forcedLine()
    await resolve(conflict.conflictId, 'written_off')
    expect(station.usage(campaignId)).toMatchObject({ forced_uses: 1, forced_value: 100 })
    const rollback = { rollbackId: uuidv7(), reason: 'returned', operatorId: manager().operatorId }
    await station.server.ask('POST', `/v1/redemptions/${onlineId}/rollback`, rollback, manager().token)
    expect(await station.server.usesLeft(medium, coupon)).toBe(1)
    expect((await story(conflict.conflictId)).resolution?.outcome).toBe('written_off')
  })

  it('that another use pays for later ends by itself', async () => {
    const { conflict, onlineId } = await forcedLine()
    const rollback = { rollbackId: uuidv7(), reason: 'returned', operatorId: manager().operatorId }
    await station.server.ask('POST', `/v1/redemptions/${onlineId}/rollback`, rollback, manager().token)
    expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'covered', by: null })
    expect((await resolve(conflict.conflictId, 'accepted')).status).toBe(409)
  })

  it('that its own cashier annuls ends by itself', async () => {
    const { conflict, redemptionId } = await forcedLine()
    await station.send(station.write('annul', { annulId: uuidv7(), redemptionId, reason: 'mistake' }))
    expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'rolled_back', by: null })
  })

  it('whose undoing came first was never open', async () => {
    const { medium, campaignId, coupon } = await station.held()
    await station.server.redeem(medium)
    const redemptionId = uuidv7()
    await station.send(station.write('annul', { annulId: uuidv7(), redemptionId, reason: 'mistake' }))
    await station.send(station.offline(redemptionId, [coupon]))
    expect((await list(`?campaignId=${campaignId}`)).conflicts).toEqual([])
  })

  it('is opened once, however often its event arrives', async () => {
    const { medium, campaignId, coupon } = await station.held()
    await station.server.redeem(medium)
    const event = station.offline(uuidv7(), [coupon])
    for (let time = 0; time < 3; time++) await station.send(event)
    const { conflicts } = await list(`?campaignId=${campaignId}`)
    expect(conflicts).toHaveLength(1)
    expect((await story(conflicts[0]!.conflictId)).history).toHaveLength(1)
  })
})

describe('a resolution', () => {
  it('is said once: the same id, or the same word by somebody else, changes nothing', async () => {
    const { conflict } = await forcedLine()
    const resolutionId = uuidv7()
    const first = await resolve(conflict.conflictId, 'accepted', { resolutionId })
    expect(await resolve(conflict.conflictId, 'accepted', { resolutionId })).toMatchObject({
      status: 200,
      body: first.body,
    })
    const admin = station.server.operators.admin.token
    const later = await resolve(conflict.conflictId, 'accepted', { reason: 'me too' }, admin)
    expect(later).toMatchObject({
      status: 200,
      body: { resolution: { by: { name: 'manager' }, reason: 'I was there' } },
    })
    expect((await story(conflict.conflictId)).history.map(({ action }) => action)).toEqual(['opened', 'accepted'])
  })

  it('another word, or the id of another one: 409, and nothing changes', async () => {
    const { conflict, campaignId } = await forcedLine()
    const resolutionId = uuidv7()
    await resolve(conflict.conflictId, 'accepted', { resolutionId })
    for (const more of [{}, { resolutionId }]) {
      expect(await resolve(conflict.conflictId, 'rolled_back', more)).toMatchObject({
        status: 409,
        body: { reason: 'duplicate_request_differs' },
      })
    }
    const other = await forcedLine()
    expect((await resolve(other.conflict.conflictId, 'accepted', { resolutionId })).status).toBe(409)
    expect((await story(other.conflict.conflictId)).state).toBe('open')
    expect(station.usage(campaignId)).toMatchObject({ forced_uses: 1, forced_value: 100 })
  })

  it('under the id of a rollback of something else: 409, and nothing changes', async () => {
    const { conflict, onlineId, campaignId } = await forcedLine()
    const { onlineId: another } = await forcedLine()
    const rollbackId = uuidv7()
    const rollback = { rollbackId, reason: 'returned', operatorId: manager().operatorId }
    await station.server.ask('POST', `/v1/redemptions/${another}/rollback`, rollback, manager().token)
    expect((await resolve(conflict.conflictId, 'rolled_back', { resolutionId: rollbackId })).status).toBe(409)
    expect((await story(conflict.conflictId)).state).toBe('open')
    expect(station.usage(campaignId)).toMatchObject({ forced_uses: 1 })
    expect(onlineId).not.toBe(another)
  })

  it('reaches the station whose event it was, and no other', async () => {
    const { conflict } = await forcedLine()
    expect((await told(station.token)).some(({ conflictId }) => conflictId === conflict.conflictId)).toBe(false)
    await resolve(conflict.conflictId, 'accepted')
    expect((await told(station.token)).find(({ conflictId }) => conflictId === conflict.conflictId)).toMatchObject({
      conflict: 'forced',
      eventId: conflict.eventId,
      redemptionId: conflict.redemptionId,
      outcome: 'accepted',
      by: 'manager',
      reason: 'I was there',
      remaining: 0,
    })
    expect(await told(station.server.stations.south!)).toEqual([])
  })

  it('of one of two lines says that one is left', async () => {
    const medium = newMedium()
    const coupons: string[] = []
    for (let n = 0; n < 2; n++) coupons.push(await station.server.coupon(await station.server.campaign(), medium))
    expect((await station.server.redeem(medium)).body.lines).toHaveLength(2)
    const redemptionId = uuidv7()
    await station.send(station.offline(redemptionId, coupons))
    const { conflicts } = await list('?state=open')
    const [first, second] = conflicts.filter((conflict) => conflict.redemptionId === redemptionId)
    await resolve(first!.conflictId, 'accepted')
    const remaining = async () =>
      (await told(station.token)).find(({ conflictId }) => conflictId === first!.conflictId)?.remaining
    expect(await remaining()).toBe(1)
    await resolve(second!.conflictId, 'written_off')
    expect(await remaining()).toBe(0)
  })
})

describe('a quarantined event', () => {
  const quarantined = async () => {
    const event = station.write('redemption', { redemptionId: uuidv7(), decided: 'offline', lines: 'none' })
    await station.send(event)
    const { conflicts } = await list('?kind=quarantined&state=open')
    return { event, conflict: conflicts.find(({ eventId }) => eventId === event.id)! }
  }

  it('is on the list with as much of it as can be read', async () => {
    const { conflict } = await quarantined()
    expect(conflict).toMatchObject({ kind: 'quarantined', reason: 'invalid_request', discount: null, title: '' })
    expect((await story(conflict.conflictId)).station).toMatchObject({
      type: 'redemption',
      decided: 'offline',
      lines: [],
    })
  })

  it('of which nothing can be read is there all the same', async () => {
    await station.send({ seq: 'x', body: { identifier: '012e4c0000000001' } })
    const { conflicts } = await list('?kind=quarantined&state=open')
    const unreadable = conflicts.find(({ seq, eventId }) => seq === null && eventId === null)
    const told = await story(unreadable!.conflictId)
    expect(told).toMatchObject({ happenedAt: null, station: { type: null, lines: [] }, server: { uses: [] } })
    expect(JSON.stringify(told)).not.toContain('012e4c0000000001')
    expect(await resolve(unreadable!.conflictId, 'written_off')).toMatchObject({ status: 200 })
  })

  it('can be written off, and nothing else', async () => {
    const { conflict } = await quarantined()
    for (const resolution of ['accepted', 'rolled_back']) {
      expect(await resolve(conflict.conflictId, resolution)).toMatchObject({
        status: 409,
        body: { reason: 'invalid_request' },
      })
    }
    expect(await resolve(conflict.conflictId, 'written_off')).toMatchObject({ status: 200 })
    expect((await told(station.token)).find(({ conflictId }) => conflictId === conflict.conflictId)).toMatchObject({
      conflict: 'quarantined',
      outcome: 'written_off',
      remaining: 0,
    })
  })

  it('sent again after what was wrong here was repaired is settled, unless it was written off', async () => {
    const { server } = station
    const [, , keysOnly] = STORES
    const put = (acceptsRawMedia: boolean) =>
      server.store.putStore({ store: keysOnly!, settings: StationSettings.parse({}), acceptsRawMedia })
    const lane: EnrolledStation = await enrolledStation(server, 'keys-only')
    const event = (coupon: string, medium: object) =>
      lane.journal.write(
        'redemption',
        { redemptionId: uuidv7(), decided: 'offline', lines: [line(coupon)], medium },
        server.clock.now(),
      )
    const [one, two] = [await station.held(), await station.held()]
    const events = [event(one.coupon, one.medium), event(two.coupon, two.medium)]
    expect(await lane.send(...events)).toMatchObject([{ status: 'quarantined' }, { status: 'quarantined' }])
    const conflictOf = async ({ id }: { id: string }) =>
      (await list('?storeId=keys-only')).conflicts.find(({ eventId }) => eventId === id)!
    await resolve((await conflictOf(events[1]!)).conflictId, 'written_off')
    await put(true)
    expect(await lane.send(...events)).toMatchObject([{ status: 'confirmed' }, { status: 'quarantined' }])
    expect(await conflictOf(events[0]!)).toMatchObject({ state: 'resolved', resolution: { outcome: 'settled' } })
    expect(station.usage(one.campaignId)).toMatchObject({ uses: 1 })
    expect(station.usage(two.campaignId)).toMatchObject({ uses: 0 })
    // And once more is the same answer.
    expect(await lane.send(events[0])).toMatchObject([{ status: 'confirmed' }])
    await put(false)
  })
})

describe('who may see and judge', () => {
  let southManager: string
  beforeAll(async () => {
    const operatorId = uuidv7()
    southManager = newSecret(ids)
    const { store, clock } = station.server
    const pin = await pinVerifier('1234', ids, CHEAP)
    await store.putOperator({ operatorId, name: 'south', role: 'manager', active: true, pin, storeId: 'south' })
    await store.openSession(secretHash(southManager), operatorId, clock.now() + 3_600_000, clock.now())
  })

  it('a manager of another store sees nothing of it, counts nothing of it and resolves nothing of it', async () => {
    const { conflict } = await forcedLine()
    const page = await list('', southManager)
    expect(page).toEqual({ conflicts: [], cursor: null, open: 0 })
    expect((await list('?storeId=north', southManager)).conflicts).toEqual([])
    expect((await ask('GET', `/${conflict.conflictId}`, undefined, southManager)).status).toBe(404)
    expect((await resolve(conflict.conflictId, 'accepted', {}, southManager)).status).toBe(404)
    expect((await story(conflict.conflictId)).state).toBe('open')
  })

  it('an auditor reads and resolves nothing', async () => {
    const { conflict } = await forcedLine()
    const { token } = station.server.operators.auditor
    expect((await ask('GET', `/${conflict.conflictId}`, undefined, token)).status).toBe(200)
    expect(await resolve(conflict.conflictId, 'accepted', {}, token)).toMatchObject({
      status: 403,
      body: { reason: 'operator_not_allowed' },
    })
  })
})

describe('the list', () => {
  it('goes page by page, newest first, each once, whatever comes meanwhile', async () => {
    const { stationId } = (await forcedLine()).conflict
    for (let n = 0; n < 4; n++) {
      station.server.clock.advance(1_000)
      await forcedLine()
    }
    const all = (await list(`?stationId=${stationId}&kind=forced&limit=200`)).conflicts.map(
      ({ conflictId }) => conflictId,
    )
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: ConflictPage = await list(
        `?stationId=${stationId}&kind=forced&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...page.conflicts.map(({ conflictId }) => conflictId))
      cursor = page.cursor
      if (seen.length === 2) await forcedLine()
    }
    expect(seen).toEqual(all)
  })

  it('is filtered by reason', async () => {
    await forcedLine()
    expect((await list('?reason=already_used&limit=1')).conflicts).toHaveLength(1)
    expect((await list('?reason=expired')).conflicts).toEqual([])
  })

  it.each(['?cursor=nonsense', '?limit=0', '?state=half', '?kind=none'])('refuses %s by name', async (query) => {
    expect(await ask('GET', query)).toMatchObject({ status: 400, body: { reason: 'invalid_request' } })
  })

  it.each([
    ['no reason', { reason: '  ' }],
    ['no id', { resolutionId: 'x' }],
    ['no such resolution', { resolution: 'forgotten' }],
  ])('a resolution with %s is refused by name', async (_, more) => {
    expect(await resolve('ab'.repeat(16), 'accepted', more)).toMatchObject({ status: 400 })
  })

  it('of an id that nothing has: 404', async () => {
    expect((await resolve('ab'.repeat(16), 'accepted')).status).toBe(404)
  })
})
