import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { conflictDesk } from './conflictDesk.ts'
import { newMedium } from './fixture.ts'
import { offlineStation } from './offlineStation.ts'

const station = offlineStation()
const { manager, list, story, resolve, forcedLine, told } = conflictDesk(station)

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
