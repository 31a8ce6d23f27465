import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChangeNews } from '../../core/contract/changeNews.ts'
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
async function listen(token: string | undefined) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(
      { host: '127.0.0.1', port, path: '/v1/events', headers: { authorization: `Bearer ${token}` }, agent: false },
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
