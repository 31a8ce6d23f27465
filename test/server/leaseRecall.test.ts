import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EnrolledStation } from './enrolledStation.ts'
import { leaseRig } from './leaseRig.ts'

/** Timers that go off when a test says so. */
const held: (() => void)[] = []
const rig = leaseRig({
  after: (_delayMs, task) => {
    held.push(task)
    return () => {}
  },
})
const { campaign, counts, drawn, giveBack, holders, lend } = rig
const tick = () => {
  for (const task of held.splice(0)) task()
}
beforeEach(() => held.splice(0))

/** Somebody is about to be refused and waits. */
const waiting = () => expect.poll(() => held.length, { timeout: 10_000 }).toBeGreaterThan(0)
/** Lets the wait go on until the answer is there. */
async function released<Answer>(asked: Promise<Answer>): Promise<Answer> {
  let done = false
  const noted = asked.finally(() => {
    done = true
  })
  await expect
    .poll(
      () => {
        tick()
        return done
      },
      { timeout: 10_000, interval: 5 },
    )
    .toBe(true)
  return noted
}

/** The station's leases as its feed tells them. */
async function fed(station: EnrolledStation): Promise<Record<string, string>> {
  const states: Record<string, string> = {}
  let cursor = ''
  for (;;) {
    const { body } = await rig.server.ask('GET', `/v1/sync/changes?cursor=${cursor}`, undefined, station.token)
    for (const change of body.changes) if (change.kind === 'lease') states[change.leaseId] = change.state
    cursor = body.cursor
    if (!body.more) return states
  }
}

/** A campaign of which the first station holds a part and nothing else is left, and somebody with a coupon of it. */
async function emptyPool(campaignUses = 4) {
  const campaignId = await campaign({ campaignUses })
  const people = await holders(campaignId, campaignUses + 2)
  const { leaseId, uses } = (await lend(rig.first, campaignId, campaignUses)).body
  for (let index = uses; index < campaignUses; index++) await rig.server.redeem(people.pop()!.medium)
  expect(await counts(campaignId)).toMatchObject({ uses: campaignUses - uses, lent_uses: uses })
  return { campaignId, leaseId, uses, people }
}

