import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { leaseDesk } from './leaseDesk.ts'
import { type MakeStore, storeWorld } from './world.ts'

/** What becomes of a lease: drawn from, returned, written off. */
export function drawing(make: MakeStore): void {
  const world = storeWorld(make)
  const { annul, counts, forced, lane, redeem, rollback } = world
  const { campaign, drawn, giveBack, givenBack, holders, lend, writeOff } = leaseDesk(world)

  describe('drawing', () => {
    it('moves a use from lent to counted, whatever the pool has', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 4, campaignValue: 5_000 })
      const [one, two] = await holders(campaignId, 2)
      const { leaseId, uses } = await lend(till, campaignId, 1, { wantValue: 100 })
      expect(uses).toBe(1)
      expect(await till.send(drawn(till, one!.coupon, leaseId))).toMatchObject([{ status: 'confirmed' }])
      expect(await counts(campaignId)).toEqual({ uses: 1, value: 100, lentUses: 0, lentValue: 0 })
      // One that draws from none needs the pool.
      expect(await till.send(drawn(till, two!.coupon, null))).toMatchObject([{ status: 'confirmed' }])
      expect(await counts(campaignId)).toMatchObject({ uses: 2 })
    })

    it('of a lease that is spent, unknown, another’s, over or of another campaign is forced, exactly once', async () => {
      const [first, second] = [await lane(), await lane()]
      const campaignId = await campaign({ campaignUses: 12, campaignValue: 5_000 })
      const other = await campaign({ campaignUses: 12 })
      const held = await holders(campaignId, 8)
      const want = { wantValue: 100 }
      const { leaseId: mine } = await lend(first, campaignId, 1, want)
      const { leaseId: theirs } = await lend(second, campaignId, 1, want)
      const { leaseId: elsewhere } = await lend(first, other, 1)
      const { leaseId: late, spendUntil } = await lend(first, campaignId, 1, want)
      const { leaseId: small } = await lend(first, campaignId, 1, want)
      const coupon = (index: number) => held[index]!.coupon
      world.advance(73 * 3_600_000)
      const end = Date.parse(spendUntil)
      const events = [
        drawn(first, coupon(0), mine, { at: end - 10_000 }),
        drawn(first, coupon(1), mine, { at: end - 9_000 }),
        drawn(first, coupon(2), uuidv7(), { at: end - 8_000 }),
        drawn(first, coupon(3), theirs, { at: end - 7_000 }),
        drawn(first, coupon(4), elsewhere, { at: end - 6_000 }),
        drawn(first, coupon(5), small, { at: end - 5_000, total: 101 }),
        drawn(first, coupon(6), late, { at: end + 1_000 }),
      ]
      const results = await first.send(...events)
      expect(results.map(({ status, lines }) => lines[0]?.reason ?? status)).toEqual([
        'confirmed',
        ...Array.from({ length: 6 }, () => 'lease_exhausted'),
      ])
      expect(results.flatMap(({ lines }) => lines.filter((each) => each.leaseRefunded))).toEqual([])
      const after = await counts(campaignId)
      expect(after).toEqual({ uses: 1, value: 100, lentUses: 3, lentValue: 300 })
      expect(await forced(campaignId)).toMatchObject({ uses: 6 })
      expect(await first.send(...events)).toEqual(results)
      expect(await counts(campaignId)).toEqual(after)
    })

    it('what was applied online under the same id is refunded, and so is what is forced for another reason', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 20 })
      const [one, two, three] = await holders(campaignId, 3)
      const { leaseId, uses } = await lend(till, campaignId, 2)
      expect(uses).toBe(2)
      const { redemptionId } = await redeem(one!.medium)
      const [again] = await till.send(drawn(till, one!.coupon, leaseId, { redemptionId }))
      expect(again).toMatchObject({ status: 'confirmed', lines: [{ status: 'confirmed', leaseRefunded: true }] })
      const [used] = await till.send(drawn(till, one!.coupon, leaseId))
      expect(used).toMatchObject({ status: 'forced', lines: [{ reason: 'already_used', leaseRefunded: true }] })
      expect(await counts(campaignId)).toMatchObject({ uses: 1, lentUses: 2 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1 })
      // Both uses are still there to be drawn.
      const results = await till.send(drawn(till, two!.coupon, leaseId), drawn(till, three!.coupon, leaseId))
      expect(results.map(({ status, lines }) => [status, lines[0]?.leaseRefunded])).toEqual([
        ['confirmed', undefined],
        ['confirmed', undefined],
      ])
      expect(await counts(campaignId)).toMatchObject({ uses: 3, lentUses: 0 })
    })

    it('a rollback gives the use to the pool, not to the lease', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 20 })
      const [one, two] = await holders(campaignId, 2)
      const { leaseId } = await lend(till, campaignId, 1)
      const redemptionId = uuidv7()
      await till.send(drawn(till, one!.coupon, leaseId, { redemptionId }), annul(till, redemptionId))
      expect(await counts(campaignId)).toMatchObject({ uses: 0, lentUses: 0 })
      expect(await till.send(drawn(till, two!.coupon, leaseId))).toMatchObject([
        { lines: [{ reason: 'lease_exhausted' }] },
      ])
    })

    it('an overuse that is covered later never passes the limit', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 2 })
      const [one, two, three] = await holders(campaignId, 3)
      // Forced beyond the limit, with the use of its coupon; then the same coupon again, without one.
      await redeem(two!.medium)
      await till.send(drawn(till, three!.coupon, null))
      const beyond = uuidv7()
      expect(await till.send(drawn(till, one!.coupon, null, { redemptionId: beyond }))).toMatchObject([
        { lines: [{ reason: 'campaign_limit_reached' }] },
      ])
      expect(await till.send(drawn(till, one!.coupon, null))).toMatchObject([{ lines: [{ reason: 'already_used' }] }])
      await rollback(beyond, { kind: 'manager', operatorId: 'manager-id' })
      expect(await counts(campaignId)).toMatchObject({ uses: 2 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1 })
    })

    it('a use that goes to an older overuse is not given once more by the event that gave it back', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 1, holderAcquisitions: 2 })
      const [held] = await holders(campaignId, 1)
      const two = await world.coupon(campaignId, held!.medium)
      const redemptionId = uuidv7()
      await redeem(held!.medium, { redemptionId, select: { acquisitionIds: [held!.coupon] } })
      expect(await till.send(drawn(till, held!.coupon, null))).toMatchObject([{ lines: [{ reason: 'already_used' }] }])
      // Shown was the other coupon: the first one's use pays for the overuse, and nothing is left of the campaign.
      expect(await till.send(drawn(till, two, null, { redemptionId }))).toMatchObject([
        { status: 'forced', lines: [{ reason: 'campaign_limit_reached' }] },
      ])
      expect(await counts(campaignId)).toMatchObject({ uses: 1 })
      expect(await forced(campaignId)).toMatchObject({ uses: 1 })
    })
  })

  describe('returning', () => {
    it('waits until every event through throughSeq is settled, then gives back what is left, once', async () => {
      const [first, second] = [await lane(), await lane()]
      const campaignId = await campaign({ campaignUses: 10 })
      const [one, two, three] = await holders(campaignId, 3)
      const { leaseId } = await lend(first, campaignId, 3)
      const gap = drawn(first, one!.coupon, leaseId)
      const last = drawn(first, two!.coupon, leaseId)
      await first.send(last)
      expect(await giveBack(first, leaseId, last.seq)).toEqual({ kind: 'not_settled', settledThrough: 0 })
      expect(await counts(campaignId)).toMatchObject({ uses: 1, lentUses: 2 })
      await first.send(gap)
      const returned = await givenBack(first, leaseId, last.seq)
      expect(returned).toMatchObject({ leaseId, state: 'returned', uses: 1 })
      expect(await counts(campaignId)).toMatchObject({ uses: 2, lentUses: 0 })
      expect(await givenBack(first, leaseId, last.seq)).toEqual(returned)
      expect(await giveBack(second, leaseId, 0)).toEqual({ kind: 'unknown' })
      expect(await giveBack(first, uuidv7(), 0)).toEqual({ kind: 'unknown' })
      // What is drawn from it now is a mistake of the station's.
      const [late] = await first.send(drawn(first, three!.coupon, leaseId))
      expect(late).toMatchObject({ status: 'forced', lines: [{ reason: 'lease_exhausted' }] })
    })

    it('an event that was set aside is answered for', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 10 })
      const [one] = await holders(campaignId, 1)
      const { leaseId } = await lend(till, campaignId, 3)
      const event = drawn(till, one!.coupon, leaseId)
      expect(await till.send({ ...event, sig: 'AAAA' })).toMatchObject([{ status: 'quarantined' }])
      expect(await givenBack(till, leaseId, event.seq)).toMatchObject({ uses: 3 })
    })

    it('nothing comes back by time alone', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 10 })
      await lend(till, campaignId, 3)
      world.advance(30 * 86_400_000)
      expect(await counts(campaignId)).toMatchObject({ lentUses: 3 })
    })
  })

  describe('writing off', () => {
    it('gives back what is left, with who and why; what still comes is forced', async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 10 })
      const [one] = await holders(campaignId, 1)
      const { leaseId } = await lend(till, campaignId, 3)
      const ended = await writeOff({ leaseId })
      expect(ended).toMatchObject([{ leaseId, state: 'written_off', uses: 3 }])
      expect(await writeOff({ leaseId })).toEqual(ended)
      expect(await counts(campaignId)).toMatchObject({ lentUses: 0 })
      const [late] = await till.send(drawn(till, one!.coupon, leaseId))
      expect(late).toMatchObject({ status: 'forced', lines: [{ reason: 'lease_exhausted' }] })
      expect(await world.coupons.leases(10)).toMatchObject([
        {
          leaseId,
          campaignId,
          stationId: till.context.stationId,
          stationName: 'lane 1',
          storeId: 'north',
          state: 'written_off',
          uses: 3,
          drawnUses: 0,
          ended: { operatorId: 'manager-id', reason: 'till 2 was stolen' },
        },
      ])
      expect(await writeOff({ leaseId: uuidv7() })).toBeNull()
    })

    it('of a whole station', async () => {
      const till = await lane()
      const { stationId } = till.context
      const [one, two] = [await campaign({ campaignUses: 10 }), await campaign({ campaignUses: 10 })]
      const leaseIds = [(await lend(till, one, 3)).leaseId, (await lend(till, two, 3)).leaseId]
      const ended = await writeOff({ stationId })
      expect(ended?.map(({ leaseId }) => leaseId).sort()).toEqual(leaseIds.sort())
      expect(await writeOff({ stationId })).toEqual([])
      expect(await writeOff({ stationId: 'nobody' })).toBeNull()
      expect(await counts(one)).toMatchObject({ lentUses: 0 })
    })
  })

  it('the list shows what is lent before what has ended, the latest end first', async () => {
    const till = await lane()
    const ids = []
    for (let n = 0; n < 4; n++) ids.push((await lend(till, await campaign({ campaignUses: 10 }), 1)).leaseId)
    const [a, b, c, d] = ids as [string, string, string, string]
    for (const leaseId of [c, a]) {
      world.advance(1_000)
      await givenBack(till, leaseId, 0)
    }
    const listed = async (limit: number) => (await world.coupons.leases(limit)).map(({ leaseId }) => leaseId)
    expect(await listed(10)).toEqual([b, d, a, c])
    expect(await listed(3)).toEqual([b, d, a])
    for (const [index, { ended, leaseId }] of (await world.coupons.leases(10)).entries()) {
      const rest = await world.coupons.leases(10, { endedAt: ended ? Date.parse(ended.at) : null, leaseId })
      expect(rest.map((lease) => lease.leaseId)).toEqual([b, d, a, c].slice(index + 1))
    }
  })
}
