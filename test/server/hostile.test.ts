import { connect } from 'node:net'
import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../core/contract/problem.ts'
import { newMedium, objective, rules, type TestServer, testServer } from './fixture.ts'

let server: TestServer
let port: number
beforeAll(async () => {
  server = await testServer()
  port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => server.close())

const send = (url: string, payload: string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${server.stations.north}`, 'content-type': 'application/json', ...headers },
    payload,
  })
const redemption = () => ({ redemptionId: uuidv7(), medium: newMedium(), objective: objective(), select: 'best' })
const POSTS = [
  '/v1/acquisitions',
  '/v1/search',
  '/v1/redemptions',
  '/v1/sync/events',
  `/v1/redemptions/${uuidv7()}/rollback`,
]

describe.each(POSTS)('%s answers what is not a request with a problem', (url) => {
  it.each([
    ['ten megabytes', `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
    ['half a JSON', '{"medium": {', 400],
    ['no JSON at all', '<html>Sign in to the free Wi-Fi</html>', 400],
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['200,000 brackets', '['.repeat(200_000) + ']'.repeat(200_000), 400],
    ['deep nesting where an object should be', `{"medium":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`, 400],
    ['a prototype', '{"__proto__":{"admin":true}}', 400],
    ['wrong types', '{"redemptionId":1,"medium":"card","objective":[],"select":{},"events":{}}', 400],
  ])('%s', async (_, payload, status) => {
    const response = await send(url, payload)
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.headers['tapcoupon-contract']).toBe('1')
    expect(Problem.parse(response.json())).toMatchObject({ status, reason: 'invalid_request' })
  })
})

describe('fields that are almost right', () => {
  it.each([
    ['money with a fraction', { objective: { ...objective(), total: 10.5 } }],
    ['negative money', { objective: { ...objective(), total: -1 } }],
    ['money beyond every sum', { objective: { ...objective(), total: 1e18 } }],
    ['two lines with one id', { objective: { ...objective(), items: [...objective().items, ...objective().items] } }],
    ['an id that is no UUIDv7', { redemptionId: '123e4567-e89b-42d3-a456-426614174000' }],
    ['no coupons', { select: { acquisitionIds: [] } }],
    ['the same coupon twice', { select: { acquisitionIds: [uuidv7()].flatMap((id) => [id, id]) } }],
    ['an unknown kind of medium', { medium: { type: 'retina', identifier: 'x' } }],
    ['a key of another length', { medium: { keys: [{ v: 1, key: 'abcd' }] } }],
    [
      'half a character in a line',
      { objective: { ...objective(), items: [{ ...objective().items[0], category: '\ud800' }] } },
    ],
  ])('%s: 400, and nothing of it is known afterwards', async (_, change) => {
    const request = { ...redemption(), ...change }
    const response = await send('/v1/redemptions', JSON.stringify(request))
    expect(response.statusCode).toBe(400)
    const known = await server.ask('GET', `/v1/redemptions/${request.redemptionId}`)
    expect([400, 404]).toContain(known.status)
  })

  it('whatever is sent, the answer is never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...POSTS), fc.json({ maxDepth: 4 }), async (url, text) => {
        expect((await send(url, text)).statusCode).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
  })

  it('nor for a request that is right but for one member', async () => {
    const base = { ...redemption(), saleRef: { posId: 'p', saleId: 's', revision: 0 }, expectedTotalDiscount: 1 }
    const names = Object.keys(base)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue(), async (name, value) => {
        const response = await send(
          '/v1/redemptions',
          JSON.stringify({ ...base, redemptionId: uuidv7(), [name]: value }),
        )
        expect(response.statusCode).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the frame around the body', () => {
  it('unknown routes, methods and broken paths are problems with the version', async () => {
    for (const [method, url, status] of [
      ['GET', '/v2/search', 404],
      ['GET', '/v1/search', 405],
      ['GET', '/v1/redemptions/not-an-id', 400],
      ['GET', '/v1/redemptions/%E0%A4%A', 400],
      ['GET', '/v1/sync/changes?cursor=rubbish', 400],
      // p1:99999999, of a database that had come further than this one.
      ['GET', '/v1/sync/changes?cursor=cDE6OTk5OTk5OTk', 400],
      ['GET', `/v1/sync/changes?cursor=${'x'.repeat(5_000)}`, 400],
    ] as const) {
      const answer = await server.ask(method, url)
      expect({ url, status: answer.status }).toEqual({ url, status })
      expect(answer.headers['tapcoupon-contract']).toBe('1')
      expect(Problem.safeParse(answer.body).success).toBe(true)
    }
  })

  it('a path that is there says by which methods', async () => {
    for (const [method, url, allow] of [
      ['GET', '/v1/search?x=1', 'POST'],
      ['POST', `/v1/redemptions/${uuidv7()}`, 'GET, HEAD'],
      ['POST', '/v1/leases', 'GET, HEAD'],
      ['POST', '/docs/static/index.html', 'GET, HEAD'],
    ] as const) {
      const answer = await server.ask(method, url, {}, null)
      expect({ url, status: answer.status, allow: answer.headers.allow }).toEqual({ url, status: 405, allow })
      expect(Problem.parse(answer.body)).toMatchObject({ status: 405, title: 'Method not allowed' })
    }
    expect((await server.app.inject({ method: 'DELETE', url: '/v1/campaigns' })).headers.allow).toBe('GET, HEAD, POST')
    expect((await server.ask('POST', '/v1/redemptions//rollback/', {}, null)).status).toBe(404)
  })

  it('another version of the contract is refused; none is today’s', async () => {
    const body = JSON.stringify({ medium: newMedium(), objective: objective() })
    for (const version of ['0', '2', 'one', '1.5']) {
      const response = await send('/v1/search', body, { 'tapcoupon-contract': version })
      expect(response.json()).toMatchObject({ status: 406, reason: 'invalid_request' })
    }
    expect((await send('/v1/search', body, { 'tapcoupon-contract': '1' })).statusCode).toBe(200)
    expect((await send('/v1/search', body)).statusCode).toBe(200)
  })

  it('another content type is 415', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
      const answer = await send('/v1/search', 'a=1', { 'content-type': type })
      expect({ type, status: answer.statusCode }).toEqual({ type, status: 415 })
    }
  })

  it('what is not HTTP gets a problem too, and the server lives', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('\u0016\u0003\u0001 hello\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('tapcoupon-contract: 1')
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  })
})

describe('rules in the store that this server does not know', () => {
  it('make that coupon unsupported_rules, and no other', async () => {
    const medium = newMedium()
    const strange = await server.campaign()
    const coupon = await server.coupon(strange, medium)
    const plain = await server.coupon(await server.campaign(), medium)
    const later = JSON.stringify({ ...rules(), rulesVersion: 2, conditions: [{ kind: 'weather' }] })
    await server.inDatabase('UPDATE campaigns SET version = 2, rules = ? WHERE campaign_id = ?', later, strange)
    await server.inDatabase("UPDATE positions SET value = value + 1 WHERE name = 'definitions'")
    const found = (await server.ask('POST', '/v1/search', { medium, objective: objective() })).body
    expect(found.usable).toMatchObject([{ acquisitionId: plain }])
    expect(found.unusable).toMatchObject([{ acquisitionId: coupon, reason: 'unsupported_rules' }])
    const refused = await server.ask('POST', '/v1/redemptions', {
      ...redemption(),
      medium,
      select: { acquisitionIds: [coupon] },
    })
    expect(refused.body).toMatchObject({ status: 'refused', reason: 'unsupported_rules' })
  })
})
