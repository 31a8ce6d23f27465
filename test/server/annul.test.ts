import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import { SyncEventsResponse } from '../../core/events/event.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { DAY, newMedium, objective, type TestServer, testServer } from './fixture.ts'
import { StationJournal } from './stationJournal.ts'

let server: TestServer
let token: string
const journal = new StationJournal()
beforeAll(async () => {
  server = await testServer()
  const admin = server.operators.admin.token
  const announced = await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'lane 1' }, admin)
  const { publicKey } = journal
  const enrolled = await server.ask(
    'POST',
    '/v1/stations/enrol',
    { code: announced.body.code, publicKey, handshakeVersion: 1 },
    null,
  )
  token = enrolled.body.token
})
afterAll(() => server.close())

const send = async (...events: unknown[]) =>
  SyncEventsResponse.parse((await server.ask('POST', '/v1/sync/events', { events }, token)).body).results
const line = (acquisitionId: string, total = 100) => ({
  acquisitionId,
  discount: { total, allocations: [{ lineId: '1', amount: total }] },
})
const offline = (redemptionId: string, acquisitionIds: string[], more: object = {}) =>
  journal.write(
    'redemption',
    {
      redemptionId,
      decided: 'offline',
      lines: acquisitionIds.map((id) => line(id)),
      ...more,
    },
    server.clock.now(),
  )
const held = async (changes?: Partial<CampaignRules>) => {
  const medium = newMedium()
  const campaignId = await server.campaign(changes)
  return { medium, campaignId, coupon: await server.coupon(campaignId, medium) }
}
const usable = async (medium: RawMedium) =>
  (await server.ask('POST', '/v1/search', { medium, objective: objective() })).body.usable as {
    acquisitionId: string
    usesLeft: number
  }[]
const inDatabase = <Row>(sql: string, ...values: unknown[]): Row => {
  const db = new Sqlite(server.path, { readonly: true })
  try {
    return db.prepare(sql).get(...values) as Row
  } finally {
    db.close()
  }
}
const usage = (campaignId: string) =>
  inDatabase('SELECT uses, value, forced_uses, forced_value FROM campaign_usage WHERE campaign_id = ?', campaignId)

describe('an annul', () => {
  it('before its redemption waits for it, and then undoes it', async () => {
    const { medium, coupon, campaignId } = await held()
    const redemptionId = uuidv7()
    const annul = journal.write('annul', { annulId: uuidv7(), redemptionId, reason: 'wrong card' })
    expect(await send(annul)).toMatchObject([{ status: 'confirmed' }])
    expect(await send(offline(redemptionId, [coupon]))).toMatchObject([{ status: 'confirmed' }])
    expect(await usable(medium)).toMatchObject([{ acquisitionId: coupon }])
    expect(usage(campaignId)).toMatchObject({ uses: 0, value: 0 })
  })

  it('before the delayed request waits for that too', async () => {
    const { medium, coupon } = await held()
    const redemptionId = uuidv7()
    await send(journal.write('annul', { annulId: uuidv7(), redemptionId, reason: 'never_shown' }))
    const late = await server.ask(
      'POST',
      '/v1/redemptions',
      { redemptionId, medium: await keysOf(coupon), objective: objective(), select: 'best' },
      token,
    )
    expect(late.body).toMatchObject({ status: 'approved', state: 'rolled_back' })
    expect(await usable(medium)).toMatchObject([{ acquisitionId: coupon }])
  })

  it('an undone use pays for an overuse before it comes back', async () => {
    const { medium, coupon, campaignId } = await held()
    const [first, second] = [uuidv7(), uuidv7()]
    await send(offline(first, [coupon]), offline(second, [coupon]))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 1, forced_value: 100 })
    await send(journal.write('annul', { annulId: uuidv7(), redemptionId: first, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toEqual([])
    await send(journal.write('annul', { annulId: uuidv7(), redemptionId: second, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 0, value: 0, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toMatchObject([{ usesLeft: 1 }])
  })

  it('of a forced line gives nothing back that was not taken', async () => {
    const { medium, coupon, campaignId } = await held()
    const forced = uuidv7()
    await send(offline(uuidv7(), [coupon]), offline(forced, [coupon]))
    await send(journal.write('annul', { annulId: uuidv7(), redemptionId: forced, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toEqual([])
  })
})

describe('a station undoes what it never showed, whenever it comes back', () => {
  const redeemHere = async (medium: { keys: unknown[] }) =>
    (
      await server.ask(
        'POST',
        '/v1/redemptions',
        { redemptionId: uuidv7(), medium, objective: objective(), select: 'best' },
        token,
      )
    ).body
  const rollback = (redemptionId: string) =>
    server.ask(
      'POST',
      `/v1/redemptions/${redemptionId}/rollback`,
      { rollbackId: uuidv7(), reason: 'never_shown' },
      token,
    )

  it('but not what its journal says was shown', async () => {
    const [unseen, seen] = [await held(), await held()]
    const [lost, shown] = [await redeemHere(await keysOf(unseen.coupon)), await redeemHere(await keysOf(seen.coupon))]
    await send(journal.write('redemption', { redemptionId: shown.redemptionId, decided: 'online', lines: shown.lines }))
    server.clock.advance(DAY)
    expect((await rollback(lost.redemptionId)).status).toBe(200)
    expect((await rollback(shown.redemptionId)).status).toBe(403)
  })
})

/** The medium's key of whoever holds a coupon, as a counter's copy has it. */
async function keysOf(acquisitionId: string) {
  const row = inDatabase<{ key: Buffer; v: number }>(
    'SELECT key, key_version AS v FROM media JOIN acquisitions USING (holder_id) WHERE acquisition_id = ?',
    acquisitionId,
  )
  return { keys: [{ v: row.v, key: row.key.toString('hex') }] }
}
