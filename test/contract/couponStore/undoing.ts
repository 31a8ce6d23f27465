import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../server/fixture.ts'
import { type Lane, type MakeStore, newMedium, storeWorld, type TestMedium } from './world.ts'

/** Rollbacks, and annuls that a journal reports. */
export function undoing(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, campaign, coupon, counts, decide, forced, held, lane, offline, redeem, rollback, usable } = world
  const manager = { kind: 'manager', operatorId: 'manager-id' } as const
  const station = (storeId: 'north' | 'south' = 'north') => ({ kind: 'station', station: world.at(storeId) }) as const

  describe('a rollback', () => {
    const redeemed = async (coupons = 1) => {
      const medium = newMedium()
      const ids: string[] = []
      for (let index = 0; index < coupons; index++) ids.push(await coupon(await campaign(), medium))
      const { redemptionId } = await redeem(medium, { select: { acquisitionIds: ids } })
      return { medium, ids, redemptionId }
    }

    it('gives uses and limits back, once', async () => {
      const limits = { campaignUses: 1, holderUses: 1, acquisitionUses: 1, holderAcquisitions: 1 }
      const { medium, coupon: acquisitionId, campaignId } = await held({ limits })
      const { redemptionId } = await redeem(medium)
      const command = world.rollbackCommand(redemptionId)
      const undone = await decide(command)
      expect(undone).toMatchObject({ response: { state: 'rolled_back', rolledBack: [acquisitionId] } })
      expect(await decide(command)).toEqual(undone)
      expect(await rollback(redemptionId)).toMatchObject({ response: { rolledBack: [acquisitionId] } })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
      expect(await counts(campaignId)).toMatchObject({ uses: 0 })
      expect(await redeem(medium)).toMatchObject({ status: 'approved' })
    })

    it('shows in today’s state of the first decision', async () => {
      const { redemptionId } = await redeemed()
      await rollback(redemptionId)
      expect(await world.coupons.redemption(redemptionId)).toMatchObject({
        response: { status: 'approved', state: 'rolled_back' },
      })
    })

    it('of some coupons leaves the others', async () => {
      const { medium, ids, redemptionId } = await redeemed(2)
      const [a = '', b = ''] = ids
      expect(await rollback(redemptionId, station(), { acquisitionIds: [a] })).toMatchObject({
        response: { state: 'active', rolledBack: [a] },
      })
      expect(await usable(medium)).toEqual([{ acquisitionId: a, usesLeft: 1 }])
      expect(await rollback(redemptionId)).toMatchObject({ response: { state: 'rolled_back' } })
      expect((await usable(medium)).map(({ acquisitionId }) => acquisitionId).sort()).toEqual([a, b].sort())
      const stranger = uuidv7()
      expect(await rollback(redemptionId, station(), { acquisitionIds: [stranger] })).toEqual({
        kind: 'no_such_line',
        acquisitionId: stranger,
      })
    })

    it('under an id that undid something else differs', async () => {
      const [one, two] = [await redeemed(), await redeemed()]
      const rollbackId = uuidv7()
      await rollback(one.redemptionId, station(), { rollbackId })
      expect(await rollback(two.redemptionId, station(), { rollbackId })).toEqual({ kind: 'differs' })
    })

    it('after the window, or from another store, takes a manager', async () => {
      await world.operator('cashier')
      await world.operator('manager')
      const { redemptionId } = await redeemed()
      expect(await rollback(redemptionId, station('south'))).toEqual({ kind: 'not_allowed' })
      world.advance(121_000)
      expect(await rollback(redemptionId)).toEqual({ kind: 'not_allowed' })
      expect(await rollback(redemptionId, station(), { operatorId: 'cashier-id' })).toEqual({ kind: 'not_allowed' })
      expect(await rollback(redemptionId, station(), { operatorId: 'manager-id' })).toMatchObject({ kind: 'decided' })
      const later = await redeemed()
      world.advance(121_000)
      expect(await rollback(later.redemptionId, manager)).toMatchObject({ kind: 'decided' })
    })

    it('of an id nobody has used changes nothing, and notes nothing', async () => {
      const { medium, coupon: acquisitionId } = await held()
      const redemptionId = uuidv7()
      const command = world.rollbackCommand(redemptionId)
      expect(await decide(command)).toEqual({ kind: 'unknown' })
      expect(await redeem(medium, { redemptionId })).toMatchObject({ status: 'approved', state: 'active' })
      expect(await decide(command)).toMatchObject({ response: { rolledBack: [acquisitionId] } })
    })
  })

  describe('an annul', () => {
    const redeemedBy = (medium: TestMedium, { context }: Lane, redemptionId = uuidv7()) =>
      redeem(medium, { redemptionId }, context)

    it('before its redemption waits for it, and then undoes it', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      const redemptionId = uuidv7()
      expect(await till.send(annul(till, redemptionId))).toMatchObject([{ status: 'confirmed' }])
      expect(await till.send(offline(till, [acquisitionId], { redemptionId }))).toMatchObject([{ status: 'confirmed' }])
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
      expect(await counts(campaignId)).toMatchObject({ uses: 0, value: 0 })
    })

    it('before the delayed request waits for that too', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId } = await held()
      const redemptionId = uuidv7()
      await till.send(annul(till, redemptionId))
      expect(await redeemedBy(medium, till, redemptionId)).toMatchObject({ status: 'approved', state: 'rolled_back' })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
    })

    it('does not wait for another station’s redemption', async () => {
      const [till, other] = [await lane(), await lane()]
      const { medium } = await held()
      const redemptionId = uuidv7()
      await till.send(annul(till, redemptionId))
      expect(await redeemedBy(medium, other, redemptionId)).toMatchObject({ status: 'approved', state: 'active' })
    })

    it('an undone use pays for an overuse before it comes back', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      const [first, second] = [uuidv7(), uuidv7()]
      await till.send(
        offline(till, [acquisitionId], { redemptionId: first }),
        offline(till, [acquisitionId], { redemptionId: second }),
      )
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1, value: 100 })
      await till.send(annul(till, first))
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 0, value: 0 })
      expect(await usable(medium)).toEqual([])
      await till.send(annul(till, second))
      expect(await counts(campaignId)).toMatchObject({ uses: 0, value: 0 })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
    })

    it('of a forced line gives nothing back that was not taken', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      const redemptionId = uuidv7()
      await till.send(offline(till, [acquisitionId]), offline(till, [acquisitionId], { redemptionId }))
      await till.send(annul(till, redemptionId))
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 0, value: 0 })
      expect(await usable(medium)).toEqual([])
    })

    it('of another store’s redemption is not its business', async () => {
      const till = await lane('south')
      const { medium } = await held()
      const { redemptionId } = await redeem(medium)
      expect(await till.send(annul(till, redemptionId))).toMatchObject([
        { status: 'quarantined', reason: 'operator_not_allowed' },
      ])
      expect(await world.coupons.redemption(redemptionId)).toMatchObject({ response: { state: 'active' } })
    })

    it('a station undoes what it never showed whenever it comes back, but not what its journal says was shown', async () => {
      const till = await lane()
      const [unseen, seen] = [await held(), await held()]
      const [lost, shown] = [await redeemedBy(unseen.medium, till), await redeemedBy(seen.medium, till)]
      const body = { redemptionId: shown.redemptionId, decided: 'online', lines: shown.lines }
      await till.send(till.journal.write('redemption', body, world.now))
      world.advance(DAY)
      const by = { kind: 'station', station: till.context } as const
      expect(await rollback(lost.redemptionId, by)).toMatchObject({ kind: 'decided' })
      expect(await rollback(shown.redemptionId, by)).toEqual({ kind: 'not_allowed' })
    })
  })
}
