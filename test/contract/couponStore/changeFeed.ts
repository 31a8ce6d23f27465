import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { StationSettings } from '../../../core/contract/stations.ts'
import { NO_PIN } from '../../../server/people/person.ts'
import type { StationContext } from '../../../server/store/commands.ts'
import { EVERYBODY, type FeedPlace } from '../../../server/store/feedPlace.ts'
import { COPY_LASTS_MS, FAR_BEHIND } from '../../../server/store/keeping.ts'
import { DAY } from '../../server/fixture.ts'
import { type MakeStore, newMedium, settings, storeWorld } from './world.ts'

/** Changes by cursor: what stations' copies are kept up with. */
export function changeFeed(make: MakeStore): void {
  const world = storeWorld(make)
  const { at, campaign, coupon, feed, held, redeem } = world
  const gone = async (after: FeedPlace | null, now = world.now) => {
    const answer = await world.coupons.changesSince({ station: at(), after, limit: 10, now })
    return answer.kind === 'gone' ? answer.reason : answer.kind
  }
  const holding = (
    replica: Partial<StationSettings['replica']>,
    storeId: 'north' | 'south' = 'north',
  ): StationContext => ({
    ...at(storeId),
    settings: StationSettings.parse({ replica }),
  })

  describe('everything', () => {
    it('is given once, as it is now, in order, however small the pages', async () => {
      await world.operator('cashier')
      await world.operator('planner')
      const limits = { acquisitionUses: 9, holderUses: 5, holderAcquisitions: 1 }
      const { medium, coupon: acquisitionId, campaignId } = await held({ limits })
      await redeem(medium)
      await redeem(medium)
      await world.draft()

      const { changes, place } = await feed(at())
      expect(changes.map(({ kind }) => kind).sort()).toEqual([
        'acquisition',
        'campaign',
        'holder_usage',
        'medium',
        'operator',
        'operator',
        'station',
      ])
      const positions = changes.map(({ changeSeq }) => changeSeq)
      expect(positions).toEqual(positions.toSorted((a, b) => a - b))
      expect(new Set(positions).size).toBe(positions.length)
      expect(place.position).toBe(await world.coupons.changePosition())
      const of = (kind: string) => changes.filter((change) => change.kind === kind)
      expect(of('acquisition')).toMatchObject([
        { acquisitionId, campaignId, usesLeft: 7, expiresAt: null, revoked: false },
      ])
      expect(of('holder_usage')).toMatchObject([{ campaignId, period: 'ever', uses: 2 }])
      expect(of('medium')).toMatchObject([{ key: medium.value.keys[0], type: 'qr', blocked: false }])
      expect(of('campaign')).toMatchObject([{ campaign: { campaignId, version: 1, state: 'approved' } }])
      expect(of('station')).toMatchObject([{ store: { storeId: 'north' }, settings }])
      for (const limit of [1, 2, 4]) expect((await feed(at(), null, limit)).changes).toEqual(changes)
    })

    it('after a position is only what changed since, and at its end nothing', async () => {
      const { medium, coupon: acquisitionId } = await held()
      const { place } = await feed(at())
      expect(await feed(at(), place)).toEqual({ changes: [], place, pages: 1 })
      const answer = await redeem(medium)
      const { changes, place: after } = await feed(at(), place)
      expect(changes).toMatchObject([{ kind: 'acquisition', acquisitionId, usesLeft: 0 }])
      expect(after.position).toBeGreaterThanOrEqual(answer.changeSeq)
    })

    it('a page holds no more than was asked for', async () => {
      const campaignId = await campaign()
      for (let n = 0; n < 6; n++) await coupon(campaignId, newMedium())
      const answer = await world.coupons.changesSince({ station: at(), after: null, limit: 5, now: world.now })
      expect(answer).toMatchObject({ kind: 'page', more: true })
      expect(answer.kind === 'page' && answer.changes).toHaveLength(5)
    })

    it('is the same from another process, which goes on where this one stopped', async () => {
      const { medium } = await held()
      const { place } = await feed(at())
      const other = await world.open()
      const asked = { station: at(), limit: 10, now: world.now }
      expect(await other.changesSince({ ...asked, after: place })).toMatchObject({ kind: 'page', changes: [] })
      await other.decide([world.redeemCommand(medium)], world.now)
      const page = await world.coupons.changesSince({ ...asked, after: place })
      expect(page).toMatchObject({ kind: 'page', changes: [{ kind: 'acquisition' }], more: false })
      const next = page.kind === 'page' ? page.place : null
      expect(await other.changesSince({ ...asked, after: next })).toMatchObject({ kind: 'page', changes: [] })
    })
  })

  describe('what becomes of things', () => {
    it('a medium that is registered as blocked is told as blocked, and refused', async () => {
      const [blocked, fine] = [newMedium(), newMedium()]
      const campaignId = await campaign()
      const holder = {
        holderId: uuidv7(),
        media: [
          { medium: blocked, blocked: true },
          { medium: fine, blocked: false },
        ],
        acquisitions: [{ acquisitionId: uuidv7(), campaignId }],
      }
      await world.coupons.seedHolder(holder, world.now)
      const media = (await feed(at())).changes.flatMap((change) => (change.kind === 'medium' ? [change] : []))
      expect(media).toMatchObject([
        { holderId: holder.holderId, blocked: true },
        { holderId: holder.holderId, blocked: false },
      ])
      expect(await redeem(blocked)).toMatchObject({ status: 'refused', reason: 'medium_blocked' })
      expect(await redeem(fine)).toMatchObject({ status: 'approved' })
    })

    it('a campaign is told when it is suspended and when it ends; what was never approved never is', async () => {
      const campaignId = await campaign()
      await world.draft()
      const { place } = await feed(at())
      const states = async () =>
        (await feed(at(), place)).changes.map((change) => change.kind === 'campaign' && change.campaign.state)
      await world.act(campaignId, 'suspend')
      expect(await states()).toEqual(['suspended'])
      await world.act(campaignId, 'end')
      expect(await states()).toEqual(['ended'])
    })

    it('a cashier who goes to head office is taken off the tills', async () => {
      const cashier = await world.operator('cashier')
      const { changes, place } = await feed(at())
      expect(changes.at(-1)).toMatchObject({
        kind: 'operator',
        operatorId: 'cashier-id',
        active: true,
        name: 'cashier',
      })
      await world.operator('planner', { name: cashier.name })
      expect((await feed(at(), place)).changes).toMatchObject([
        { kind: 'operator', operatorId: 'cashier-id', active: false, name: '', pin: NO_PIN },
      ])
    })

    it('a store’s settings are told to its own stations alone', async () => {
      const { place } = await feed(at())
      const { place: southPlace } = await feed(at('south'))
      const changed = StationSettings.parse({ undoWindowSeconds: 60 })
      await world.coupons.putStore({ store: at().store, settings: changed, acceptsRawMedia: true })
      expect((await feed(at(), place)).changes).toMatchObject([{ kind: 'station', settings: changed }])
      expect((await feed(at('south'), southPlace)).changes).toEqual([])
    })
  })

  describe('of a store', () => {
    it('leaves out campaigns, coupons and counts that can only be used elsewhere', async () => {
      const conditions = [{ kind: 'stores' as const, storeIds: ['south'] }]
      const limits = { acquisitionUses: 9, holderUses: 5, holderAcquisitions: 1 }
      const { medium, campaignId } = await held({ conditions, limits })
      await redeem(medium, {}, at('south'))
      const kinds = async (storeId: 'north' | 'south') =>
        (await feed(at(storeId))).changes.map(({ kind }) => kind).filter((kind) => kind !== 'station')
      expect((await kinds('south')).sort()).toEqual(['acquisition', 'campaign', 'holder_usage', 'medium'])
      expect(await kinds('north')).toEqual(['medium'])
      expect((await world.coupons.planCopy(at(), world.now)).elsewhere).toEqual([campaignId])
      expect((await world.coupons.planCopy(at('south'), world.now)).elsewhere).toEqual([])
    })

    it('that keeps only some holders gets those who come, whole, from when they come', async () => {
      const here = holding({ maxHolders: 0 })
      const limits = { acquisitionUses: 9, holderUses: 5, holderAcquisitions: 1 }
      const campaignId = await campaign({ limits })
      const medium = newMedium()
      const acquisitionId = await coupon(campaignId, medium, at('south'))
      await redeem(medium, {}, at('south'))
      const { changes, place } = await feed(here)
      expect(changes.map(({ kind }) => kind).sort()).toEqual(['campaign', 'station'])
      expect(place.scope.day).toBeGreaterThan(0)
      world.advance(2 * DAY)
      const { changeSeq } = await redeem(medium, {}, at('north'))
      const entered = (await feed(here, place)).changes
      expect(entered.map(({ kind }) => kind).sort()).toEqual([
        'acquisition',
        'acquisition',
        'holder_usage',
        'holder_usage',
        'medium',
      ])
      expect(entered.findLast(({ kind }) => kind === 'acquisition')).toMatchObject({ acquisitionId, usesLeft: 7 })
      expect(Math.max(...entered.map((change) => change.changeSeq))).toBe(changeSeq)
    })

    it('the newest holders up to a number, those who got coupons for it too', async () => {
      const everywhere = await campaign()
      const media = [newMedium(), newMedium(), newMedium()]
      for (const medium of media) {
        await coupon(everywhere, medium)
        world.advance(DAY)
      }
      const told = async (maxHolders: number) => {
        const { changes, place } = await feed(holding({ maxHolders }))
        const media = new Set(changes.flatMap((change) => (change.kind === 'medium' ? change.mediumId : [])))
        return { media: media.size, everybody: place.scope.day === 0 }
      }
      expect(await told(3)).toEqual({ media: 3, everybody: true })
      expect(await told(2)).toEqual({ media: 2, everybody: false })
      expect(await told(1)).toEqual({ media: 1, everybody: false })
    })

    it('whoever was active within some days', async () => {
      const campaignId = await campaign()
      for (let n = 0; n < 4; n++) {
        await coupon(campaignId, newMedium())
        world.advance(DAY)
      }
      const plan = await world.coupons.planCopy(holding({ activityDays: 2 }), world.now)
      expect(plan.scope.day).toBe(Math.floor(world.now / DAY) - 2)
      const { changes } = await feed(holding({ activityDays: 2 }))
      const told = new Set(changes.flatMap((change) => (change.kind === 'acquisition' ? change.acquisitionId : [])))
      expect(told.size).toBe(2)
    })
  })

  describe('is gone', () => {
    it('at a place where this database never was, or came to another way', async () => {
      await held()
      const { place } = await feed(at())
      expect(await gone({ ...place, position: place.position + 100 })).toBe('cursor_foreign')
      expect(await gone({ ...place, epoch: '0011223344556677' })).toBe('cursor_foreign')
      expect(await gone({ position: 0, own: 0, epoch: '00ff', beganAt: world.now, scope: EVERYBODY })).toBe(
        'cursor_foreign',
      )
      expect(await gone(place)).toBe('page')
    })

    it('for a copy that is too old', async () => {
      const { place } = await feed(at())
      expect(await gone(place, world.now + COPY_LASTS_MS)).toBe('page')
      expect(await gone(place, world.now + COPY_LASTS_MS + 1)).toBe('cursor_expired')
    })
  })

  it('a place made before the store was opened again is of this feed still', async () => {
    const { medium } = await held()
    const { place } = await feed(at())
    const other = await world.open()
    await other.decide([world.redeemCommand(medium)], world.now)
    const { changes, place: next } = await feed(at(), place)
    expect(changes).toHaveLength(1)
    expect(next.epoch).not.toBe(place.epoch)
    expect(FAR_BEHIND).toBeGreaterThan(next.position)
    expect(await gone(next)).toBe('page')
  })
}
