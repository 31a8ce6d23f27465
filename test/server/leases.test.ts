import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { type Held, leaseRig } from './leaseRig.ts'

const rig = leaseRig()
const { campaign, counts, drawn, giveBack, holders, lend } = rig

describe('lending', () => {
  it('gives each station its fair share, and takes it out of the pool', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const first = await lend(rig.first, campaignId, 5)
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({ uses: 3, state: 'out' })
    expect(first.body.value).toBeUndefined()
    expect((await lend(rig.second, campaignId, 5)).body).toMatchObject({ uses: 3 })
    expect(counts(campaignId)).toMatchObject({ uses: 0, lent_uses: 6 })

    const media = (await holders(campaignId, 5)).map(({ medium }) => medium)
    const answers = []
    for (const medium of media) answers.push((await rig.server.redeem(medium)).body)
    expect(answers.map(({ status, reason }) => reason ?? status)).toEqual([
      'approved',
      'approved',
      'approved',
      'approved',
      'campaign_limit_reached',
    ])
    expect(counts(campaignId)).toMatchObject({ uses: 4, lent_uses: 6 })
  })

  it('until as long as a station may decide on its copy, and not beyond the campaign', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const hours =
      (Date.parse((await lend(rig.first, campaignId, 1)).body.spendUntil) - rig.server.clock.now()) / 3_600_000
    expect(hours).toBeGreaterThan(71.9)
    expect(hours).toBeLessThanOrEqual(72)
    const soon = new Date(rig.server.clock.now() + 3_600_000).toISOString()
    const ending = await rig.server.campaign({
      limits: { campaignUses: 10, acquisitionUses: 1, holderAcquisitions: 1 },
      validUntil: soon,
    })
    expect((await lend(rig.first, ending, 1)).body.spendUntil).toBe(soon)
  })

  it('under a budget, value with the uses', async () => {
    const campaignId = await campaign({ campaignValue: 900 })
    expect((await lend(rig.first, campaignId, 5, { wantValue: 500 })).body).toMatchObject({ uses: 3, value: 300 })
    expect(counts(campaignId)).toMatchObject({ lent_uses: 3, lent_value: 300 })
  })

  it('once for each leaseId: the same wish gets the same answer, another is a conflict', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const leaseId = uuidv7()
    const first = await lend(rig.first, campaignId, 2, { leaseId })
    expect((await lend(rig.first, campaignId, 2, { leaseId })).body).toEqual(first.body)
    expect(counts(campaignId)).toMatchObject({ lent_uses: 2 })
    for (const other of [
      await lend(rig.first, campaignId, 3, { leaseId }),
      await lend(rig.first, campaignId, 2, { leaseId, wantValue: 9 }),
      await lend(rig.second, campaignId, 2, { leaseId }),
    ]) {
      expect(other).toMatchObject({ status: 409, body: { reason: 'duplicate_request_differs' } })
    }
    await giveBack(rig.first, leaseId, 0)
    expect((await lend(rig.first, campaignId, 2, { leaseId })).body).toEqual({ ...first.body, state: 'returned' })
    expect(counts(campaignId)).toMatchObject({ lent_uses: 0 })
  })

  it('lends nothing, with a reason, of what cannot be used there or is all used', async () => {
    const limits = { campaignUses: 10, acquisitionUses: 1, holderAcquisitions: 1 }
    const nothingOf = async (campaignId: string) => {
      const { status, body } = await lend(rig.first, campaignId, 2)
      expect({ status, uses: body.uses }).toEqual({ status: 200, uses: 0 })
      return body.reason
    }
    const online = await rig.server.campaign({ limits, offline: { mode: 'require_online' } } as object)
    expect(await nothingOf(online)).toBe('offline_not_allowed')
    const elsewhere = [{ kind: 'stores' as const, storeIds: ['south'] }]
    expect(await nothingOf(await rig.server.campaign({ limits, conditions: elsewhere }))).toBe('wrong_store')
    const suspended = await rig.server.campaign({ limits })
    const { approver } = rig.server.operators
    await rig.server.ask('POST', `/v1/campaigns/${suspended}/suspend`, {}, approver.token)
    expect(await nothingOf(suspended)).toBe('suspended')
    expect(await nothingOf(await campaign({ campaignUses: 1 }))).toBe('campaign_limit_reached')
  })

  it('refuses what is no question for it', async () => {
    const unlimited = await rig.server.campaign()
    expect((await lend(rig.first, unlimited, 2)).status).toBe(400)
    expect((await lend(rig.first, uuidv7(), 2)).status).toBe(404)
    expect((await lend(rig.first, await campaign({ campaignUses: 9 }), 0)).status).toBe(400)
    const old = { leaseId: '01800000-0000-7000-8000-000000000001' }
    expect((await lend(rig.first, await campaign({ campaignUses: 9 }), 1, old)).body).toMatchObject({
      reason: 'too_old',
    })
    const { token } = rig.server.operators.admin
    expect((await rig.server.ask('POST', '/v1/sync/leases', {}, token)).status).toBe(403)
  })
})

