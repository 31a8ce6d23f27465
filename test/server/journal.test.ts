import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolledStation } from './enrolledStation.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'
import { StationJournal } from './stationJournal.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const quarantined = (reason: string) => ({ status: 'quarantined', reason, reasonGroup: 'integration', lines: [] })

it('changes say how far the asking station’s own journal is here', async () => {
  const { journal, send, token } = await enrolledStation(server)
  const through = async () => (await server.ask('GET', '/v1/sync/changes', undefined, token)).body.journalThrough
  expect(await through()).toBe(0)
  await send(journal.write('session', {}), journal.write('session', {}), 'no event')
  expect(await through()).toBe(2)
})

describe('a bad event is quarantined alone', () => {
  it.each([
    ['not an object', 'hello'],
    ['nothing', null],
    ['no fields', {}],
    ['a number for an id', { seq: 1, id: 5, type: 'redemption' }],
    ['a negative place', { seq: -1, type: 'session', id: uuidv7(), stationAt: 'x', correctedAt: 'x', body: {} }],
  ])('%s', async (_, broken) => {
    const { journal, send } = await enrolledStation(server)
    const results = await send(broken, journal.write('session', { signedIn: true }))
    expect(results).toMatchObject([quarantined('invalid_request'), { status: 'confirmed' }])
  })

  it.each([
    ['a body that says nothing', 'redemption', {}],
    ['no lines', 'redemption', { redemptionId: uuidv7(), decided: 'offline', lines: [] }],
    [
      'a coupon twice',
      'redemption',
      {
        redemptionId: uuidv7(),
        decided: 'offline',
        lines: [1, 2].map(() => ({
          acquisitionId: '01a19467-e801-7004-8000-000000000001',
          discount: { total: 1, allocations: [] },
        })),
      },
    ],
    ['a kind nobody knows', 'teleport', { to: 'anywhere' }],
    ['an annul of nothing', 'annul', {}],
  ])('%s keeps its place in the chain', async (_, type, body) => {
    const { journal, send } = await enrolledStation(server)
    const results = await send(journal.write('session', {}), journal.write(type, body), journal.write('session', {}))
    expect(results).toMatchObject([{ status: 'confirmed' }, quarantined('invalid_request'), { status: 'confirmed' }])
  })

  it('an id older than what is remembered: too_old', async () => {
    const { journal, send } = await enrolledStation(server)
    const lines = [{ acquisitionId: uuidv7(), discount: { total: 1, allocations: [] } }]
    const old = `018${uuidv7().slice(3)}`
    expect(await send(journal.write('redemption', { redemptionId: old, decided: 'offline', lines }))).toMatchObject([
      quarantined('too_old'),
    ])
  })

  it('a body nested a hundred thousand levels deep', async () => {
    const { journal, send } = await enrolledStation(server)
    const event = journal.write('session', {})
    const text = JSON.stringify({ ...event, body: { deep: 'HERE' } }).replace(
      '"HERE"',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    )
    const response = await server.app.inject({
      method: 'POST',
      url: '/v1/sync/events',
      headers: { authorization: `Bearer ${server.stations.north}`, 'content-type': 'application/json' },
      payload: `{"events":[${text}]}`,
    })
    expect(response.json().results).toMatchObject([quarantined('invalid_request')])
    expect(await send(event)).toMatchObject([{ status: 'confirmed' }])
  })
})