describe('before campaign_limit_reached is answered', () => {
  it('what is lent is called back, and what comes back in time is given', async () => {
    const { campaignId, leaseId, uses, people } = await emptyPool()
    const asked = rig.server.redeem(people[0]!.medium)
    await waiting()
    expect((await fed(rig.first))[leaseId]).toBe('recalled')
    expect((await fed(rig.second))[leaseId]).toBeUndefined()
    expect(await giveBack(rig.first, leaseId, 0)).toMatchObject({ body: { uses } })
    expect((await released(asked)).body).toMatchObject({ status: 'approved', totalDiscount: 100 })
    expect(await counts(campaignId)).toMatchObject({ uses: 4, lent_uses: 0 })
    expect((await fed(rig.first))[leaseId]).toBe('returned')
  })

  it('what does not come back in time is refused, and the next one waits no more', async () => {
    const { campaignId, people } = await emptyPool()
    const redemptionId = uuidv7()
    const asked = rig.server.redeem(people[0]!.medium, { redemptionId })
    await waiting()
    rig.server.clock.advance(1_000)
    expect((await released(asked)).body).toMatchObject({ status: 'refused', reason: 'campaign_limit_reached' })
    expect((await rig.server.ask('GET', `/v1/redemptions/${redemptionId}`)).body).toMatchObject({ status: 'refused' })
    expect((await rig.server.redeem(people[1]!.medium)).body).toMatchObject({ reason: 'campaign_limit_reached' })
    expect(held).toHaveLength(0)
    expect(await counts(campaignId)).toMatchObject({ uses: 3, lent_uses: 1 })
  })

  it('a search waits for it as well', async () => {
    const { leaseId, people } = await emptyPool()
    const asked = rig.server.search(people[0]!.medium)
    await waiting()
    await giveBack(rig.first, leaseId, 0)
    expect((await released(asked)).usable).toHaveLength(1)
  })

  it('a campaign of which nothing is lent is refused at once', async () => {
    const campaignId = await campaign({ campaignUses: 1 })
    const people = await holders(campaignId, 2)
    await rig.server.redeem(people[0]!.medium)
    expect((await rig.server.redeem(people[1]!.medium)).body).toMatchObject({ reason: 'campaign_limit_reached' })
    expect((await rig.server.search(people[1]!.medium)).unusable).toMatchObject([{ reason: 'campaign_limit_reached' }])
    expect(held).toHaveLength(0)
  })

  it('nobody else waits: others are decided meanwhile', async () => {
    const { leaseId, people } = await emptyPool()
    const asked = rig.server.redeem(people[0]!.medium)
    await waiting()
    const other = await campaign({ campaignUses: 9 })
    for (const { medium } of await holders(other, 3)) {
      expect((await rig.server.redeem(medium)).body).toMatchObject({ status: 'approved' })
    }
    await giveBack(rig.first, leaseId, 0)
    await released(asked)
  })

  it('the same request twice while it waits is one redemption', async () => {
    const { campaignId, leaseId, people } = await emptyPool()
    const redemptionId = uuidv7()
    const asked = [0, 1].map(() => rig.server.redeem(people[0]!.medium, { redemptionId }))
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(2)
    await giveBack(rig.first, leaseId, 0)
    const [one, two] = await released(Promise.all(asked))
    expect(one!.body.status).toBe('approved')
    expect(two!.body).toEqual(one!.body)
    expect(await counts(campaignId)).toMatchObject({ uses: 4, lent_uses: 0 })
  })

  it('a lease that is called back may still be settled from, and the rest returns', async () => {
    const { campaignId, leaseId, uses, people } = await emptyPool(9)
    expect(uses).toBeGreaterThan(1)
    const asked = rig.server.redeem(people[0]!.medium)
    await waiting()
    const event = drawn(rig.first, people[1]!.coupon, leaseId)
    expect(await rig.first.send(event)).toMatchObject([{ status: 'confirmed' }])
    expect(await giveBack(rig.first, leaseId, event.seq)).toMatchObject({ body: { uses: uses - 1 } })
    expect((await released(asked)).body).toMatchObject({ status: 'approved' })
    expect(await counts(campaignId)).toMatchObject({ uses: 9 - uses + 2, lent_uses: 0 })
  })

  it('after a recall nothing is lent for a while', async () => {
    const { campaignId, leaseId, uses, people } = await emptyPool(9)
    const asked = rig.server.redeem(people[0]!.medium)
    await waiting()
    await giveBack(rig.first, leaseId, 0)
    await released(asked)
    expect(await counts(campaignId)).toMatchObject({ uses: 9 - uses + 1, lent_uses: 0 })
    expect((await lend(rig.first, campaignId, 1)).body).toMatchObject({ uses: 0, reason: 'campaign_limit_reached' })
    rig.server.clock.advance(11 * 60_000)
    expect((await lend(rig.first, campaignId, 1)).body).toMatchObject({ uses: 1 })
  })
})

describe('GET /v1/events', () => {
  it('tells the station that holds the lease, and only that one', async () => {
    await rig.server.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = rig.server.app.server.address() as AddressInfo
    const listen = async ({ token }: EnrolledStation) => {
      const heard: string[] = []
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` }
        get({ host: '127.0.0.1', port, path: '/v1/events', headers, agent: false }, resolve).on('error', reject)
      })
      onTestFinished(() => void response.destroy())
      response.setEncoding('utf8').on('data', (text: string) => heard.push(...(text.match(/^event: .*$/gm) ?? [])))
      await expect.poll(() => heard, { timeout: 10_000 }).toContain('event: change')
      return heard
    }
    const { leaseId, people } = await emptyPool()
    const first = await listen(rig.first)
    const second = await listen(rig.second)
    const asked = rig.server.redeem(people[0]!.medium)
    await expect.poll(() => first, { timeout: 10_000 }).toContain('event: recall')
    await giveBack(rig.first, leaseId, 0)
    expect((await released(asked)).body).toMatchObject({ status: 'approved' })
    expect(second).not.toContain('event: recall')
  })
})
