import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChangeNews } from '../../core/contract/changeNews.ts'
import { Notice } from '../../core/contract/notices.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
let port: number
let closed = false
beforeEach(async () => {
  server = await testServer()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  port = (server.app.server.address() as AddressInfo).port
  closed = false
})
afterEach(async () => {
  if (!closed) await server.close()
})

/** Listens as a station or a person does. */
async function listen(token: string | undefined, query = '', headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(
      {
        host: '127.0.0.1',
        port,
        path: `/v1/events${query}`,
        headers: { authorization: `Bearer ${token}`, ...headers },
        agent: false,
      },
      resolve,
    ).on('error', reject)
  })
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const ended = new Promise<void>((resolve) => response.on('close', () => resolve()))
  return {
    response,
    ended,
    /** Notices by id. */
    notices: () =>
      [...text.matchAll(/^id: (.+)\nevent: .+\ndata: (.+)\n\n/gm)].map(([, id, data]) => {
        const notice = Notice.parse(JSON.parse(data!))
        expect(notice.id).toBe(id)
        return notice
      }),
    positions: () =>
      [...text.matchAll(/^event: change\ndata: (.+)\n\n/gm)].map(
        ([, data]) => ChangeNews.parse(JSON.parse(data!)).changeSeq,
      ),
  }
}

describe('GET /v1/events', () => {
  it('says the change position at once, and again when something changes', async () => {
    const campaign = await server.campaign()
    const { response, positions } = await listen(server.stations.north)
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'tapcoupon-contract': '1' })
    await expect.poll(positions, { timeout: 3_000 }).toEqual([await server.store.changePosition()])
    await server.coupon(campaign, newMedium())
    await expect.poll(positions, { timeout: 3_000 }).toHaveLength(2)
    expect(positions()[1]).toBe(await server.store.changePosition())
    response.destroy()
  })

  it('says it to everybody who listens, and to no one twice', async () => {
    const first = await listen(server.stations.north)
    await expect.poll(first.positions).toHaveLength(1)
    const second = await listen(server.operators.planner.token)
    await expect.poll(second.positions).toEqual(first.positions())
    await sleep(1_200)
    expect([first.positions(), second.positions()].map(({ length }) => length)).toEqual([1, 1])
    first.response.destroy()
    second.response.destroy()
  })

  it('does not keep a server from ending', async () => {
    const { ended } = await listen(server.stations.north)
    closed = true
    await server.close()
    await ended
  })
})

describe('notices on the line', () => {
  const bought = async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const { body } = await server.redeem(medium)
    return body.redemptionId as string
  }

  it('are what happens from then on, with ids; whoever comes back with the last one misses and repeats nothing', async () => {
    const { token } = server.operators.manager
    const first = await listen(token, '?types=redemption.approved')
    await expect.poll(first.positions).toHaveLength(1)
    const one = await bought()
    await expect.poll(first.notices, { timeout: 5_000 }).toMatchObject([{ data: { redemptionId: one } }])
    first.response.destroy()
    const missed = [await bought(), await bought()]
    const last = first.notices()[0]!.id
    const second = await listen(token, '?types=redemption.approved', { 'last-event-id': last })
    await expect.poll(() => second.notices().length, { timeout: 5_000 }).toBe(2)
    missed.push(await bought())
    await expect.poll(() => second.notices().length, { timeout: 5_000 }).toBe(3)
    expect(second.notices().map(({ data }) => data.redemptionId)).toEqual(missed)
    second.response.destroy()
  })

  it('go to those who may read them: a planner hears of campaigns, a station of its own store, if it asks', async () => {
    const planner = await listen(server.operators.planner.token)
    const north = await listen(server.stations.north, '?types=redemption.approved,conflict.opened')
    const south = await listen(server.stations.south, '?types=redemption.approved')
    const silent = await listen(server.stations.north)
    for (const one of [planner, north, south, silent]) await expect.poll(one.positions).toHaveLength(1)
    const redemptionId = await bought()
    await expect.poll(north.notices, { timeout: 5_000 }).toMatchObject([{ data: { redemptionId } }])
    await expect.poll(() => planner.notices().length, { timeout: 5_000 }).toBe(2)
    expect(planner.notices().every(({ type }) => type === 'campaign.changed')).toBe(true)
    expect([south.notices(), silent.notices()]).toEqual([[], []])
    for (const { response } of [planner, north, south, silent]) response.destroy()
  })

  it('of a type or with an id that nobody knows are 400', async () => {
    const { token } = server.operators.manager
    expect((await listen(token, '?types=weather')).response.statusCode).toBe(400)
    expect((await listen(token, '', { 'last-event-id': 'yesterday' })).response.statusCode).toBe(400)
  })
})
