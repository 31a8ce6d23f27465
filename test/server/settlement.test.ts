import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { newMedium, objective } from './fixture.ts'
import { line, offlineStation } from './offlineStation.ts'

const station = offlineStation()
const { held, offline, send, usable, usage, write } = station

describe('what the cashier was shown wins', () => {
  it('unknown id: applied, as a use and in the counts', async () => {
    const { medium, coupon, campaignId } = await held()
    const redemptionId = uuidv7()
    expect(await send(offline(redemptionId, [coupon]))).toMatchObject([
      { status: 'confirmed', lines: [{ acquisitionId: coupon, status: 'confirmed' }] },
    ])
    expect(await usable(medium)).toEqual([])
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    expect((await station.server.ask('GET', `/v1/redemptions/${redemptionId}`)).body).toMatchObject({
      status: 'approved',
      totalDiscount: 100,
    })
  })

  it('approved online with equal lines: confirmed, counted once', async () => {
    const { medium, coupon, campaignId } = await held()
    const { body } = await station.server.redeem(medium)
    const event = write('redemption', { redemptionId: body.redemptionId, decided: 'online', lines: body.lines })
    expect(await send(event)).toMatchObject([
      { status: 'confirmed', lines: [{ acquisitionId: coupon, status: 'confirmed' }] },
    ])
    expect(usage(campaignId)).toMatchObject({ uses: 1, value: 100 })
    expect((await station.server.ask('GET', `/v1/redemptions/${body.redemptionId}`)).body).toEqual(body)
  })

  it('approved online with other lines: those are undone, the event’s apply', async () => {
    const { medium, coupon: a, campaignId } = await held()
    const b = await station.server.coupon(await station.server.campaign(), medium)
    const { body } = await station.server.redeem(medium, { select: { acquisitionIds: [a] } })
    expect(await send(offline(body.redemptionId, [b]))).toMatchObject([{ status: 'confirmed' }])
    expect((await usable(medium)).map((coupon) => coupon.acquisitionId)).toEqual([a])
    expect(usage(campaignId)).toMatchObject({ uses: 0, value: 0 })
    expect((await station.server.ask('GET', `/v1/redemptions/${body.redemptionId}`)).body.lines).toMatchObject([
      { acquisitionId: b },
    ])
  })

  it('refused online: forced, with the reason it was refused for', async () => {
    const { medium, coupon, campaignId } = await held()
    await station.server.redeem(medium)
    const refused = await station.server.redeem(medium, { select: { acquisitionIds: [coupon] } })
    expect(refused.body).toMatchObject({ status: 'refused', reason: 'already_used' })
    const results = await send(offline(refused.body.redemptionId, [coupon]))
    expect(results).toMatchObject([
      { status: 'forced', lines: [{ status: 'forced', reason: 'already_used', reasonGroup: 'customer' }] },
    ])
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 1, forced_value: 100 })
  })

  it('settles line by line', async () => {
    const { medium, coupon: spent } = await held()
    await station.server.redeem(medium)
    const fresh = await station.server.coupon(await station.server.campaign(), medium)
    expect(await send(offline(uuidv7(), [spent, fresh]))).toMatchObject([
      { status: 'forced', lines: [{ status: 'forced' }, { acquisitionId: fresh, status: 'confirmed' }] },
    ])
  })

  it('two isolated counters gave the last use: one counts, the other is forced, to the unit', async () => {
    const { medium, coupon, campaignId } = await held({
      limits: { campaignUses: 1, acquisitionUses: 1, holderAcquisitions: 1 },
    })
    const results = await send(...[1, 2, 3].map(() => offline(uuidv7(), [coupon])))
    expect(results.map(({ status }) => status)).toEqual(['confirmed', 'forced', 'forced'])
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 2, forced_value: 200 })
    expect(await usable(medium)).toEqual([])
  })

  it('a limit reached forces, but the use is gone: the coupon was used', async () => {
    const one = await held({ limits: { campaignUses: 1, acquisitionUses: 1, holderAcquisitions: 1 } })
    const other = newMedium()
    const coupon = await station.server.coupon(one.campaignId, other)
    await station.server.redeem(one.medium)
    expect(await send(offline(uuidv7(), [coupon]))).toMatchObject([
      { status: 'forced', lines: [{ reason: 'campaign_limit_reached' }] },
    ])
    expect((await station.server.redeem(other, { select: { acquisitionIds: [coupon] } })).body.reason).toBe(
      'already_used',
    )
  })

  it('a coupon nobody has, or of another holder, is forced as not held', async () => {
    const { medium, coupon } = await held()
    expect(await send(offline(uuidv7(), [uuidv7()]))).toMatchObject([
      { status: 'forced', lines: [{ reason: 'not_held' }] },
    ])
    const theirs = await held()
    const [result] = await send(offline(uuidv7(), [coupon, theirs.coupon], { objective: objective(), select: 'best' }))
    expect(result).toMatchObject({ lines: [{ status: 'confirmed' }, { status: 'forced', reason: 'not_held' }] })
    expect(await usable(medium)).toEqual([])
  })

  it('what the rules say against the purchase forces as well', async () => {
    const medium = newMedium()
    const coupon = await station.server.coupon(
      await station.server.campaign({ conditions: [{ kind: 'min_spend', amount: 1_000_000 }] }),
      medium,
    )
    const canonical = await station.server.ask('POST', '/v1/search', { medium, objective: objective() })
    expect(canonical.body.unusable[0].reason).toBe('min_spend_not_met')
    const changes = (await station.server.ask('GET', '/v1/sync/changes')).body.changes
    const { holderId } = changes.find((change: { acquisitionId?: string }) => change.acquisitionId === coupon)
    const { key } = changes.find(
      (change: { kind: string; holderId?: string }) => change.kind === 'medium' && change.holderId === holderId,
    )
    const intent = { medium: { keys: [key] }, objective: objective(), select: 'best' }
    expect(await send(offline(uuidv7(), [coupon], intent))).toMatchObject([
      { status: 'forced', lines: [{ reason: 'min_spend_not_met' }] },
    ])
  })
})

