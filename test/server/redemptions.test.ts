import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RedemptionResponse } from '../../core/contract/redemptions.ts'
import { canonicalMedium } from '../../core/media/canonical.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { mediumKeys } from '../../core/media/mediumKey.ts'
import { hmacSha256 } from '../../server/system.ts'
import { DAY, HASH_KEYS, newMedium, objective, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const keysOf = (medium: RawMedium) => {
  const canonical = canonicalMedium(medium, { acceptNonUniqueUids: false })
  if (!canonical.ok) throw new Error(canonical.reason)
  return { keys: mediumKeys(canonical.value, HASH_KEYS, hmacSha256) }
}

describe('search', () => {
  it('finds the same by identifier and by key', async () => {
    const medium = newMedium()
    const coupon = await server.coupon(await server.campaign(), medium)
    const found = await server.search(medium)
    expect(found.usable).toMatchObject([{ acquisitionId: coupon, discount: { total: 100 }, usesLeft: 1 }])
    expect(found.best).toMatchObject([{ totalDiscount: 100, lines: [{ acquisitionId: coupon }] }])
    expect({ ...(await server.search(keysOf(medium))), asOf: '' }).toEqual({ ...found, asOf: '' })
  })

  it('says why a coupon is unusable', async () => {
    const medium = newMedium()
    const campaignId = await server.campaign({ conditions: [{ kind: 'min_spend', amount: 5_000 }] })
    const coupon = await server.coupon(campaignId, medium)
    expect((await server.search(medium)).unusable).toMatchObject([
      { acquisitionId: coupon, reason: 'min_spend_not_met', reasonGroup: 'customer' },
    ])
  })

  it.each([
    ['a medium nobody has', newMedium(), 'medium_unknown'],
    ['a random UID', { type: 'nfc-uid', identifier: '08aabbcc' }, 'medium_unstable'],
    ['a short UID', { type: 'nfc-uid', identifier: '11aabbcc' }, 'medium_not_unique'],
    ['not hex at all', { type: 'nfc-uid', identifier: 'hello' }, 'medium_unreadable'],
  ])('%s: nothing usable, and the reason', async (_, medium, reason) => {
    expect(await server.search(medium)).toMatchObject({
      usable: [],
      best: [],
      unusable: [{ reason, reasonGroup: 'medium' }],
    })
  })

  it('a code that is no membership number of the store: medium_unknown, and says that it is none', async () => {
    const settings = { membershipRules: [{ prefix: '29', minLength: 13, maxLength: 13, checkDigit: 'gtin' }] }
    const members = await testServer({ settings })
    const medium = { type: 'barcode', identifier: '4006381333931' }
    const { body } = await members.ask('POST', '/v1/search', { medium, objective: objective() })
    await members.close()
    expect(body).toMatchObject({
      usable: [],
      unusable: [{ reason: 'medium_unknown', reasonGroup: 'medium', params: { membership: false } }],
    })
  })

  it('tells what a stack would give and consumes nothing', async () => {
    const medium = newMedium()
    const a = await server.coupon(await server.campaign(), medium)
    const b = await server.coupon(await server.campaign(), medium)
    const { selection } = await server.search(medium, { select: { acquisitionIds: [a, b] } })
    expect(selection).toMatchObject({ status: 'approvable', totalDiscount: 200 })
    expect(await server.usesLeft(medium, a)).toBe(1)
  })
})

describe('a redemption', () => {
  it('by ids consumes one use each, all or nothing', async () => {
    const medium = newMedium()
    const a = await server.coupon(await server.campaign(), medium)
    const b = await server.coupon(await server.campaign({ conditions: [{ kind: 'min_spend', amount: 9_999 }] }), medium)
    const refused = RedemptionResponse.parse((await server.redeem(medium, { select: { acquisitionIds: [a, b] } })).body)
    expect(refused).toMatchObject({
      status: 'refused',
      reason: 'min_spend_not_met',
      failingAcquisitionId: b,
      bestRemaining: { lines: [{ acquisitionId: a }], totalDiscount: 100 },
      lines: [],
    })
    expect(await server.usesLeft(medium, a)).toBe(1)
    const approved = RedemptionResponse.parse((await server.redeem(medium, { select: { acquisitionIds: [a] } })).body)
    expect(approved).toMatchObject({ status: 'approved', totalDiscount: 100, state: 'active' })
    expect(await server.usesLeft(medium, a)).toBe(0)
  })

  it('by best takes the best combination at that moment', async () => {
    const medium = newMedium()
    const a = await server.coupon(await server.campaign(), medium)
    const b = await server.coupon(
      await server.campaign({ benefit: { kind: 'percent_off', basisPoints: 2_000 } }),
      medium,
    )
    const { body } = await server.redeem(medium)
    expect(body).toMatchObject({ status: 'approved', totalDiscount: 300 })
    expect(body.lines.map((line: { acquisitionId: string }) => line.acquisitionId).sort()).toEqual([a, b].sort())
  })

  it('refuses a used coupon as already used', async () => {
    const medium = newMedium()
    const coupon = await server.coupon(await server.campaign(), medium)
    await server.redeem(medium)
    expect((await server.redeem(medium, { select: { acquisitionIds: [coupon] } })).body).toMatchObject({
      status: 'refused',
      reason: 'already_used',
      failingAcquisitionId: coupon,
    })
  })

  it('refuses another discount than was shown, with a fresh search, and consumes nothing', async () => {
    const medium = newMedium()
    const coupon = await server.coupon(await server.campaign(), medium)
    const { body } = await server.redeem(medium, { select: { acquisitionIds: [coupon] }, expectedTotalDiscount: 150 })
    expect(RedemptionResponse.parse(body)).toMatchObject({ status: 'refused', reason: 'offer_changed' })
    expect(body.fresh.usable).toMatchObject([{ acquisitionId: coupon }])
    expect(await server.usesLeft(medium, coupon)).toBe(1)
  })

  it('refuses somebody else’s coupon as not held', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const theirs = await server.coupon(await server.campaign(), newMedium())
    expect((await server.redeem(medium, { select: { acquisitionIds: [theirs] } })).body).toMatchObject({
      reason: 'not_held',
    })
  })

  it('refuses an unknown medium', async () => {
    const { body } = await server.redeem(newMedium())
    expect(RedemptionResponse.parse(body)).toMatchObject({ status: 'refused', reason: 'medium_unknown' })
  })

  it('stops when the campaign is suspended, and goes on when it resumes', async () => {
    const medium = newMedium()
    const campaignId = await server.campaign()
    await server.coupon(campaignId, medium)
    const { approver } = server.operators
    await server.ask('POST', `/v1/campaigns/${campaignId}/suspend`, {}, approver.token)
    expect((await server.redeem(medium)).body.status).toBe('refused')
    expect((await server.search(medium)).unusable).toMatchObject([{ reason: 'suspended', reasonGroup: 'campaign' }])
    await server.ask('POST', `/v1/campaigns/${campaignId}/resume`, {}, approver.token)
    expect((await server.redeem(medium)).body.status).toBe('approved')
  })

  it('counts limits: campaign, holder, holder and business day', async () => {
    const campaignId = await server.campaign({ limits: { campaignUses: 2, acquisitionUses: 1, holderAcquisitions: 1 } })
    const media = [newMedium(), newMedium(), newMedium()]
    for (const medium of media) await server.coupon(campaignId, medium)
    const statuses = []
    for (const medium of media) statuses.push((await server.redeem(medium)).body)
    expect(statuses.map(({ status }) => status)).toEqual(['approved', 'approved', 'refused'])
    expect((await server.search(media[2])).unusable[0]).toMatchObject({ reason: 'campaign_limit_reached' })

    const daily = newMedium()
    const limits = { acquisitionUses: 5, holderAcquisitions: 1, holderPeriod: { period: 'day', uses: 1 } } as const
    const coupon = await server.coupon(await server.campaign({ limits }), daily)
    const use = async () => (await server.redeem(daily, { select: { acquisitionIds: [coupon] } })).body
    expect(await use()).toMatchObject({ status: 'approved' })
    expect(await use()).toMatchObject({ status: 'refused', reason: 'holder_limit_reached' })
    server.clock.advance(DAY)
    expect(await use()).toMatchObject({ status: 'approved' })
  })
})

