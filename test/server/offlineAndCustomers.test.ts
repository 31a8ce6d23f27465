import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { canonicalMedium } from '../../core/media/canonical.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { mediumKeys } from '../../core/media/mediumKey.ts'
import { hmacSha256 } from '../../server/system.ts'
import { enrolledStation } from './enrolledStation.ts'
import { HASH_KEYS, newMedium, objective, type TestServer, testServer } from './fixture.ts'
import { line } from './offlineStation.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** As a station's journal names a medium. */
function keyed(medium: RawMedium) {
  const canonical = canonicalMedium(medium, { acceptNonUniqueUids: false })
  if (!canonical.ok) throw new Error(canonical.reason)
  return { type: medium.type, keys: mediumKeys(canonical.value, [...HASH_KEYS], hmacSha256) }
}

const heldBy = async (medium: RawMedium): Promise<string[]> =>
  (await server.ask('POST', '/v1/holdings', { medium })).body.held.map(
    ({ campaignId }: { campaignId: string }) => campaignId,
  )
const bodiesWith = async (text: string): Promise<number> =>
  (await server.inDatabase('SELECT event_id FROM events WHERE instr(event, ?) > 0', text)).length

it('what was approved without the server brings what it would have brought, and takes it back when it is undone', async () => {
  const station = await enrolledStation(server)
  const earning = await server.campaign()
  const reward = await server.campaign({
    acquire: { by: 'given' },
    issue: [{ on: 'redemption', campaignIds: [earning], minSpend: 900 }],
  })
  const medium = newMedium()
  const acquisitionId = await server.coupon(earning, medium)
  const redemptionId = uuidv7()
  const body = {
    redemptionId,
    decided: 'offline',
    lines: [line(acquisitionId)],
    medium: keyed(medium),
    objective: objective(),
  }
  expect(await station.send(station.journal.write('redemption', body, server.clock.now()))).toMatchObject([
    { status: 'confirmed' },
  ])
  expect(await heldBy(medium)).toEqual([reward])
  const annul = { annulId: uuidv7(), redemptionId, reason: 'wrong card' }
  await station.send(station.journal.write('annul', annul, server.clock.now()))
  expect(await heldBy(medium)).toEqual([earning])
})

it('an erased customer’s key leaves the journals, event by event, and the events of others stay', async () => {
  const station = await enrolledStation(server)
  const campaignId = await server.campaign()
  const [erased, kept] = [newMedium(), newMedium()]
  for (const medium of [erased, kept]) {
    const acquisitionId = await server.coupon(campaignId, medium)
    const body = { redemptionId: uuidv7(), decided: 'offline', lines: [line(acquisitionId)], medium: keyed(medium) }
    await station.send(station.journal.write('redemption', body, server.clock.now()))
  }
  const keyOf = (medium: RawMedium): string => keyed(medium).keys[0]?.key ?? ''
  expect([await bodiesWith(keyOf(erased)), await bodiesWith(keyOf(kept))]).toEqual([1, 1])
  const shown = (await server.ask('POST', '/v1/media/presentations', { medium: erased, entry: 'tap' })).body
    .presentation
  const { manager, admin } = server.operators
  const { holderId } = (await server.ask('POST', '/v1/holders/find', { presentation: shown }, manager.token)).body
  const request = { actionId: uuidv7(), reason: 'asked for it' }
  expect((await server.ask('POST', `/v1/holders/${holderId}/erase`, request, admin.token)).status).toBe(200)
  for (let slice = 0; slice < 50 && (await server.store.prune(server.clock.now())) > 0; slice++);
  expect([await bodiesWith(keyOf(erased)), await bodiesWith(keyOf(kept))]).toEqual([0, 1])
})
