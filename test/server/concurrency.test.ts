import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RedemptionResponse } from '../../core/contract/redemptions.ts'
import { newMedium, objective, type TestServer, testServer } from './fixture.ts'

const CLIENTS = 32

let server: TestServer
let url: string
beforeAll(async () => {
  server = await testServer()
  url = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const post = async (path: string, body: object): Promise<RedemptionResponse> => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.stations.north}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as RedemptionResponse
}
const atOnce = <Result>(ask: (client: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: CLIENTS }, (_, client) => ask(client)))

describe(`${CLIENTS} clients at once over HTTP`, () => {
  it('on the same coupons: each use goes once, all others hear already_used', async () => {
    const medium = newMedium()
    const coupons: string[] = []
    for (let index = 0; index < 5; index++) coupons.push(await server.coupon(await server.campaign(), medium))
    const answers = await atOnce((client) =>
      post('/v1/redemptions', {
        redemptionId: uuidv7(),
        medium,
        objective: objective(),
        select: { acquisitionIds: [coupons[client % coupons.length]] },
      }),
    )
    const approved = answers.filter((answer) => answer.status === 'approved')
    expect(approved.flatMap((answer) => answer.lines.map((line) => line.acquisitionId)).sort()).toEqual(coupons.sort())
    expect(answers.filter((answer) => answer.status === 'refused' && answer.reason === 'already_used')).toHaveLength(
      CLIENTS - coupons.length,
    )
  })

  it('on a coupon with seven uses: seven approvals', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign({ limits: { acquisitionUses: 7, holderAcquisitions: 1 } }), medium)
    const answers = await atOnce(() =>
      post('/v1/redemptions', { redemptionId: uuidv7(), medium, objective: objective(), select: 'best' }),
    )
    expect(answers.filter(({ status }) => status === 'approved')).toHaveLength(7)
  })

  it('on a campaign with a limit and thirty-two holders: the limit is met and never passed', async () => {
    const campaignId = await server.campaign({ limits: { campaignUses: 5, acquisitionUses: 1, holderAcquisitions: 1 } })
    const media = Array.from({ length: CLIENTS }, newMedium)
    for (const medium of media) await server.coupon(campaignId, medium)
    const answers = await atOnce((client) =>
      post('/v1/redemptions', {
        redemptionId: uuidv7(),
        medium: media[client],
        objective: objective(),
        select: 'best',
      }),
    )
    expect(answers.filter(({ status }) => status === 'approved')).toHaveLength(5)
  })

  it('under equal ids: equal answers, one use', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign({ limits: { acquisitionUses: 40, holderAcquisitions: 1 } }), medium)
    const request = { redemptionId: uuidv7(), medium, objective: objective(), select: 'best' }
    const answers = await atOnce(() => post('/v1/redemptions', request))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const { usable } = await server.search(medium)
    expect(usable).toMatchObject([{ usesLeft: 39 }])
  })

  it('redeeming and undoing: what is left adds up', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign({ limits: { acquisitionUses: 10, holderAcquisitions: 1 } }), medium)
    const states = await atOnce(async (client) => {
      const redemptionId = uuidv7()
      const { status } = await post('/v1/redemptions', { redemptionId, medium, objective: objective(), select: 'best' })
      if (status !== 'approved' || client % 2 === 0) return status
      await post(`/v1/redemptions/${redemptionId}/rollback`, { rollbackId: uuidv7(), reason: 'x' })
      return 'undone'
    })
    const kept = states.filter((state) => state === 'approved').length
    const { usable } = await server.search(medium)
    expect((usable[0]?.usesLeft ?? 0) + kept).toBe(10)
  })
})
