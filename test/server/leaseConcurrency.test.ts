import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { leaseRig } from './leaseRig.ts'

const LIMIT = 24
const PEOPLE = 48

const rig = leaseRig({
  after: (_delayMs, task) => {
    setImmediate(task)
    return () => {}
  },
})
const { campaign, counts, drawn, giveBack, holders, lend } = rig

describe('everything at once', () => {
  it('lending, redeeming, settling and returning never pass the limit, and nothing of it is lost', async () => {
    const campaignId = await campaign({ campaignUses: LIMIT })
    const people = await holders(campaignId, PEOPLE)
    const stations = [rig.first, rig.second]
    const online = people.slice(0, PEOPLE / 2).map(
      ({ medium }) =>
        () =>
          rig.server.redeem(medium),
    )
    const borrowed = people.slice(PEOPLE / 2).map(({ coupon }, index) => async () => {
      const station = stations[index % 2]!
      const lent = (await lend(station, campaignId, 1 + (index % 3))).body
      if (lent.uses === 0) return { lent, settled: null }
      const event = drawn(station, coupon, lent.leaseId)
      const [settled] = await station.send(event)
      return { lent, settled, seq: event.seq, station }
    })
    const asked = online.flatMap((redeem, index) => [redeem(), borrowed[index]!()] as const)
    const answers = await Promise.all(asked)
    const approved = answers.filter((answer) => 'body' in answer && answer.body.status === 'approved').length
    const drawnLeases = answers.flatMap((answer) => ('lent' in answer && answer.settled ? [answer] : []))
    expect(drawnLeases.length).toBeGreaterThan(0)
    expect(drawnLeases.map(({ settled }) => settled?.status)).toEqual(drawnLeases.map(() => 'confirmed'))
    const lent = drawnLeases.reduce((sum, answer) => sum + answer.lent.uses - 1, 0)
    expect(await counts(campaignId)).toMatchObject({
      uses: approved + drawnLeases.length,
      lent_uses: lent,
      forced_uses: 0,
    })
    expect(approved + drawnLeases.length + lent).toBeLessThanOrEqual(LIMIT)

    await Promise.all(drawnLeases.map((answer) => giveBack(answer.station!, answer.lent.leaseId, answer.seq!)))
    expect(await counts(campaignId)).toMatchObject({ uses: approved + drawnLeases.length, lent_uses: 0 })
    // What came back is there for those who were refused.
    const again = await Promise.all(people.map(({ medium }) => rig.server.redeem(medium)))
    const given = again.filter(({ body }) => body.status === 'approved').length
    expect(approved + drawnLeases.length + given).toBe(LIMIT)
  })

  it('one leaseId asked for at once by many is lent once', async () => {
    const campaignId = await campaign({ campaignUses: LIMIT })
    const leaseId = uuidv7()
    const answers = await Promise.all(Array.from({ length: 16 }, () => lend(rig.first, campaignId, 2, { leaseId })))
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body)
    expect(await counts(campaignId)).toMatchObject({ lent_uses: 2 })
  })
})