describe('the delayed request', () => {
  it('arrives after its event: it gets the event’s answer and consumes nothing', async () => {
    const { medium, coupon: shown } = await held()
    const better = await station.server.coupon(
      await station.server.campaign({ benefit: { kind: 'amount_off', amount: 300 } }),
      medium,
    )
    const redemptionId = uuidv7()
    // Timed out at the counter, decided offline with another coupon, synced, and only then it gets here.
    expect(await send(offline(redemptionId, [shown]))).toMatchObject([{ status: 'confirmed' }])
    const late = await station.server.redeem(medium, { redemptionId })
    expect(late.body).toMatchObject({
      status: 'approved',
      state: 'active',
      totalDiscount: 100,
      lines: [{ acquisitionId: shown }],
    })
    expect((await usable(medium)).map((coupon) => coupon.acquisitionId)).toEqual([better])
  })

  it('with its intent in the event, another intent under the id is still a conflict', async () => {
    const { coupon } = await held()
    const redemptionId = uuidv7()
    const intent = { medium: { keys: [{ v: 1, key: 'ab'.repeat(32) }] }, objective: objective(), select: 'best' }
    await send(offline(redemptionId, [coupon], intent))
    expect((await station.server.redeem(newMedium(), { redemptionId })).status).toBe(409)
  })

  it('arrives after its event was annulled: rolled back, nothing consumed', async () => {
    const { medium, coupon } = await held()
    const redemptionId = uuidv7()
    await send(
      offline(redemptionId, [coupon]),
      write('annul', { annulId: uuidv7(), redemptionId, reason: 'wrong card' }),
    )
    expect((await station.server.redeem(medium, { redemptionId })).body).toMatchObject({
      status: 'approved',
      state: 'rolled_back',
    })
    expect(await usable(medium)).toMatchObject([{ acquisitionId: coupon, usesLeft: 1 }])
  })
})

describe('delivery', () => {
  it('a duplicate is answered the same and changes nothing', async () => {
    const { coupon, campaignId } = await held()
    const event = offline(uuidv7(), [coupon])
    const first = await send(event)
    expect(await send(event, event)).toEqual([...first, ...first])
    expect(usage(campaignId)).toMatchObject({ uses: 1 })
  })

  it('the same redemption in another event changes nothing either', async () => {
    const { coupon, campaignId } = await held()
    const redemptionId = uuidv7()
    await send(offline(redemptionId, [coupon]))
    expect(await send(offline(redemptionId, [coupon]))).toMatchObject([{ status: 'confirmed' }])
    expect(usage(campaignId)).toMatchObject({ uses: 1, forced_uses: 0 })
  })

  it('the time of an event is never after its arrival', async () => {
    const { coupon } = await held()
    const event = write(
      'redemption',
      { redemptionId: uuidv7(), decided: 'offline', lines: [line(coupon)] },
      Date.parse('2099-06-01'),
    )
    // In 2099 the campaign is over; the event is decided as of now.
    expect(await send(event)).toMatchObject([{ status: 'confirmed' }])
  })

  it('other kinds are kept', async () => {
    const kinds = ['refusal', 'override', 'policy', 'session']
    const results = await send(...kinds.map((kind) => write(kind, { note: kind })))
    expect(results.map(({ status }) => status)).toEqual(kinds.map(() => 'confirmed'))
  })
})
