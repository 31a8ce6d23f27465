import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { NOTICE_DATA } from '../../../core/contract/notices.ts'
import { DAY } from '../../server/fixture.ts'
import { type MakeStore, storeWorld } from './world.ts'

const EVERYTHING = { storeId: null, types: null }

/** The outbox: what others are told of, written with what it tells. */
export function notices(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, at, campaign, coupon, held, lane, offline, redeem } = world

  const told = async (scope: Parameters<typeof world.coupons.notices>[0]['scope'] = EVERYTHING, after = 0) =>
    (await world.coupons.notices({ after, limit: 1_000, scope })).notices
  const types = async () => (await told()).map(({ content }) => content.type)

  it('an approval, its undoing and what was forced are told in order; a refusal is not', async () => {
    const till = await lane()
    const { medium, coupon: acquisitionId } = await held()
    const before = (await told()).length
    const approved = await redeem(medium)
    expect((await redeem(medium)).status).toBe('refused')
    const forced = offline(till, [acquisitionId])
    await till.send(forced)
    const fresh = (await told()).slice(before)
    expect(fresh.map(({ content }) => content.type)).toEqual([
      'redemption.approved',
      'redemption.approved',
      'redemption.forced',
      'conflict.opened',
    ])
    expect(fresh[0]?.content).toMatchObject({
      data: { redemptionId: approved.redemptionId, storeId: 'north', origin: 'online', totalDiscount: 100 },
    })
    expect(fresh[1]?.content).toMatchObject({ data: { origin: 'offline', lines: [{ acquisitionId, discount: 100 }] } })
    for (const { content } of fresh) expect(NOTICE_DATA[content.type].safeParse(content.data).success).toBe(true)
  })

  it('what is refused, and what failed with its transaction, is told to nobody', async () => {
    const { medium } = await held()
    await redeem(medium)
    const before = await types()
    await redeem(medium)
    expect(await types()).toEqual(before)
  })

  it('an undoing is told with whose uses came back, once', async () => {
    const till = await lane()
    const { coupon: acquisitionId } = await held()
    const event = offline(till, [acquisitionId])
    await till.send(event)
    const redemptionId = String(event.body.redemptionId)
    const before = (await told()).length
    await till.send(annul(till, redemptionId))
    await till.send(annul(till, redemptionId))
    const undone = (await told()).slice(before).filter(({ content }) => content.type === 'redemption.rolled_back')
    expect(undone.map(({ content }) => content.data)).toMatchObject([
      { redemptionId, state: 'rolled_back', acquisitionIds: [acquisitionId] },
    ])
  })

  it('coupons, steps of campaigns and stations that are revoked are told', async () => {
    const campaignId = await campaign()
    const station = `till-${uuidv7()}`
    await world.coupons.putUnsignedStation({
      stationId: station,
      storeId: 'south',
      name: 'till',
      role: 'counter',
      tokenHash: new Uint8Array(32).fill(9),
      now: world.now,
    })
    const { medium } = await held()
    const acquisitionId = await coupon(campaignId, medium, at('south'))
    await world.coupons.revokeStation(station, world.now)
    await world.coupons.revokeStation(station, world.now)
    const said = (await told()).map(({ content }) => content)
    expect(said).toContainEqual({
      type: 'campaign.changed',
      data: { campaignId, version: 1, state: 'approved', action: 'approve' },
    })
    expect(said).toContainEqual({ type: 'acquisition.issued', data: { acquisitionId, campaignId, storeId: 'south' } })
    expect(said.filter(({ type }) => type === 'station.revoked')).toEqual([
      { type: 'station.revoked', data: { stationId: station, storeId: 'south' } },
    ])
  })

  it('a store hears of itself and of the chain; a reader of some types of those', async () => {
    const { medium } = await held()
    await redeem(medium)
    const south = await told({ storeId: 'south', types: null })
    expect(new Set(south.map(({ content }) => content.type))).toEqual(new Set(['campaign.changed']))
    const approvals = await told({ storeId: 'north', types: ['redemption.approved'] })
    expect(approvals).toHaveLength(1)
  })

  it('is read page by page, and says how far it looked; an id of another epoch is not known', async () => {
    await campaign()
    await campaign()
    const all = await told()
    const read = []
    let after = 0
    for (;;) {
      const page = await world.coupons.notices({ after, limit: 2, scope: EVERYTHING })
      read.push(...page.notices)
      after = page.through
      if (page.notices.length < 2) break
    }
    expect(read).toEqual(all)
    expect(after).toBe(await world.coupons.changePosition())
    const { position, epoch } = all.at(-1)!
    expect(await world.coupons.knowsNotice(position, epoch)).toBe(true)
    expect(await world.coupons.knowsNotice(position, 'ffff')).toBe(false)
    expect(await world.coupons.knowsNotice(position + 1_000, epoch)).toBe(false)
  })

  it('is kept for two weeks', async () => {
    await campaign()
    world.advance(13 * DAY)
    while ((await world.coupons.prune(world.now)) > 0);
    expect((await told()).length).toBeGreaterThan(0)
    world.advance(2 * DAY)
    while ((await world.coupons.prune(world.now)) > 0);
    expect(await told()).toEqual([])
  })
}
