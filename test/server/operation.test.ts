import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../core/contract/problem.ts'
import { buildApp } from '../../server/app.ts'
import { StoreUnavailable } from '../../server/store/commands.ts'
import { systemIds as ids } from '../../server/system.ts'
import { HASH_KEYS, newMedium, objective, type TestServer, testServer } from './fixture.ts'
import { ON_POSTGRES } from './testDatabase.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' | 'PUT' = 'GET') =>
  server.app.inject({ method, url, headers })

describe('a request’s id', () => {
  it('is the caller’s when it is well-formed, in the answer and in a problem', async () => {
    const said = 'till-4_checkout.0017'
    const response = await ask('/v1/campaigns', { 'x-request-id': said })
    expect(response.headers['x-request-id']).toBe(said)
    expect(response.json()).toMatchObject({ status: 401, requestId: said })
    expect((await ask('/healthz', { 'x-request-id': said })).headers['x-request-id']).toBe(said)
  })

  it.each([
    ['a number, which may be a card’s', '4901234567894'],
    ['too short', 'abc'],
    ['too long', 'a'.repeat(65)],
    ['with a space', 'abcdefgh ijkl'],
    ['with a line break in it', 'abcdefgh%0aijkl'],
  ])('is our own when it is %s', async (_, said) => {
    const { headers } = await ask('/healthz', { 'x-request-id': said })
    expect(headers['x-request-id']).toMatch(/^r-[0-9a-f]{12}-[0-9a-z]+$/)
  })

  it('is another for each request', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask('/healthz')))
    expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(3)
  })
})

describe('every refusal is a problem with its request’s id and our version', () => {
  it.each([
    ['no such route', 'GET', '/v1/nothing', {}, '', 404],
    ['a method that a route has not', 'PUT', '/v1/search', {}, '', 405],
    ['no token', 'POST', '/v1/search', { 'content-type': 'application/json' }, '{}', 401],
    ['another media type', 'POST', '/v1/search', { 'content-type': 'text/csv' }, 'a,b', 415],
    [
      'a body that is too large',
      'POST',
      '/v1/sessions',
      { 'content-type': 'application/json' },
      'x'.repeat(1_200_000),
      413,
    ],
    ['a body that is no JSON', 'POST', '/v1/sessions', { 'content-type': 'application/json' }, '{', 400],
    ['another version', 'GET', '/healthz', { 'tapcoupon-contract': '9' }, '', 406],
  ] as const)('%s', async (_, method, url, headers, payload, status) => {
    const token = `Bearer ${server.stations.north}`
    const authorization = status === 415 ? { authorization: token } : {}
    const response = await server.app.inject({ method, url, headers: { ...headers, ...authorization }, payload })
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    const problem = Problem.parse(response.json())
    expect(problem).toMatchObject({ status, requestId: response.headers['x-request-id'] })
    expect(response.headers['tapcoupon-contract']).toBe('1')
  })
})

describe('GET /metrics', () => {
  it('counts requests by route and status, decisions by batch, events by what became of them', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    await server.redeem(medium)
    await server.ask('GET', '/v1/redemptions/0190163d-8694-739b-aea5-966c26f8ad91')
    await ask('/v1/somebody/4901234567894?card=4901234567894')
    const text = (await ask('/metrics')).body
    const value = (line: string) =>
      Number(
        text
          .split('\n')
          .find((one) => one.startsWith(line))
          ?.split(' ')
          .at(-1),
      )
    const requests = (route: string, method: string, status: number) =>
      value(`tapcoupon_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`)
    expect(requests('/v1/redemptions', 'POST', 200)).toBe(1)
    expect(requests('/v1/redemptions/:id', 'GET', 404)).toBe(1)
    expect(value('tapcoupon_commit_batch_size_count')).toBeGreaterThanOrEqual(2)
    expect(value('tapcoupon_commit_duration_seconds_count')).toBe(value('tapcoupon_commit_batch_size_count'))
    expect(value('tapcoupon_decisions_waiting')).toBe(0)
    for (const name of [
      'tapcoupon_uptime_seconds',
      'tapcoupon_resident_memory_bytes',
      'tapcoupon_event_loop_delay_seconds{quantile="0.99"}',
      'tapcoupon_overuse_open',
      'tapcoupon_quarantined_events',
      'tapcoupon_webhook_deliveries_waiting',
      'tapcoupon_webhook_outbox_backlog',
      ON_POSTGRES ? 'tapcoupon_postgres_bytes' : 'tapcoupon_sqlite_wal_bytes',
      'tapcoupon_event_listeners',
    ]) {
      expect({ name, value: value(`${name} `) }).toEqual({ name, value: expect.any(Number) })
      expect(value(`${name} `)).not.toBeNaN()
    }
    // No label holds what a caller wrote, and no text does.
    expect(text).not.toContain('4901234567894')
    const labels = new Set([...text.matchAll(/[{,]([a-z]+)="/g)].map(([, label]) => label))
    expect(labels).toEqual(new Set(['le', 'method', 'quantile', 'route', 'status']))
    const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route))
    for (const route of routes)
      expect(
        route === 'none' ||
          server.app.hasRoute({ method: 'GET', url: route! }) ||
          server.app.hasRoute({ method: 'POST', url: route! }),
      ).toBe(true)
  })
})

describe('GET /readyz', () => {
  it('says 503 when the database cannot be written, and 200 when it can again, while /healthz answers', async () => {
    let broken = true
    const store = {
      ...server.store,
      close: async () => {},
      probe: async () => {
        if (broken) throw new StoreUnavailable('SQLITE_FULL')
        await server.store.probe()
      },
    }
    const { clock } = server
    const app = await buildApp({ store, hashKeys: HASH_KEYS, clock, ids })
    try {
      const ready = () => app.inject('/readyz')
      expect((await ready()).statusCode).toBe(503)
      expect(Problem.parse((await ready()).json())).toMatchObject({ status: 503 })
      expect((await app.inject('/healthz')).statusCode).toBe(200)
      broken = false
      // Not asked again at once: whoever asks all the time does not write all the time.
      expect((await ready()).statusCode).toBe(503)
      clock.advance(1_001)
      expect((await ready()).statusCode).toBe(200)
    } finally {
      await app.close()
    }
  })
})

describe('a server that ends', () => {
  it('finishes what is under way, refuses what comes after over an open connection, and closes', async () => {
    const ending = await testServer()
    const url = await ending.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = new URL(url)
    const medium = newMedium()
    await ending.coupon(await ending.campaign(), medium)
    const body = JSON.stringify({ medium, objective: objective() })
    // Its head has arrived, its body not yet.
    const request = httpRequest(`${url}/v1/search`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ending.stations.north}`,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      },
    })
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request.on('response', (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject)
    })
    request.flushHeaders()
    const socket = connect(Number(port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n')
    // Both connections have been taken: an answer over another one came after them.
    await fetch(`${url}/healthz`)
    const closed = ending.close()
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed')
    request.end(body)
    expect(await answered).toBe(200)
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    socket.write('\r\n')
    await new Promise((resolve) => socket.once('close', resolve))
    expect(text).toMatch(/^HTTP\/1\.1 503 /)
    expect(text).toMatch(/tapcoupon-contract: 1/i)
    await closed
  })
})