describe('the chain', () => {
  it('a changed body, a wrong signature or none: unauthorized, and the real event still has its place', async () => {
    const { journal, send } = await enrolledStation(server)
    const event = journal.write('session', { cashier: 'a' })
    const { sig: _, ...unsigned } = event
    const forgeries = [{ ...event, body: { cashier: 'b' } }, { ...event, sig: 'A'.repeat(86) }, unsigned]
    const results = await send(...forgeries, event)
    expect(results).toMatchObject([...forgeries.map(() => quarantined('unauthorized')), { status: 'confirmed' }])
  })

  it('the same place with another hash: journal_forked', async () => {
    const { journal, send } = await enrolledStation(server)
    const [first, second] = [journal.write('session', { n: 1 }), journal.write('session', { n: 2 })]
    await send(first, second)
    journal.restore(second)
    const fork = journal.write('session', { n: 'another' })
    const after = journal.write('session', { n: 'on the fork' })
    expect(await send(fork, after)).toMatchObject([quarantined('journal_forked'), quarantined('journal_forked')])
    expect(await send(second)).toMatchObject([{ status: 'confirmed' }])
  })

  it('the signature of the last of a run stands for all before it; a run that is cut answers for itself', async () => {
    const { journal, send } = await enrolledStation(server)
    const [first, second, third, fourth] = [1, 2, 3, 4].map((n) => journal.write('session', { n }))
    // Nobody but the station can have written what its next event names by hash.
    const unread = { ...first, sig: 'A'.repeat(86) }
    const changed = { ...third, body: { n: 'another' } }
    const results = await send(unread, second, changed, fourth)
    expect(results).toMatchObject([
      { status: 'confirmed' },
      { status: 'confirmed' },
      quarantined('unauthorized'),
      { status: 'confirmed' },
    ])
    expect(await send(third)).toMatchObject([{ status: 'confirmed' }])
  })

  it('a last event that is forged vouches for nobody', async () => {
    const { journal, send } = await enrolledStation(server)
    const [first, second] = [1, 2].map((n) => journal.write('session', { n }))
    const forgeries = [
      { ...first, sig: 'A'.repeat(86) },
      { ...second, sig: 'A'.repeat(86) },
    ]
    expect(await send(...forgeries)).toMatchObject([quarantined('unauthorized'), quarantined('unauthorized')])
    expect(await send(first, { ...second, sig: 'A'.repeat(86) })).toMatchObject([
      { status: 'confirmed' },
      quarantined('unauthorized'),
    ])
  })

  it('a first event that follows something: journal_forked', async () => {
    const { journal, send } = await enrolledStation(server)
    journal.write('session', {})
    const second = journal.write('session', {})
    const stranger = new StationJournal()
    expect(await send({ ...second, seq: 1 })).toMatchObject([quarantined('unauthorized')])
    expect(await send(stranger.write('session', {}))).toMatchObject([quarantined('unauthorized')])
  })

  it('arrives out of order: a hole does not block, and is filled only by what fits', async () => {
    const { journal, send } = await enrolledStation(server)
    const [first, second, third] = [1, 2, 3].map((n) => journal.write('session', { n }))
    expect(await send(third, first)).toMatchObject([{ status: 'confirmed' }, { status: 'confirmed' }])
    journal.restore(second!)
    expect(await send(journal.write('session', { n: 'other' }))).toMatchObject([quarantined('journal_forked')])
    expect(await send(second)).toMatchObject([{ status: 'confirmed' }])
  })
})

describe('what is kept', () => {
  it('never a medium’s identifier, whatever it came in', async () => {
    const secret = newMedium()
    const at = new Date().toISOString()
    const event = { seq: 1, type: 'redemption', id: uuidv7(), stationAt: at, correctedAt: at }
    const body = {
      redemptionId: uuidv7(),
      decided: 'offline',
      lines: [{ acquisitionId: uuidv7(), discount: { total: 1, allocations: [] } }],
      medium: secret,
    }
    await server.ask('POST', '/v1/sync/events', { events: [{ ...event, body }, { garbage: [{ medium: secret }] }] })
    const rows = await server.inDatabase<{ event: string }>(
      'SELECT event FROM events UNION ALL SELECT event FROM quarantine',
    )
    const texts = rows.map(({ event }) => event)
    expect(texts.length).toBeGreaterThan(1)
    expect(texts.filter((text) => text.includes(secret.identifier))).toEqual([])
  })
})
