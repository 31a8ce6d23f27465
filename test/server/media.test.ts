import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../core/contract/changes.ts'
import { DAY, newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const manager = () => server.operators.manager.token
const present = async (medium: unknown, token?: string): Promise<string> =>
  (await server.ask('POST', '/v1/media/presentations', { medium, entry: 'tap' }, token)).body.presentation
const link = (presentations: readonly string[], actionId = uuidv7(), token?: string) =>
  server.ask('POST', '/v1/media/link', { actionId, presentations }, token)
const holderOf = async (medium: unknown): Promise<string> => {
  const presentation = await present(medium)
  return (await server.ask('POST', '/v1/holders/find', { presentation }, manager())).body.holderId
}
const mediaOf = async (holderId: string) =>
  (await server.ask('GET', `/v1/holders/${holderId}`, undefined, manager())).body.media
const block = (medium: object, blocked = true) =>
  server.ask('POST', '/v1/media/block', { actionId: uuidv7(), medium, blocked, reason: 'reported lost' }, manager())
/** Everything that a station is told from a position on. */
const changesAfter = async (position: number): Promise<readonly Change[]> => {
  const found: Change[] = []
  let cursor = ''
  while (true) {
    const { body } = await server.ask('GET', `/v1/sync/changes?cursor=${cursor}`)
    found.push(...body.changes.filter((change: Change) => change.changeSeq > position))
    cursor = body.cursor
    if (!body.more) return found
  }
}

describe('two media of one customer', () => {
  it('are linked when both were shown: coupons and counts add, and copies hear of it', async () => {
    const [card, phone] = [newMedium(), newMedium()]
    const limited = await server.campaign({
      limits: { acquisitionUses: 5, holderAcquisitions: 2, holderUses: 2 },
    })
    await server.coupon(limited, card)
    await server.coupon(limited, phone)
    expect((await server.redeem(card)).body.status).toBe('approved')
    expect((await server.redeem(phone)).body.status).toBe('approved')
    const before = await server.store.changePosition()
    const [older, newer] = [await holderOf(card), await holderOf(phone)]
    const presentations = [await present(card), await present(phone)]
    const actionId = uuidv7()
    const linked = await link(presentations, actionId)
    expect(linked.body).toMatchObject({ holderId: older, media: [{ blocked: false }, { blocked: false }] })
    expect((await link(presentations, actionId)).body).toEqual(linked.body)
    expect(await holderOf(phone)).toBe(older)
    // Both have been used once: together that is all that one customer may.
    expect((await server.redeem(phone)).body).toMatchObject({ status: 'refused', reason: 'holder_limit_reached' })
    const told = await changesAfter(before)
    const gone = told.find((change) => change.kind === 'holder_gone')
    expect(gone).toMatchObject({ holderId: newer })
    const moved = told.filter((change) => 'holderId' in change && change.holderId === older)
    expect(new Set(moved.map(({ kind }) => kind))).toEqual(new Set(['medium', 'acquisition', 'holder_usage']))
    for (const change of moved) expect(change.changeSeq).toBeGreaterThan(gone?.changeSeq ?? Number.POSITIVE_INFINITY)
  })

  it('a redemption of either can still be undone after they were linked', async () => {
    const [card, phone] = [newMedium(), newMedium()]
    const campaignId = await server.campaign()
    await server.coupon(campaignId, card)
    const acquisitionId = await server.coupon(campaignId, phone)
    const { redemptionId } = (await server.redeem(phone)).body
    await link([await present(card), await present(phone)])
    const undo = { rollbackId: uuidv7(), reason: 'wrong customer' }
    expect((await server.ask('POST', `/v1/redemptions/${redemptionId}/rollback`, undo)).status).toBe(200)
    expect(await server.usesLeft(card, acquisitionId)).toBe(1)
  })

  it('not without both, not for ever, not from another store, and not twice by one showing', async () => {
    const [card, phone] = [newMedium(), newMedium()]
    const one = await present(card)
    const other = await present(phone)
    expect((await link([one, one])).body.reason).toBe('medium_not_shown')
    expect((await link([one, 'invented'])).body.reason).toBe('medium_not_shown')
    expect((await link([one, other], uuidv7(), server.stations.south)).body.reason).toBe('medium_not_shown')
    server.clock.advance(6 * 60_000)
    expect((await link([one, other])).body.reason).toBe('medium_not_shown')
    const again = [await present(card), await present(phone)]
    expect((await link(again)).status).toBe(200)
    expect((await link(again)).body.reason).toBe('medium_not_shown')
    const keyed = { medium: card, entry: 'keyed' }
    expect((await server.ask('POST', '/v1/media/presentations', keyed)).status).toBe(400)
  })
})

describe('a lost medium', () => {
  it('is blocked for everybody, and unblocked when it is found', async () => {
    const card = newMedium()
    await server.coupon(await server.campaign(), card)
    const [{ mediumId }] = await mediaOf(await holderOf(card))
    const before = await server.store.changePosition()
    expect((await block({ mediumId })).body.media).toMatchObject([{ mediumId, blocked: true }])
    expect((await server.search(card)).unusable[0]?.reason).toBe('medium_blocked')
    expect(await changesAfter(before)).toContainEqual(
      expect.objectContaining({ kind: 'medium', mediumId, blocked: true }),
    )
    expect((await block({ mediumId }, false)).status).toBe(200)
    expect((await server.search(card)).usable).toHaveLength(1)
    expect((await block({ mediumId: uuidv7() })).status).toBe(404)
  })

  it('gives its coupons to the one that takes its place, on the word of staff or of another medium', async () => {
    const [lost, second, fresh, another] = [newMedium(), newMedium(), newMedium(), newMedium()]
    const acquisitionId = await server.coupon(await server.campaign(), lost)
    await link([await present(lost), await present(second)])
    const holderId = await holderOf(lost)
    const [{ mediumId }] = await mediaOf(holderId)
    const transfer = (to: string, proof: object) =>
      server.ask(
        'POST',
        '/v1/media/transfer',
        { actionId: uuidv7(), from: { mediumId }, to: { presentation: to }, proof },
        manager(),
      )

    await server.coupon(await server.campaign(), another)
    const ofAnother = await present(another)
    expect((await transfer(ofAnother, { reason: 'has an ID' })).body.reason).toBe('medium_of_another')
    const to = await present(fresh)
    expect((await transfer(to, { presentation: ofAnother })).body.reason).toBe('medium_not_shown')
    expect((await transfer(to, { presentation: await present(second) })).body).toMatchObject({ holderId })
    expect(await server.usesLeft(fresh, acquisitionId)).toBe(1)
    expect((await server.search(lost)).unusable[0]?.reason).toBe('medium_blocked')

    const latest = newMedium()
    const byStaff = await transfer(await present(latest), { reason: 'knew the last three purchases' })
    expect(byStaff.body.media).toHaveLength(4)
    const { entries } = (
      await server.ask(
        'GET',
        `/v1/audit?action=medium.transfer&subjectId=${holderId}`,
        undefined,
        server.operators.auditor.token,
      )
    ).body
    expect(entries.map(({ details }: { details: { proof: string } }) => details.proof)).toEqual(['staff', 'medium'])
  })
})

describe('a customer who wants to know, and to be forgotten', () => {
  const admin = () => server.operators.admin.token

  it('is exported whole and without a key', async () => {
    const card = newMedium()
    const campaignId = await server.campaign({ limits: { acquisitionUses: 3, holderAcquisitions: 1, holderUses: 9 } })
    await server.coupon(campaignId, card)
    const { redemptionId } = (await server.redeem(card)).body
    const holderId = await holderOf(card)
    const { body, status } = await server.ask('GET', `/v1/holders/${holderId}/export`, undefined, admin())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      holder: { holderId },
      media: [{ type: 'felica-idm', blocked: false }],
      acquisitions: [{ campaignId, usesLeft: 2 }],
      redemptions: [{ redemptionId, state: 'active', lines: [{ discount: 100 }] }],
      usage: [{ campaignId, period: 'ever', uses: 1 }],
    })
    expect(JSON.stringify(body)).not.toContain(card.identifier)
    expect(JSON.stringify(body)).not.toMatch(/[0-9a-f]{64}/)
    expect((await server.ask('GET', `/v1/holders/${holderId}/export`, undefined, manager())).status).toBe(403)
  })

  it('is erased: the medium is unknown, the redemption stays and leads to nobody, copies and journals forget', async () => {
    const card = newMedium()
    const campaignId = await server.campaign({ limits: { acquisitionUses: 3, holderAcquisitions: 1 } })
    const acquisitionId = await server.coupon(campaignId, card)
    const { redemptionId } = (await server.redeem(card)).body
    const holderId = await holderOf(card)
    const before = await server.store.changePosition()
    const request = { actionId: uuidv7(), reason: 'asked for it in the shop' }
    const erase = () => server.ask('POST', `/v1/holders/${holderId}/erase`, request, admin())
    const erased = await erase()
    expect(erased.body.erased).toEqual({ media: 1, acquisitions: 1, redemptions: 1 })
    expect((await erase()).body).toEqual(erased.body)
    expect((await server.search(card)).unusable[0]?.reason).toBe('medium_unknown')
    expect((await server.ask('GET', `/v1/holders/${holderId}`, undefined, manager())).status).toBe(404)
    expect((await server.ask('GET', `/v1/redemptions/${redemptionId}`)).body.state).toBe('active')
    expect(await changesAfter(before)).toContainEqual(expect.objectContaining({ kind: 'holder_gone', holderId }))
    // What registered the medium, sent again late, does not bring it back.
    const late = await server.ask('POST', '/v1/acquisitions', { acquisitionId, campaignId, medium: card })
    expect(late.status).toBe(409)
  })

  it('is forgotten by itself when the settings say so and nobody has seen them', async () => {
    const card = newMedium()
    await server.coupon(await server.campaign(), card)
    const holderId = await holderOf(card)
    const set = (body: object, token = admin()) => server.ask('POST', '/v1/settings/retention', body, token)
    expect((await set({ inactiveHolderDays: 5 })).status).toBe(400)
    expect((await set({ inactiveHolderDays: 400 }, manager())).status).toBe(403)
    expect((await set({ inactiveHolderDays: 400 })).body).toMatchObject({ inactiveHolderDays: 400, eventBodyDays: 120 })
    const tidy = async (now: number) => {
      for (let slice = 0; slice < 200 && (await server.store.prune(now)) > 0; slice++);
    }
    await tidy(server.clock.now() + 399 * DAY)
    expect((await server.ask('GET', `/v1/holders/${holderId}`, undefined, manager())).status).toBe(200)
    await tidy(server.clock.now() + 402 * DAY)
    expect((await server.ask('GET', `/v1/holders/${holderId}`, undefined, manager())).status).toBe(404)
  })
})