describe('one redemptionId counts once', () => {
  it('answers the same, approved or refused, by identifier or by key', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign({ limits: { acquisitionUses: 3, holderAcquisitions: 1 } }), medium)
    const redemptionId = uuidv7()
    const first = await server.redeem(medium, { redemptionId })
    expect(first.body.status).toBe('approved')
    expect((await server.redeem(medium, { redemptionId })).body).toEqual(first.body)
    expect((await server.redeem(keysOf(medium), { redemptionId, entry: 'keyed' })).body).toEqual(first.body)

    const stranger = newMedium()
    const refusedId = uuidv7()
    const refused = await server.redeem(stranger, { redemptionId: refusedId })
    await server.coupon(await server.campaign(), stranger)
    expect((await server.redeem(stranger, { redemptionId: refusedId })).body).toEqual(refused.body)
  })

  it('with another intent is a conflict, and changes nothing', async () => {
    const medium = newMedium()
    const coupon = await server.coupon(
      await server.campaign({ limits: { acquisitionUses: 2, holderAcquisitions: 1 } }),
      medium,
    )
    const redemptionId = uuidv7()
    await server.redeem(medium, { redemptionId })
    for (const other of [{ objective: objective(999) }, { select: { acquisitionIds: [coupon] } }]) {
      expect(await server.redeem(medium, { redemptionId, ...other })).toMatchObject({
        status: 409,
        body: { reason: 'duplicate_request_differs' },
      })
    }
    expect(await server.redeem(newMedium(), { redemptionId })).toMatchObject({ status: 409 })
    expect(await server.redeem(medium, { redemptionId }, server.stations.south)).toMatchObject({ status: 409 })
    expect(await server.usesLeft(medium, coupon)).toBe(1)
  })

  it('is refused when it is older than what is remembered', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const old = `018${uuidv7().slice(3)}`
    expect((await server.redeem(medium, { redemptionId: old })).body).toMatchObject({
      status: 'refused',
      reason: 'too_old',
    })
    expect((await server.ask('GET', `/v1/redemptions/${old}`)).status).toBe(404)
  })

  it('can be asked for, by its store and by those who look after it, and by nobody else', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const { body } = await server.redeem(medium)
    const path = `/v1/redemptions/${body.redemptionId}`
    expect((await server.ask('GET', path)).body).toEqual(body)
    expect((await server.ask('GET', path, undefined, server.operators.manager.token)).body).toEqual(body)
    expect((await server.ask('GET', path, undefined, server.stations.south)).status).toBe(404)
    expect((await server.ask('GET', `/v1/redemptions/${uuidv7()}`)).status).toBe(404)
  })
})
