import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import { DAY, newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const acquire = (of: object, medium: unknown, acquisitionId = uuidv7()) =>
  server.ask('POST', '/v1/acquisitions', { acquisitionId, medium, ...of })
const holdings = async (medium: unknown) => (await server.ask('POST', '/v1/holdings', { medium })).body
const acquireRules = (acquire: Partial<CampaignRules['acquire']>): Partial<CampaignRules> => ({
  acquire: { by: 'anyone', ...acquire },
})

describe('what a customer may take', () => {
  it('is shown with what they hold, and leaves the list when it was taken', async () => {
    const medium = newMedium()
    const campaignId = await server.campaign({ title: 'Take me' })
    const before = await holdings(medium)
    expect(before).toMatchObject({ known: false, held: [] })
    expect(before.takeable).toContainEqual(expect.objectContaining({ campaignId, title: 'Take me' }))
    expect((await acquire({ campaignId }, medium)).body.status).toBe('acquired')
    const after = await holdings(medium)
    expect(after).toMatchObject({ known: true, held: [{ campaignId, usesLeft: 1 }] })
    expect(after.takeable.map((offer: { campaignId: string }) => offer.campaignId)).not.toContain(campaignId)
    expect((await acquire({ campaignId }, medium)).body).toMatchObject({ reason: 'holder_limit_reached' })
  })

  it('is nothing that is given, needs a code, is for another store, or has been given out', async () => {
    const medium = newMedium()
    const given = await server.campaign(acquireRules({ by: 'given' }))
    const coded = await server.campaign(acquireRules({ by: 'code' }))
    const elsewhere = await server.campaign({ conditions: [{ kind: 'stores', storeIds: ['south'] }] })
    const few = await server.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 1 } })
    await server.coupon(few, newMedium())
    const ids = (await holdings(medium)).takeable.map((offer: { campaignId: string }) => offer.campaignId)
    for (const hidden of [given, coded, elsewhere, few]) expect(ids).not.toContain(hidden)
    expect((await acquire({ campaignId: given }, medium)).body.reason).toBe('only_given')
    expect((await acquire({ campaignId: coded }, medium)).body.reason).toBe('code_required')
    expect((await acquire({ campaignId: few }, medium)).body.reason).toBe('campaign_limit_reached')
  })

  it('can be taken in its window, before and beside its validity', async () => {
    const now = server.clock.now()
    const iso = (days: number) => new Date(now + days * DAY).toISOString()
    const early = await server.campaign({ validFrom: iso(10), ...acquireRules({ from: iso(-1), until: iso(5) }) })
    const late = await server.campaign(acquireRules({ from: iso(2) }))
    const over = await server.campaign(acquireRules({ until: iso(-1) }))
    const medium = newMedium()
    expect((await acquire({ campaignId: early }, medium)).body.status).toBe('acquired')
    expect((await holdings(medium)).held).toMatchObject([{ campaignId: early, usableFrom: iso(10) }])
    expect((await acquire({ campaignId: late }, medium)).body).toMatchObject({ reason: 'acquisition_not_open' })
    expect((await acquire({ campaignId: over }, medium)).body).toMatchObject({ reason: 'acquisition_closed' })
  })

  it('lasts as long as its rules say from when it was taken', async () => {
    const campaignId = await server.campaign(acquireRules({ lastsDays: 30 }))
    const medium = newMedium()
    const { body } = await acquire({ campaignId }, medium)
    const end = Date.parse(body.expiresAt)
    expect(Math.abs(end - (server.clock.now() + 30 * DAY))).toBeLessThan(60_000)
    const found = await server.search(medium)
    expect(found.usable).toMatchObject([{ campaignId, expiresAt: body.expiresAt }])
  })
})

