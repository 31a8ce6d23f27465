import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { DAY } from '../../server/fixture.ts'
import { conflictDesk } from './conflictDesk.ts'
import { type MakeStore, storeWorld } from './world.ts'

/** What is erased when nobody can ask for it any more, and the figures worth watching. */
export function keeping(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, counts, held, lane, offline, redeem } = world
  const { list, story } = conflictDesk(world)

  it('what nobody can ask for any more is erased in slices; what happened, and what a person must judge, stays', async () => {
    const till = await lane()
    // An approval, a refusal, an offline approval that is confirmed, one that is forced, an annul of nothing.
    const [online, alone] = [await held(), await held()]
    const approved = await redeem(online.medium)
    const refusedOne = await redeem(online.medium)
    expect(refusedOne.status).toBe('refused')
    const confirmed = offline(till, [alone.coupon])
    const forced = offline(till, [alone.coupon])
    const results = await till.send(confirmed, forced, annul(till, uuidv7()))
    expect(results.map(({ status }) => status)).toEqual(['confirmed', 'forced', 'confirmed'])

    world.advance(119 * DAY)
    // What others were told of goes sooner.
    while ((await world.coupons.prune(world.now)) > 0);
    expect(await world.coupons.redemption(refusedOne.redemptionId)).not.toBeNull()

    world.advance(2 * DAY)
    expect(await world.coupons.prune(world.now)).toBeGreaterThan(0)
    while ((await world.coupons.prune(world.now)) > 0);
    expect(await world.coupons.redemption(refusedOne.redemptionId)).toBeNull()
    expect((await world.coupons.redemption(approved.redemptionId))?.response).toEqual(approved)
    expect(await counts(alone.campaignId)).toMatchObject({ uses: 1 })
    // An event that comes again is still the one that was settled; a forced one keeps its story.
    expect(await till.settle([confirmed])).toMatchObject({ results: [results[0]] })
    const [conflict] = (await list({ kind: 'forced' })).conflicts
    expect((await story(conflict!.conflictId)).station).toMatchObject({ type: 'redemption', decided: 'offline' })
    // A request under an id that was forgotten is refused by its age.
    expect(await redeem(online.medium, { redemptionId: refusedOne.redemptionId })).toMatchObject({ reason: 'too_old' })
  })

  it('the figures say how far the feed is, what is overused and what is in quarantine', async () => {
    const till = await lane()
    const figures = () => world.coupons.figures()
    expect(await figures()).toMatchObject({ tapcoupon_overuse_open: 0, tapcoupon_quarantined_events: 0 })
    const { medium, coupon: acquisitionId } = await held()
    await redeem(medium)
    await till.send(offline(till, [acquisitionId]), 'nonsense')
    expect(await figures()).toEqual(
      expect.objectContaining({
        tapcoupon_change_seq: await world.coupons.changePosition(),
        tapcoupon_overuse_open: 1,
        tapcoupon_quarantined_events: 1,
      }),
    )
  })

  it('a store that was closed refuses, and does not wait for ever', async () => {
    const another = await world.open()
    await another.close()
    await expect(another.changePosition()).rejects.toThrow()
  })
}
