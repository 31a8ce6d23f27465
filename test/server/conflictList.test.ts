import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConflictPage } from '../../core/contract/conflicts.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { pinVerifier } from '../../server/auth/pins.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { conflictDesk } from './conflictDesk.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { CHEAP, STORES } from './fixture.ts'
import { line, offlineStation } from './offlineStation.ts'

const station = offlineStation()
const { ask, list, story, resolve, forcedLine, told } = conflictDesk(station)

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
