import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { leaseDesk } from './leaseDesk.ts'
import { type MakeStore, newMedium, storeWorld } from './world.ts'

/** Parts of limited campaigns that stations may spend alone. */
export function lending(make: MakeStore): void {
  const world = storeWorld(make)
  const { counts, lane, redeem } = world
  const { ask, campaign, givenBack, holders, lend } = leaseDesk(world)

  it('gives each station its fair share, and takes it out of the pool', async () => {
    const [first, second] = [await lane(), await lane()]
    const campaignId = await campaign({ campaignUses: 10 })
    const lent = await lend(first, campaignId, 5)
    expect(lent).toMatchObject({ uses: 3, state: 'out' })
    expect(lent.value).toBeUndefined()
    expect(await lend(second, campaignId, 5)).toMatchObject({ uses: 3 })
    expect(await counts(campaignId)).toMatchObject({ uses: 0, lentUses: 6 })
    expect(await world.coupons.pool(campaignId)).toEqual({ uses: 4, value: Number.POSITIVE_INFINITY, isLent: true })

    const answers = []
    for (const { medium } of await holders(campaignId, 5)) {
      const answer = await redeem(medium)
      answers.push(answer.status === 'refused' ? answer.reason : answer.status)
    }
    expect(answers).toEqual(['approved', 'approved', 'approved', 'approved', 'campaign_limit_reached'])
    expect(await counts(campaignId)).toMatchObject({ uses: 4, lentUses: 6 })
  })

  it('shares among counters in service where the campaign can be used, and no others', async () => {
    const [here, gone] = [await lane(), await lane()]
    await lane('south')
    await world.coupons.revokeStation(gone.context.stationId, world.now)
    const conditions = [{ kind: 'stores' as const, storeIds: ['north'] }]
    expect(await lend(here, await campaign({ campaignUses: 10 }, { conditions }), 9)).toMatchObject({ uses: 5 })
    expect(await lend(here, await campaign({ campaignUses: 10 }), 9)).toMatchObject({ uses: 3 })
  })

  it('until as long as a station may decide on its copy, and not beyond the campaign', async () => {
    const till = await lane()
    const { spendUntil } = await lend(till, await campaign({ campaignUses: 10 }), 1)
    expect(Date.parse(spendUntil) - world.now).toBe(72 * 3_600_000)
    const soon = new Date(world.now + 3_600_000).toISOString()
    const ending = await campaign({ campaignUses: 10 }, { validUntil: soon })
    expect((await lend(till, ending, 1)).spendUntil).toBe(soon)
  })

  it('under a budget, value with the uses', async () => {
    const [till] = [await lane(), await lane()]
    const campaignId = await campaign({ campaignValue: 900 })
    expect(await lend(till, campaignId, 5, { wantValue: 500 })).toMatchObject({ uses: 3, value: 300 })
    expect(await counts(campaignId)).toMatchObject({ lentUses: 3, lentValue: 300 })
  })

  it('once for each leaseId: the same wish gets the same answer, another differs', async () => {
    const [first, second] = [await lane(), await lane()]
    const campaignId = await campaign({ campaignUses: 10 })
    const leaseId = uuidv7()
    const lent = await lend(first, campaignId, 2, { leaseId })
    expect(await lend(first, campaignId, 2, { leaseId })).toEqual(lent)
    expect(await counts(campaignId)).toMatchObject({ lentUses: 2 })
    for (const other of [
      await ask(first, campaignId, 3, { leaseId }),
      await ask(first, campaignId, 2, { leaseId, wantValue: 9 }),
      await ask(second, campaignId, 2, { leaseId }),
    ]) {
      expect(other).toEqual({ kind: 'differs' })
    }
    await givenBack(first, leaseId, 0)
    expect(await lend(first, campaignId, 2, { leaseId })).toEqual({ ...lent, state: 'returned' })
    expect(await counts(campaignId)).toMatchObject({ lentUses: 0 })
  })

  it('asked for at once by many through two processes, a leaseId is lent once', async () => {
    const till = await lane()
    const campaignId = await campaign({ campaignUses: 24 })
    const command = {
      station: till.context,
      request: { leaseId: uuidv7(), campaignId, wantUses: 2 },
      intentHash: new Uint8Array(32),
      now: world.now,
    }
    const other = await world.open()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? other : world.coupons).lend(command)),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await counts(campaignId)).toMatchObject({ lentUses: 2 })
  })

  it('never more than there is, whoever asks and redeems at the same time', async () => {
    const tills = [await lane(), await lane(), await lane()]
    const campaignId = await campaign({ campaignUses: 9 })
    const people = await holders(campaignId, 9)
    const other = await world.open()
    const [lent, answers] = await Promise.all([
      Promise.all(tills.map((till) => lend(till, campaignId, 9))),
      Promise.all(people.map(({ medium }) => world.decide(world.redeemCommand(medium), other))),
    ])
    const lentUses = lent.reduce((sum, { uses }) => sum + uses, 0)
    const used = answers.filter((answer) => answer.kind === 'decided' && answer.response.status === 'approved').length
    expect(lentUses + used).toBeLessThanOrEqual(9)
    expect(await counts(campaignId)).toMatchObject({ uses: used, lentUses })
  })

  describe('lends nothing, with a reason', () => {
    const nothingOf = async (campaignId: string) => {
      const answer = await lend(await lane(), campaignId, 2)
      expect(answer.uses).toBe(0)
      return answer.reason
    }
    const limited = { campaignUses: 10 }

    it('of what cannot be used there, or not alone', async () => {
      expect(await nothingOf(await campaign(limited, { offline: { mode: 'require_online' } } as object))).toBe(
        'offline_not_allowed',
      )
      const conditions = [{ kind: 'stores' as const, storeIds: ['south'] }]
      expect(await nothingOf(await campaign(limited, { conditions }))).toBe('wrong_store')
    })

    it('of what is not in force, or all used', async () => {
      const suspended = await campaign(limited)
      await world.act(suspended, 'suspend')
      expect(await nothingOf(suspended)).toBe('suspended')
      expect(await nothingOf(await campaign({ campaignUses: 1 }))).toBe('campaign_limit_reached')
    })
  })

  it('says what is no question for it', async () => {
    const till = await lane()
    const unlimited = await campaign({})
    expect(await ask(till, unlimited, 2)).toEqual({ kind: 'not_limited' })
    expect(await ask(till, uuidv7(), 2)).toEqual({ kind: 'unknown_campaign' })
    const old = { leaseId: '01800000-0000-7000-8000-000000000001' }
    expect(await ask(till, await campaign({ campaignUses: 9 }), 1, old)).toEqual({ kind: 'too_old' })
    expect(await world.coupons.pool(unlimited)).toEqual({
      uses: Number.POSITIVE_INFINITY,
      value: Number.POSITIVE_INFINITY,
      isLent: false,
    })
  })

  describe('before a redemption is refused for an empty pool', () => {
    /** A campaign of which one station holds a part and nothing else is left, and somebody with a coupon of it. */
    const emptyPool = async () => {
      const till = await lane()
      const campaignId = await campaign({ campaignUses: 4 })
      const people = await holders(campaignId, 6)
      const { leaseId, uses } = await lend(till, campaignId, 4)
      for (let index = uses; index < 4; index++) await redeem(people.pop()!.medium)
      expect(await counts(campaignId)).toMatchObject({ uses: 4 - uses, lentUses: uses })
      return { till, campaignId, leaseId, uses, medium: people[0]!.medium }
    }

    it('what is lent is called back, once, and the station hears it', async () => {
      const { till, campaignId, leaseId, uses, medium } = await emptyPool()
      const before = await world.coupons.changePosition()
      const command = { ...world.redeemCommand(medium), mayRecall: true }
      const until = world.now + 800
      expect(await world.decide(command)).toEqual({ kind: 'recalling', campaignId, until })
      expect(await world.coupons.redemption(command.request.redemptionId)).toBeNull()
      expect(await world.coupons.recalledSince(before)).toEqual([till.context.stationId])
      expect(await world.coupons.recalledSince(await world.coupons.changePosition())).toEqual([])
      const told = async () =>
        (await world.feed(till.context)).changes.find((change) => change.kind === 'lease' && change.leaseId === leaseId)
      expect(await told()).toMatchObject({ state: 'recalled' })
      expect((await world.feed((await lane()).context)).changes.filter(({ kind }) => kind === 'lease')).toEqual([])
      world.advance(100)
      expect(await world.decide(command)).toMatchObject({ kind: 'recalling', until })
      expect(await givenBack(till, leaseId, 0)).toMatchObject({ uses, state: 'returned' })
      expect(await world.decide(command)).toMatchObject({ response: { status: 'approved' } })
      expect(await told()).toMatchObject({ state: 'returned' })
      expect(await counts(campaignId)).toMatchObject({ uses: 5 - uses, lentUses: 0 })
    })

    it('what does not come back in time is refused', async () => {
      const { campaignId, medium } = await emptyPool()
      const command = { ...world.redeemCommand(medium), mayRecall: true }
      expect(await world.decide(command)).toMatchObject({ kind: 'recalling' })
      world.advance(1_000)
      expect(await world.decide(command)).toMatchObject({
        response: { status: 'refused', reason: 'campaign_limit_reached' },
      })
      expect(await world.coupons.recallLeases([campaignId], world.now)).toBeNull()
    })

    it('a search calls it back as well; of what nothing is lent, nothing', async () => {
      const { campaignId } = await emptyPool()
      const nothingLent = await campaign({ campaignUses: 4 })
      expect(await world.coupons.recallLeases([nothingLent], world.now)).toBeNull()
      expect(await world.coupons.recallLeases([nothingLent, campaignId], world.now)).toBe(world.now + 800)
      expect(await world.coupons.recallLeases([campaignId], world.now + 100)).toBe(world.now + 800)
    })

    it('after a recall nothing is lent for a while', async () => {
      const { till, campaignId, leaseId } = await emptyPool()
      await world.coupons.recallLeases([campaignId], world.now)
      await givenBack(till, leaseId, 0)
      const again = await lane()
      const wide = await campaign({ campaignUses: 40 })
      const first = await lend(again, wide, 9)
      await world.coupons.recallLeases([wide], world.now)
      await givenBack(again, first.leaseId, 0)
      expect(await lend(again, wide, 1)).toMatchObject({ uses: 0, reason: 'campaign_limit_reached' })
      world.advance(11 * 60_000)
      expect(await lend(again, wide, 1)).toMatchObject({ uses: 1 })
    })

    it('of a redemption that may not wait, nothing is called back', async () => {
      const { till, medium } = await emptyPool()
      expect(await redeem(medium)).toMatchObject({ status: 'refused', reason: 'campaign_limit_reached' })
      expect((await world.feed(till.context)).changes.find(({ kind }) => kind === 'lease')).toMatchObject({
        state: 'out',
      })
      expect(await redeem(newMedium())).toMatchObject({ reason: 'medium_unknown' })
    })
  })
}
