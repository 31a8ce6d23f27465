import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, it } from 'vitest'
import { conflictDesk } from './conflictDesk.ts'
import { type Lane, type MakeStore, newMedium, storeWorld } from './world.ts'

/** What a manager has to look at, and what follows from what they say. */
export function conflicts(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, counts, forced, held, offline, redeem, rollback, usable } = world
  const { forcedLine, list, resolve, story, told } = conflictDesk(world)
  const manager = { kind: 'manager', operatorId: 'manager-id' } as const
  let till: Lane
  beforeEach(async () => {
    await world.operator('manager')
    await world.operator('cashier')
    till = await world.lane()
  })

  describe('a forced line', () => {
    it('is on the list with what a person needs to find it', async () => {
      const { coupon, redemptionId, campaignId, conflict } = await forcedLine(till)
      expect(conflict).toMatchObject({
        kind: 'forced',
        state: 'open',
        storeId: 'north',
        storeName: 'Store north',
        stationId: till.context.stationId,
        stationName: 'lane 1',
        openedAt: new Date(world.now).toISOString(),
        happenedAt: new Date(world.now).toISOString(),
        reason: 'already_used',
        reasonGroup: 'customer',
        redemptionId,
        acquisitionId: coupon,
        campaignId,
        title: 'A hundred yen off',
        discount: 100,
        currency: 'JPY',
        seq: 1,
        operator: { operatorId: 'cashier-id', name: 'cashier' },
        resolution: null,
      })
      expect((await world.coupons.figures()).tapcoupon_overuse_open).toBe(1)
    })

    it('tells both sides: what the station said, and where and when the coupon was used before', async () => {
      const { conflict, onlineId, coupon } = await forcedLine(till)
      const { station, server, history } = await story(conflict.conflictId)
      expect(station).toMatchObject({ type: 'redemption', decided: 'offline', entry: 'tap', totalDiscount: 100 })
      expect(station.lines).toEqual([
        { acquisitionId: coupon, discount: 100, leased: false, title: 'A hundred yen off' },
      ])
      expect(server.coupon).toEqual({ usesLeft: 0, expiresAt: null, revoked: false })
      expect(server.campaign).toMatchObject({
        state: 'approved',
        uses: 1,
        value: 100,
        forcedUses: 1,
        forcedValue: 100,
        limits: { campaignUses: 1_000, acquisitionUses: 1 },
      })
      expect(server.uses).toMatchObject([
        {
          redemptionId: onlineId,
          acquisitionId: coupon,
          sameCoupon: true,
          storeId: 'north',
          stationId: 'till-north',
          stationName: '',
          origin: 'online',
          state: 'counted',
          discount: 100,
        },
      ])
      expect(history).toMatchObject([{ action: 'opened', by: null, reason: 'already_used' }])
    })

    it('accepted: it stands, the campaign bears it, and it is on nobody’s list any more', async () => {
      const { conflict, campaignId } = await forcedLine(till)
      expect(await resolve(conflict.conflictId, 'accepted')).toEqual({ ok: true, value: null })
      expect(await story(conflict.conflictId)).toMatchObject({
        state: 'resolved',
        resolution: { outcome: 'accepted', by: { name: 'manager' }, reason: 'I was there' },
      })
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await list({ campaignId, state: 'open' })).toMatchObject({ conflicts: [], open: 0 })
      expect((await list({ campaignId, state: 'resolved' })).conflicts).toHaveLength(1)
      expect((await world.coupons.figures()).tapcoupon_overuse_open).toBe(0)
    })

    it('rolled back: overuse and cost go down, and the redemption with them', async () => {
      const { conflict, campaignId, redemptionId } = await forcedLine(till)
      expect(await resolve(conflict.conflictId, 'rolled_back')).toMatchObject({ ok: true })
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 0, value: 0 })
      expect(await world.coupons.redemption(redemptionId)).toMatchObject({
        response: { status: 'approved', state: 'rolled_back' },
      })
      expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'rolled_back' })
    })

    it('rolled back, with a use that it took: the use goes back', async () => {
      const limits = { campaignUses: 1, acquisitionUses: 1, holderAcquisitions: 1 }
      const { medium, campaignId } = await held({ limits })
      const other = newMedium()
      const acquisitionId = await world.coupon(campaignId, other)
      await redeem(medium)
      await till.send(offline(till, [acquisitionId]))
      const [conflict] = (await list({ campaignId })).conflicts
      await resolve(conflict!.conflictId, 'rolled_back')
      const { changes } = await world.feed(till.context)
      expect(
        changes.findLast((one) => one.kind === 'acquisition' && one.acquisitionId === acquisitionId),
      ).toMatchObject({
        usesLeft: 1,
      })
    })

    it('written off: the cost stays on the books, and a use that comes back later is the customer’s', async () => {
      const { conflict, campaignId, medium, coupon: acquisitionId, onlineId } = await forcedLine(till)
      await resolve(conflict.conflictId, 'written_off')
      expect(await forced(campaignId)).toMatchObject({ uses: 1, value: 100 })
      await rollback(onlineId, manager)
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
      expect((await story(conflict.conflictId)).resolution?.outcome).toBe('written_off')
    })

    it('that another use pays for later ends by itself', async () => {
      const { conflict, onlineId, medium } = await forcedLine(till)
      await rollback(onlineId, manager)
      expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'covered', by: null })
      expect(await usable(medium)).toEqual([])
      expect(await resolve(conflict.conflictId, 'accepted')).toEqual({ ok: false, problem: 'already' })
    })

    it('that its own cashier annuls ends by itself', async () => {
      const { conflict, redemptionId } = await forcedLine(till)
      await till.send(annul(till, redemptionId))
      expect((await story(conflict.conflictId)).resolution).toMatchObject({ outcome: 'rolled_back', by: null })
    })

    it('whose undoing came first was never open', async () => {
      const { medium, campaignId, coupon: acquisitionId } = await held()
      await redeem(medium)
      const redemptionId = uuidv7()
      await till.send(annul(till, redemptionId))
      await till.send(offline(till, [acquisitionId], { redemptionId }))
      expect((await list({ campaignId })).conflicts).toEqual([])
    })

    it('is opened once, however often its event arrives', async () => {
      const { medium, campaignId, coupon: acquisitionId } = await held()
      await redeem(medium)
      const event = offline(till, [acquisitionId])
      for (let time = 0; time < 3; time++) await till.send(event)
      const { conflicts: found } = await list({ campaignId })
      expect(found).toHaveLength(1)
      expect((await story(found[0]!.conflictId)).history).toHaveLength(1)
    })
  })

  describe('a resolution', () => {
    it('is said once: the same id, or the same word by somebody else, changes nothing', async () => {
      const { conflict } = await forcedLine(till)
      const resolutionId = uuidv7()
      await resolve(conflict.conflictId, 'accepted', { resolutionId })
      const first = await story(conflict.conflictId)
      expect(await resolve(conflict.conflictId, 'accepted', { resolutionId })).toMatchObject({ ok: true })
      const byAnother = { reason: 'me too', operatorId: 'admin-id' }
      expect(await resolve(conflict.conflictId, 'accepted', byAnother)).toMatchObject({ ok: true })
      expect(await story(conflict.conflictId)).toEqual(first)
      expect(first.history.map(({ action }) => action)).toEqual(['opened', 'accepted'])
    })

    it('said by two at once through two processes, one is kept', async () => {
      const { conflict } = await forcedLine(till)
      const other = await world.open()
      const by = (store: typeof other, reason: string) =>
        store.resolveConflict({
          conflictId: conflict.conflictId,
          resolutionId: uuidv7(),
          resolution: 'accepted',
          reason,
          operatorId: 'manager-id',
          scope: { storeId: null },
          now: world.now,
        })
      const answers = await Promise.all([by(other, 'a'), by(world.coupons, 'b'), by(other, 'c')])
      expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
      expect((await story(conflict.conflictId)).history).toHaveLength(2)
    })

    it('another word, or the id of another one, is refused, and nothing changes', async () => {
      const { conflict, campaignId } = await forcedLine(till)
      const resolutionId = uuidv7()
      await resolve(conflict.conflictId, 'accepted', { resolutionId })
      expect(await resolve(conflict.conflictId, 'rolled_back')).toEqual({ ok: false, problem: 'already' })
      expect(await resolve(conflict.conflictId, 'rolled_back', { resolutionId })).toEqual({
        ok: false,
        problem: 'differs',
      })
      const other = await forcedLine(till)
      expect(await resolve(other.conflict.conflictId, 'accepted', { resolutionId })).toEqual({
        ok: false,
        problem: 'differs',
      })
      expect((await story(other.conflict.conflictId)).state).toBe('open')
      expect(await forced(campaignId)).toMatchObject({ uses: 1, value: 100 })
    })

    it('under the id of a rollback of something else is refused, and nothing changes', async () => {
      const { conflict, campaignId } = await forcedLine(till)
      const { onlineId } = await forcedLine(till)
      const rollbackId = uuidv7()
      await rollback(onlineId, manager, { rollbackId })
      expect(await resolve(conflict.conflictId, 'rolled_back', { resolutionId: rollbackId })).toEqual({
        ok: false,
        problem: 'differs',
      })
      expect((await story(conflict.conflictId)).state).toBe('open')
      expect(await forced(campaignId)).toMatchObject({ uses: 1 })
    })

    it('reaches the station whose event it was, and no other', async () => {
      const { conflict } = await forcedLine(till)
      const south = await world.lane('south')
      const { place } = await world.feed(till.context)
      expect(await told(till.context)).toEqual([])
      await resolve(conflict.conflictId, 'accepted')
      expect((await world.feed(till.context, place)).changes).toMatchObject([
        {
          kind: 'resolution',
          conflictId: conflict.conflictId,
          conflict: 'forced',
          eventId: conflict.eventId,
          redemptionId: conflict.redemptionId,
          acquisitionId: conflict.acquisitionId,
          outcome: 'accepted',
          by: 'manager',
          reason: 'I was there',
          remaining: 0,
        },
      ])
      expect(await told(south.context)).toEqual([])
    })

    it('of one of two lines says that one is left', async () => {
      const medium = newMedium()
      const ids: string[] = []
      for (let n = 0; n < 2; n++) ids.push(await world.coupon(await world.campaign(), medium))
      expect((await redeem(medium)).lines).toHaveLength(2)
      await till.send(offline(till, ids))
      const [first, second] = (await list({ state: 'open' })).conflicts
      await resolve(first!.conflictId, 'accepted')
      const remaining = async () =>
        (await told(till.context)).find(({ conflictId }) => conflictId === first!.conflictId)?.remaining
      expect(await remaining()).toBe(1)
      await resolve(second!.conflictId, 'written_off')
      expect(await remaining()).toBe(0)
    })

    it('of what is not there, or not in the scope, is refused', async () => {
      expect(await resolve('ab'.repeat(16), 'accepted')).toEqual({ ok: false, problem: 'not_found' })
      const { conflict } = await forcedLine(till)
      const scope = { storeId: 'south' }
      expect(await resolve(conflict.conflictId, 'accepted', { scope })).toEqual({ ok: false, problem: 'not_found' })
      expect(await resolve(conflict.conflictId, 'accepted', { scope: { storeId: 'north' } })).toMatchObject({
        ok: true,
      })
    })
  })
}