describe('drawing', () => {
  it('moves a use from lent to counted, whatever the pool has', async () => {
    const campaignId = await campaign({ campaignUses: 4 })
    const [one, two] = await holders(campaignId, 2)
    const { leaseId, uses } = (await lend(rig.first, campaignId, 2)).body
    expect(uses).toBe(1)
    expect(await rig.first.send(drawn(rig.first, one!.coupon, leaseId))).toMatchObject([{ status: 'confirmed' }])
    expect(counts(campaignId)).toMatchObject({ uses: 1, value: 100, lent_uses: 0, forced_uses: 0 })
    // One that draws from none needs the pool.
    expect(await rig.first.send(drawn(rig.first, two!.coupon, null))).toMatchObject([{ status: 'confirmed' }])
    expect(counts(campaignId)).toMatchObject({ uses: 2 })
  })

  it('of a lease that is spent, unknown, another’s, over or of another campaign is forced, exactly once', async () => {
    const campaignId = await campaign({ campaignUses: 12, campaignValue: 5_000 })
    const other = await campaign({ campaignUses: 12 })
    const held = await holders(campaignId, 8)
    const want = { wantValue: 100 }
    const mine = (await lend(rig.first, campaignId, 1, want)).body.leaseId
    const theirs = (await lend(rig.second, campaignId, 1, want)).body.leaseId
    const elsewhere = (await lend(rig.first, other, 1)).body.leaseId
    const { leaseId: late, spendUntil } = (await lend(rig.first, campaignId, 1, want)).body
    const { leaseId: small } = (await lend(rig.first, campaignId, 1, want)).body
    const coupon = (index: number) => held[index]!.coupon
    rig.server.clock.advance(73 * 3_600_000)
    const events = [
      drawn(rig.first, coupon(0), mine, { at: Date.parse(spendUntil) - 10_000 }),
      drawn(rig.first, coupon(1), mine, { at: Date.parse(spendUntil) - 9_000 }),
      drawn(rig.first, coupon(2), uuidv7(), { at: Date.parse(spendUntil) - 8_000 }),
      drawn(rig.first, coupon(3), theirs, { at: Date.parse(spendUntil) - 7_000 }),
      drawn(rig.first, coupon(4), elsewhere, { at: Date.parse(spendUntil) - 6_000 }),
      drawn(rig.first, coupon(5), small, { at: Date.parse(spendUntil) - 5_000, total: 101 }),
      drawn(rig.first, coupon(6), late, { at: Date.parse(spendUntil) + 1_000 }),
    ]
    const results = await rig.first.send(...events)
    expect(results.map(({ status, lines }) => lines[0]?.reason ?? status)).toEqual([
      'confirmed',
      ...Array.from({ length: 6 }, () => 'lease_exhausted'),
    ])
    expect(results.flatMap(({ lines }) => lines.filter((each) => each.leaseRefunded))).toEqual([])
    const after = counts(campaignId)
    expect(after).toMatchObject({ uses: 1, value: 100, forced_uses: 6, lent_uses: 3, lent_value: 300 })
    expect(await rig.first.send(...events)).toEqual(results)
    expect(counts(campaignId)).toEqual(after)
  })

  it('what was applied online under the same id is refunded, and so is what is forced for another reason', async () => {
    const campaignId = await campaign({ campaignUses: 20 })
    const [one, two, three] = await holders(campaignId, 3)
    const { leaseId, uses } = (await lend(rig.first, campaignId, 2)).body
    expect(uses).toBe(2)
    const redemptionId = uuidv7()
    const answer = await rig.server.redeem(one!.medium, { redemptionId })
    expect(answer.body.status).toBe('approved')
    const [again] = await rig.first.send(drawn(rig.first, one!.coupon, leaseId, { redemptionId }))
    expect(again).toMatchObject({ status: 'confirmed', lines: [{ status: 'confirmed', leaseRefunded: true }] })
    const [used] = await rig.first.send(drawn(rig.first, one!.coupon, leaseId))
    expect(used).toMatchObject({ status: 'forced', lines: [{ reason: 'already_used', leaseRefunded: true }] })
    expect(counts(campaignId)).toMatchObject({ uses: 1, forced_uses: 1, lent_uses: 2 })
    // Both uses are still there to be drawn.
    const results = await rig.first.send(
      drawn(rig.first, two!.coupon, leaseId),
      drawn(rig.first, three!.coupon, leaseId),
    )
    expect(results.map(({ status, lines }) => [status, lines[0]?.leaseRefunded])).toEqual([
      ['confirmed', undefined],
      ['confirmed', undefined],
    ])
    expect(counts(campaignId)).toMatchObject({ uses: 3, lent_uses: 0 })
  })

  it('a rollback gives the use to the pool, not to the lease', async () => {
    const campaignId = await campaign({ campaignUses: 20 })
    const [one, two] = await holders(campaignId, 2)
    const { leaseId } = (await lend(rig.first, campaignId, 1)).body
    const redemptionId = uuidv7()
    await rig.first.send(
      drawn(rig.first, one!.coupon, leaseId, { redemptionId }),
      rig.first.journal.write('annul', { annulId: uuidv7(), redemptionId, reason: 'x' }, rig.server.clock.now()),
    )
    expect(counts(campaignId)).toMatchObject({ uses: 0, value: 0, lent_uses: 0 })
    expect(await rig.first.send(drawn(rig.first, two!.coupon, leaseId))).toMatchObject([
      { lines: [{ reason: 'lease_exhausted' }] },
    ])
  })

  it('an overuse that is covered later never passes the limit', async () => {
    const campaignId = await campaign({ campaignUses: 2 })
    const [one, two] = await holders(campaignId, 2)
    // Forced beyond the limit, with the use of its coupon; then the same coupon again, without one.
    await rig.server.redeem(two!.medium)
    await rig.first.send(drawn(rig.first, (await holders(campaignId, 1))[0]!.coupon, null))
    const beyond = uuidv7()
    expect(await rig.first.send(drawn(rig.first, one!.coupon, null, { redemptionId: beyond }))).toMatchObject([
      { lines: [{ reason: 'campaign_limit_reached' }] },
    ])
    expect(await rig.first.send(drawn(rig.first, one!.coupon, null))).toMatchObject([
      { lines: [{ reason: 'already_used' }] },
    ])
    const undo = { rollbackId: uuidv7(), reason: 'x' }
    await rig.server.ask('POST', `/v1/redemptions/${beyond}/rollback`, undo, rig.server.operators.manager.token)
    expect(counts(campaignId)).toMatchObject({ uses: 2, forced_uses: 1 })
  })
})

describe('a use that goes to an older overuse', () => {
  it('is not given once more by the event that gave it back', async () => {
    const campaignId = await campaign({ campaignUses: 1, holderAcquisitions: 2 })
    const [{ medium, coupon: one }] = (await holders(campaignId, 1)) as [Held]
    const two = await rig.server.coupon(campaignId, medium)
    const redemptionId = uuidv7()
    await rig.server.redeem(medium, { redemptionId, select: { acquisitionIds: [one] } })
    expect(await rig.first.send(drawn(rig.first, one, null))).toMatchObject([{ lines: [{ reason: 'already_used' }] }])
    // Shown was the other coupon: the first one's use pays for the overuse, and nothing is left of the campaign.
    expect(await rig.first.send(drawn(rig.first, two, null, { redemptionId }))).toMatchObject([
      { status: 'forced', lines: [{ reason: 'campaign_limit_reached' }] },
    ])
    expect(counts(campaignId)).toMatchObject({ uses: 1, forced_uses: 1 })
  })
})