describe('a coupon that staff give', () => {
  it('comes to a holder, by a manager, once for each id, and only to somebody who is there', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const { presentation } = (await server.ask('POST', '/v1/media/presentations', { medium, entry: 'tap' })).body
    const token = server.operators.manager.token
    const { holderId } = (await server.ask('POST', '/v1/holders/find', { presentation }, token)).body
    const campaignId = await server.campaign(acquireRules({ by: 'given' }))
    const request = { acquisitionId: uuidv7(), campaignId }
    const give = (id: string, by = token) => server.ask('POST', `/v1/holders/${id}/acquisitions`, request, by)
    expect((await give(holderId)).body.status).toBe('acquired')
    expect((await give(holderId)).body.status).toBe('acquired')
    expect((await holdings(medium)).held).toHaveLength(2)
    expect((await give(holderId, server.operators.planner.token)).status).toBe(403)
    const audit = `/v1/audit?action=acquisition.give&subjectId=${request.acquisitionId}`
    const { entries } = (await server.ask('GET', audit, undefined, server.operators.auditor.token)).body
    expect(entries).toMatchObject([{ actor: { id: server.operators.manager.operatorId }, details: { holderId } }])
    request.acquisitionId = uuidv7()
    expect((await give(uuidv7())).body).toMatchObject({ status: 'refused', reason: 'not_held' })
  })
})

describe('unique codes', () => {
  const planner = () => server.operators.planner.token
  const listFor = async (campaignId: string, more: object = {}) => {
    const listId = uuidv7()
    const made = await server.ask(
      'POST',
      `/v1/campaigns/${campaignId}/code-lists`,
      { listId, name: 'Leaflet', ...more },
      planner(),
    )
    expect(made.status).toBe(200)
    return listId
  }
  const fill = (listId: string, body: object) => server.ask('POST', `/v1/code-lists/${listId}/codes`, body, planner())

  it('are made once, the same when asked again, kept as hashes, and redeemed once each', async () => {
    const campaignId = await server.campaign(acquireRules({ by: 'code' }))
    const listId = await listFor(campaignId)
    const made = (await fill(listId, { first: 0, count: 3 })).body
    expect(made).toMatchObject({ added: 3, repeated: 0 })
    expect((await fill(listId, { first: 0, count: 3 })).body).toMatchObject({
      added: 0,
      repeated: 3,
      codes: made.codes,
    })
    const [code] = made.codes
    const medium = newMedium()
    expect((await acquire({ code: code.toLowerCase() }, medium)).body).toMatchObject({ status: 'acquired', campaignId })
    expect((await acquire({ code }, newMedium())).body).toMatchObject({ status: 'refused', reason: 'code_used' })
    const { lists } = (await server.ask('GET', `/v1/campaigns/${campaignId}/code-lists`, undefined, planner())).body
    expect(lists).toMatchObject([{ listId, codes: 3, redeemed: 1 }])
  })

  it('thousands come at once; those that are there already are not counted again', async () => {
    const listId = await listFor(await server.campaign(acquireRules({ by: 'code' })))
    const codes = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => `LEAFLET-${100_000 + from + n}`)
    const put = await fill(listId, { codes: [...codes(0, 1_203), ...codes(0, 2)] })
    expect(put.body).toMatchObject({ added: 1_203, repeated: 2 })
    expect((await fill(listId, { codes: codes(1_000, 1_000) })).body).toMatchObject({ added: 797, repeated: 203 })
  })

  it('of one’s own are taken as they are typed, each as often as the list says, until it ends', async () => {
    const campaignId = await server.campaign(acquireRules({ by: 'code' }))
    const until = new Date(server.clock.now() + 60_000).toISOString()
    const listId = await listFor(campaignId, { usesPerCode: 2, until })
    expect((await fill(listId, { codes: ['SUMMER-2026', 'x', 'summer 2026'] })).body).toMatchObject({
      added: 1,
      repeated: 1,
      unusable: [1],
    })
    const first = newMedium()
    expect((await acquire({ code: 'summer2026' }, first)).body.status).toBe('acquired')
    expect((await acquire({ code: 'summer2026' }, first)).body.reason).toBe('holder_limit_reached')
    expect((await acquire({ code: 'summer2026' }, newMedium())).body.status).toBe('acquired')
    expect((await acquire({ code: 'summer2026' }, newMedium())).body.reason).toBe('code_used')
  })

  it('cannot be guessed: whoever tries is slowed, and a coupon of a campaign is asked for in one way', async () => {
    const medium = newMedium()
    for (let guess = 0; guess < 5; guess++) {
      expect((await acquire({ code: `GUESS-${guess}00000` }, medium)).body.reason).toBe('code_unknown')
    }
    const slowed = await acquire({ code: 'GUESS-900000' }, medium)
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
    expect((await acquire({ code: 'GUESS-900000' }, newMedium())).status).toBe(200)
    expect((await acquire({}, medium)).status).toBe(400)
    expect((await acquire({ code: 'GUESS-900000', campaignId: uuidv7() }, medium)).status).toBe(400)
  })
})

