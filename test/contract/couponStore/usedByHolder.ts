import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { hashOf, type MakeStore, newMedium, storeWorld } from './world.ts'

const by = { kind: 'operator', id: 'manager-id' } as const

/** What a holder has used is found by the holder, for an export, when two become one and when they are erased. */
export function usedByHolder(make: MakeStore): void {
  const world = storeWorld(make)

  it('every use of every coupon, undone ones too, of both when two have become one, and none of anybody erased', async () => {
    const [mine, partners] = [newMedium(), newMedium()]
    const several = await world.campaign({ limits: { acquisitionUses: 3, holderAcquisitions: 1 } })
    const coupons = [await world.coupon(several, mine), await world.coupon(await world.campaign(), mine)]
    const theirs = await world.coupon(several, partners)
    const used: string[] = []
    const use = async (medium: typeof mine, acquisitionIds: string[]) => {
      const redemptionId = uuidv7()
      const { status } = await world.redeem(medium, { redemptionId, select: { acquisitionIds } })
      expect(status).toBe('approved')
      used.push(redemptionId)
    }
    for (const coupon of [coupons[0], coupons[1], coupons[0], coupons[0]]) await use(mine, [coupon ?? ''])
    await use(partners, [theirs])
    await world.rollback(used[2] ?? '')

    const presentations: Uint8Array[] = []
    for (const medium of [mine, partners]) {
      const tokenHash = hashOf(uuidv7())
      const at = { storeId: 'north', stationId: 'till-north', expiresAt: world.now + 60_000, now: world.now }
      await world.coupons.present({ tokenHash, medium, ...at })
      presentations.push(tokenHash)
    }
    const found = await Promise.all(presentations.map((one) => world.coupons.holderOfPresentation(one, world.now)))
    const exported = async (holderId = '') =>
      (await world.coupons.exportHolder(holderId, by, world.now))?.redemptions.map(({ redemptionId }) => redemptionId)
    expect(await exported(found[0]?.holderId)).toEqual(used.slice(0, 4))
    expect(await exported(found[1]?.holderId)).toEqual(used.slice(4))

    const asked = { actionId: uuidv7(), intentHash: hashOf('link'), by, storeId: 'north', now: world.now }
    const [first = hashOf(''), second = hashOf('')] = presentations
    const linked = await world.coupons.actOnMedia({ kind: 'link', ...asked, presentations: [first, second] })
    if (linked.kind !== 'done') throw new Error(linked.kind)
    const { holderId } = linked.response
    expect(await exported(holderId)).toEqual(used)

    const erasing = { ...asked, actionId: uuidv7(), holderId, reason: 'they asked for it' }
    const erased = await world.coupons.eraseHolder(erasing)
    expect(erased).toMatchObject({ kind: 'done', response: { erased: { acquisitions: 3, redemptions: 5 } } })
    const after = await world.coupons.redemption(used[0] ?? '')
    expect(after?.response).toMatchObject({ status: 'approved', state: 'active' })
  })
}
