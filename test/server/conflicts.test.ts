import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, it } from 'vitest'
import { pinVerifier } from '../../server/auth/pins.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { conflictDesk } from './conflictDesk.ts'
import { CHEAP } from './fixture.ts'
import { offlineStation } from './offlineStation.ts'

const station = offlineStation()
const { ask, list, story, resolve, forcedLine, told } = conflictDesk(station)

it('a forced line is resolved with who and why, and its station hears it', async () => {
  const { conflict, campaignId } = await forcedLine()
  expect(conflict).toMatchObject({ kind: 'forced', operator: { name: 'cashier' }, resolution: null })
  const answer = await resolve(conflict.conflictId, 'accepted')
  expect(answer).toMatchObject({ status: 200, body: { state: 'resolved' } })
  expect(answer.body.resolution).toMatchObject({ outcome: 'accepted', by: { name: 'manager' }, reason: 'I was there' })
  expect((await list(`?state=open&campaignId=${campaignId}`)).conflicts).toEqual([])
  expect((await told(station.token)).find(({ conflictId }) => conflictId === conflict.conflictId)).toMatchObject({
    outcome: 'accepted',
    remaining: 0,
  })
})

it('a resolution is said once: again, by whoever, changes nothing; another word or id is a conflict', async () => {
  const { conflict } = await forcedLine()
  const resolutionId = uuidv7()
  const first = await resolve(conflict.conflictId, 'accepted', { resolutionId })
  const again = await resolve(conflict.conflictId, 'accepted', { resolutionId })
  expect(again).toMatchObject({ status: 200, body: first.body })
  const admin = station.server.operators.admin.token
  const later = await resolve(conflict.conflictId, 'accepted', { reason: 'me too' }, admin)
  expect(later).toMatchObject({ status: 200, body: { resolution: { by: { name: 'manager' }, reason: 'I was there' } } })
  for (const more of [{}, { resolutionId }]) {
    expect(await resolve(conflict.conflictId, 'rolled_back', more)).toMatchObject({
      status: 409,
      body: { reason: 'duplicate_request_differs' },
    })
  }
})

it('a quarantined event can be written off, and nothing else', async () => {
  const event = station.write('redemption', { redemptionId: uuidv7(), decided: 'offline', lines: 'none' })
  await station.send(event)
  const { conflicts } = await list('?kind=quarantined&state=open')
  const conflict = conflicts.find(({ eventId }) => eventId === event.id)!
  for (const resolution of ['accepted', 'rolled_back']) {
    expect(await resolve(conflict.conflictId, resolution)).toMatchObject({
      status: 409,
      body: { reason: 'invalid_request' },
    })
  }
  expect(await resolve(conflict.conflictId, 'written_off')).toMatchObject({ status: 200 })
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
  it('goes page by page, by a cursor', async () => {
    for (let n = 0; n < 3; n++) await forcedLine()
    const all = (await list('?kind=forced&limit=200')).conflicts.map(({ conflictId }) => conflictId)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `?kind=forced&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...page.conflicts.map(({ conflictId }) => conflictId))
      cursor = page.cursor
    }
    expect(seen).toEqual(all)
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
