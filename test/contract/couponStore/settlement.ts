import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { stationContext } from '../../../server/auth/principal.ts'
import { line } from '../../server/offlineStation.ts'
import { type MakeStore, newMedium, objective, storeWorld } from './world.ts'

/** Redemptions that a station decided alone, or says what it showed of. */
export function settlement(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, campaign, coupon, counts, decide, forced, held, lane, offline, redeem, redeemCommand, usable } = world

  describe('what the cashier was shown wins', () => {
    it('unknown id: applied, as a use and in the counts', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      const redemptionId = uuidv7()
      expect(await till.send(offline(till, [acquisitionId], { redemptionId }))).toMatchObject([
        { status: 'confirmed', lines: [{ acquisitionId, status: 'confirmed' }] },
      ])
      expect(await usable(medium)).toEqual([])
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await world.coupons.redemption(redemptionId)).toMatchObject({
        storeId: 'north',
        response: { status: 'approved', state: 'active', totalDiscount: 100 },
      })
    })

    it('approved online with equal lines: confirmed, counted once', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      const answer = await redeem(medium)
      const { redemptionId, lines } = answer
      const event = till.journal.write('redemption', { redemptionId, decided: 'online', lines }, world.now)
      expect(await till.send(event)).toMatchObject([
        { status: 'confirmed', lines: [{ acquisitionId, status: 'confirmed' }] },
      ])
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect((await world.coupons.redemption(redemptionId))?.response).toEqual(answer)
    })

    it('approved online with other lines: those are undone, the event’s apply', async () => {
      const till = await lane()
      const { medium, coupon: a, campaignId } = await held()
      const b = await coupon(await campaign(), medium)
      const { redemptionId } = await redeem(medium, { select: { acquisitionIds: [a] } })
      expect(await till.send(offline(till, [b], { redemptionId }))).toMatchObject([{ status: 'confirmed' }])
      expect(await usable(medium)).toEqual([{ acquisitionId: a, usesLeft: 1 }])
      expect(await counts(campaignId)).toMatchObject({ uses: 0, value: 0 })
      expect((await world.coupons.redemption(redemptionId))?.response.lines).toMatchObject([{ acquisitionId: b }])
    })

    it('refused online: forced, with the reason it was refused for', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId, campaignId } = await held()
      await redeem(medium)
      const refused = await redeem(medium, { select: { acquisitionIds: [acquisitionId] } })
      expect(refused).toMatchObject({ status: 'refused', reason: 'already_used' })
      const { redemptionId } = refused
      expect(await till.send(offline(till, [acquisitionId], { redemptionId }))).toMatchObject([
        { status: 'forced', lines: [{ status: 'forced', reason: 'already_used', reasonGroup: 'customer' }] },
      ])
      expect(await counts(campaignId)).toMatchObject({ uses: 1, value: 100 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1, value: 100 })
    })

    it('line by line', async () => {
      const till = await lane()
      const { medium, coupon: spent } = await held()
      await redeem(medium)
      const fresh = await coupon(await campaign(), medium)
      expect(await till.send(offline(till, [spent, fresh]))).toMatchObject([
        { status: 'forced', lines: [{ status: 'forced' }, { acquisitionId: fresh, status: 'confirmed' }] },
      ])
    })

    it('two isolated counters gave the last use: one counts, the other is forced, to the unit', async () => {
      const [one, two] = [await lane(), await lane()]
      const limits = { campaignUses: 1, acquisitionUses: 1, holderAcquisitions: 1 }
      const { medium, coupon: acquisitionId, campaignId } = await held({ limits })
      expect(await one.send(offline(one, [acquisitionId]))).toMatchObject([{ status: 'confirmed' }])
      const results = await two.send(offline(two, [acquisitionId]), offline(two, [acquisitionId]))
      expect(results.map(({ status }) => status)).toEqual(['forced', 'forced'])
      expect(await counts(campaignId)).toMatchObject({ uses: 1 })
      expect(await forced(campaignId)).toMatchObject({ uses: 2, value: 200 })
      expect(await usable(medium)).toEqual([])
    })

    it('at the same time through two processes: the same', async () => {
      const { coupon: acquisitionId, campaignId } = await held()
      const lanes = [await lane(), await lane(), await lane()]
      const results = await Promise.all(lanes.map((till) => till.send(offline(till, [acquisitionId]))))
      expect(results.flat().filter(({ status }) => status === 'confirmed')).toHaveLength(1)
      expect(results.flat().filter(({ status }) => status === 'forced')).toHaveLength(2)
      expect(await forced(campaignId)).toMatchObject({ uses: 2 })
    })

    it('a limit reached forces, but the use is gone: the coupon was used', async () => {
      const till = await lane()
      const one = await held({ limits: { campaignUses: 1, acquisitionUses: 1, holderAcquisitions: 1 } })
      const other = newMedium()
      const acquisitionId = await coupon(one.campaignId, other)
      await redeem(one.medium)
      expect(await till.send(offline(till, [acquisitionId]))).toMatchObject([
        { status: 'forced', lines: [{ reason: 'campaign_limit_reached' }] },
      ])
      expect(await redeem(other, { select: { acquisitionIds: [acquisitionId] } })).toMatchObject({
        reason: 'already_used',
      })
    })

    it('a limit of each holder forces as well', async () => {
      const till = await lane()
      const limits = { acquisitionUses: 5, holderAcquisitions: 1, holderUses: 1 }
      const { coupon: acquisitionId } = await held({ limits })
      expect(await till.send(offline(till, [acquisitionId]), offline(till, [acquisitionId]))).toMatchObject([
        { status: 'confirmed' },
        { status: 'forced', lines: [{ reason: 'holder_limit_reached' }] },
      ])
      const { changes } = await world.feed(till.context)
      expect(changes.findLast(({ kind }) => kind === 'acquisition')).toMatchObject({ acquisitionId, usesLeft: 3 })
      expect(changes.findLast(({ kind }) => kind === 'holder_usage')).toMatchObject({ period: 'ever', uses: 1 })
    })

    it('a coupon nobody has, or of another holder, is forced as not held', async () => {
      const till = await lane()
      const { medium, coupon: mine } = await held()
      expect(await till.send(offline(till, [uuidv7()]))).toMatchObject([
        { status: 'forced', lines: [{ reason: 'not_held' }] },
      ])
      const theirs = await held()
      expect(await till.send(offline(till, [mine, theirs.coupon]))).toMatchObject([
        { lines: [{ status: 'confirmed' }, { status: 'forced', reason: 'not_held' }] },
      ])
      expect(await usable(medium)).toEqual([])
    })

    it('what the rules say against the purchase forces as well', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId } = await held({ conditions: [{ kind: 'min_spend', amount: 1_000_000 }] })
      const intent = { medium: medium.wire, objective: objective(), select: 'best' }
      expect(await till.send(offline(till, [acquisitionId], intent))).toMatchObject([
        { status: 'forced', lines: [{ reason: 'min_spend_not_met' }] },
      ])
    })

    it('a medium that nobody has forces, and its coupon is used all the same', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId } = await held()
      const intent = { medium: newMedium().wire, objective: objective(), select: 'best' }
      expect(await till.send(offline(till, [acquisitionId], intent))).toMatchObject([
        { status: 'forced', lines: [{ reason: 'medium_unknown' }] },
      ])
      expect(await usable(medium)).toEqual([])
    })

    it('what a station did after it was revoked is forced, what it did before is not', async () => {
      const till = await lane()
      const [before, after] = [await held(), await held()]
      const early = offline(till, [before.coupon])
      world.advance(1_000)
      expect(await world.coupons.revokeStation(till.context.stationId, world.now)).toBe(true)
      world.advance(1_000)
      const late = offline(till, [after.coupon])
      const revoked = await world.coupons.station(till.context.stationId)
      expect(revoked).toMatchObject({ state: 'revoked' })
      const { results } = await till.settle([early, late], stationContext(revoked!))
      expect(results).toMatchObject([
        { status: 'confirmed' },
        { status: 'forced', lines: [{ reason: 'station_revoked' }] },
      ])
    })
  })

  describe('the delayed request', () => {
    it('arrives after its event: it gets the event’s answer and consumes nothing', async () => {
      const till = await lane()
      const { medium, coupon: shown } = await held()
      const better = await coupon(await campaign({ benefit: { kind: 'amount_off', amount: 300 } }), medium)
      const redemptionId = uuidv7()
      // Timed out at the counter, decided offline with another coupon, synced, and only then it gets here.
      expect(await till.send(offline(till, [shown], { redemptionId }))).toMatchObject([{ status: 'confirmed' }])
      expect(await redeem(medium, { redemptionId })).toMatchObject({
        status: 'approved',
        state: 'active',
        totalDiscount: 100,
        lines: [{ acquisitionId: shown }],
      })
      expect(await usable(medium)).toEqual([{ acquisitionId: better, usesLeft: 1 }])
    })

    it('with its intent in the event, the same intent is answered, another under the id differs', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId } = await held()
      const redemptionId = uuidv7()
      const intent = { medium: medium.wire, objective: objective(), select: 'best' }
      await till.send(offline(till, [acquisitionId], { redemptionId, ...intent }))
      expect(await decide(redeemCommand(newMedium(), { redemptionId }))).toEqual({ kind: 'differs' })
      expect(await redeem(medium, { redemptionId })).toMatchObject({ status: 'approved', lines: [{ acquisitionId }] })
    })

    it('arrives after its event was annulled: rolled back, nothing consumed', async () => {
      const till = await lane()
      const { medium, coupon: acquisitionId } = await held()
      const redemptionId = uuidv7()
      await till.send(offline(till, [acquisitionId], { redemptionId }), annul(till, redemptionId))
      expect(await redeem(medium, { redemptionId })).toMatchObject({ status: 'approved', state: 'rolled_back' })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
    })
  })

  describe('delivery', () => {
    it('a duplicate is answered the same and changes nothing', async () => {
      const till = await lane()
      const { coupon: acquisitionId, campaignId } = await held()
      const event = offline(till, [acquisitionId])
      const first = await till.send(event)
      expect(await till.send(event, event)).toEqual([...first, ...first])
      expect(await counts(campaignId)).toMatchObject({ uses: 1 })
    })

    it('the same redemption in another event changes nothing either', async () => {
      const till = await lane()
      const { coupon: acquisitionId, campaignId } = await held()
      const redemptionId = uuidv7()
      await till.send(offline(till, [acquisitionId], { redemptionId }))
      expect(await till.send(offline(till, [acquisitionId], { redemptionId }))).toMatchObject([{ status: 'confirmed' }])
      expect(await counts(campaignId)).toMatchObject({ uses: 1 })
      expect(await forced(campaignId)).toMatchObject({ uses: 0, conflicts: [] })
    })

    it('another store’s redemption under the id is set aside', async () => {
      const till = await lane('south')
      const { medium, coupon: acquisitionId } = await held()
      const { redemptionId } = await redeem(medium)
      expect(await till.send(offline(till, [acquisitionId], { redemptionId }))).toMatchObject([
        { status: 'quarantined', reason: 'duplicate_request_differs' },
      ])
    })

    it('says how far the feed is with what it settled', async () => {
      const till = await lane()
      const { coupon: acquisitionId } = await held()
      const before = await world.coupons.changePosition()
      const { changeSeq } = await till.settle([offline(till, [acquisitionId])])
      expect(changeSeq).toBeGreaterThan(before)
      const { changes, place } = await world.feed(till.context)
      expect(place.position).toBeGreaterThanOrEqual(changeSeq)
      const told = changes.find((change) => change.kind === 'acquisition' && change.acquisitionId === acquisitionId)
      expect(told).toMatchObject({ usesLeft: 0 })
      expect(told?.changeSeq).toBeLessThanOrEqual(changeSeq)
    })

    it('a hundred lines at once, and five hundred events', async () => {
      const till = await lane()
      const campaignId = await campaign({ limits: { acquisitionUses: 600, holderAcquisitions: 1 } })
      const medium = newMedium()
      const acquisitionId = await coupon(campaignId, medium)
      const wide = {
        redemptionId: uuidv7(),
        decided: 'offline',
        lines: Array.from({ length: 100 }, () => line(uuidv7())),
      }
      const events = Array.from({ length: 499 }, () => offline(till, [acquisitionId]))
      const results = await till.send(till.journal.write('redemption', wide, world.now), ...events)
      expect(results).toHaveLength(500)
      expect(results[0]?.status).toBe('forced')
      expect(results[0]?.lines).toHaveLength(100)
      expect(results.slice(1).every(({ status }) => status === 'confirmed')).toBe(true)
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 101 }])
    })
  })
}