describe('coupons that come by themselves', () => {
  const issue = (rule: CampaignRules['issue'][number], more: Partial<CampaignRules> = {}) =>
    server.campaign({ ...acquireRules({ by: 'given' }), issue: [rule], ...more })
  const heldOf = async (medium: unknown): Promise<string[]> =>
    (await holdings(medium)).held.map((coupon: { campaignId: string }) => coupon.campaignId)
  /** Nobody else's rules of this file are to join in. */
  const end = (campaignId: string) =>
    server.ask('POST', `/v1/campaigns/${campaignId}/end`, {}, server.operators.approver.token)

  it('with the first coupon that registers a medium, once', async () => {
    const welcome = await issue({ on: 'first_visit' })
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    expect(await heldOf(medium)).toContain(welcome)
    expect((await server.redeem(medium)).body.status).toBe('approved')
    expect((await heldOf(medium)).filter((id) => id === welcome).length).toBeLessThanOrEqual(1)
    await end(welcome)
  })

  it('with the redemption that earns them; undone with it while unused, and back when it stands again', async () => {
    const earning = await server.campaign()
    const reward = await issue(
      { on: 'redemption', campaignIds: [earning] },
      { limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 1 } },
    )
    const big = await issue({ on: 'redemption', campaignIds: [], minSpend: 5_000 })
    const medium = newMedium()
    const acquisitionId = await server.coupon(earning, medium)
    const { body } = await server.redeem(medium, { select: { acquisitionIds: [acquisitionId] } })
    expect(body.status).toBe('approved')
    expect(await heldOf(medium)).toEqual([reward])
    expect(await heldOf(medium)).not.toContain(big)
    const undo = { rollbackId: uuidv7(), reason: 'brought back' }
    expect((await server.ask('POST', `/v1/redemptions/${body.redemptionId}/rollback`, undo)).body.state).toBe(
      'rolled_back',
    )
    expect(await heldOf(medium)).toEqual([earning])
    // Its place in the circulation is free again.
    const again = await server.redeem(medium, { select: { acquisitionIds: [acquisitionId] } })
    expect(again.body.status).toBe('approved')
    expect(await heldOf(medium)).toEqual([reward])
    await end(reward)
    await end(big)
  })

  it('a reward that was used before the redemption was undone stays used', async () => {
    const earning = await server.campaign()
    const reward = await issue({ on: 'redemption', campaignIds: [earning] })
    const medium = newMedium()
    const acquisitionId = await server.coupon(earning, medium)
    const first = await server.redeem(medium, { select: { acquisitionIds: [acquisitionId] } })
    const [brought] = (await server.search(medium)).usable
    expect(brought?.campaignId).toBe(reward)
    const second = await server.redeem(medium, { select: { acquisitionIds: [brought?.acquisitionId] } })
    expect(second.body.status).toBe('approved')
    const undo = { rollbackId: uuidv7(), reason: 'brought back' }
    await server.ask('POST', `/v1/redemptions/${first.body.redemptionId}/rollback`, undo)
    const state = await server.ask('GET', `/v1/redemptions/${second.body.redemptionId}`)
    expect(state.body.state).toBe('active')
    await end(reward)
  })
})
