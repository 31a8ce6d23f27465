import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CounterRig } from './counterRig.ts'
import { type DemoSite, startDemoSite } from './demoServer.ts'
import { freePort, letIn, Pos, PosEar } from './posRig.ts'

/** A page that the POS's token was made for. */
const PAGE = 'http://127.0.0.1:9'

let site: DemoSite
let port: number
let counter: CounterRig
let pos: Pos
let token: string

beforeAll(async () => {
  site = await startDemoSite()
  port = await freePort()
  const dataDir = join(site.dir, 'till')
  const enrolCode = await site.server.announce()
  counter = new CounterRig({ serverUrl: site.proxy.url, dataDir, enrolCode, posPort: port })
  await counter.signIn()
  token = await letIn(counter, 'Till 1', [PAGE])
  pos = new Pos(port, token)
})
afterAll(async () => {
  await counter?.stop()
  await site?.close()
})

describe('whoever is not let in', () => {
  /** Below fetch, which sets Host and Origin itself. */
  const raw = (headers: Record<string, string>, method = 'GET', path = '/pos/v1/counter') =>
    new Promise<{ status: number; reason: string | undefined; allowed: string | undefined }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            reason: text === '' ? undefined : JSON.parse(text).reason,
            allowed: response.headers['access-control-allow-origin'],
          }),
        )
      })
      asked.on('error', reject)
      asked.end()
    })
  const bearer = () => ({ authorization: `Bearer ${token}` })

  it('learns nothing without a token, with a wrong one, or with a cut one', async () => {
    expect(await raw({})).toMatchObject({ status: 401, reason: 'unauthorized' })
    expect(await raw({ authorization: 'Bearer tcpos_wrong' })).toMatchObject({ status: 401 })
    expect(await raw({ authorization: `Bearer ${token.slice(0, -1)}` })).toMatchObject({ status: 401 })
    expect(await raw(bearer())).toMatchObject({ status: 200 })
  })

  it('is no page of another origin, nor a name that was pointed here', async () => {
    expect(await raw({ ...bearer(), origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      reason: 'origin_not_allowed',
      allowed: undefined,
    })
    expect(await raw({ ...bearer(), origin: 'null' })).toMatchObject({ status: 403 })
    expect(await raw({ origin: 'https://evil.example' }, 'OPTIONS')).toMatchObject({ status: 403, allowed: undefined })
    expect(await raw({ ...bearer(), host: `evil.example:${port}` })).toMatchObject({ status: 421 })
    expect(await raw({ ...bearer(), host: '127.0.0.1' })).toMatchObject({ status: 421 })
    expect(await raw({ ...bearer(), origin: PAGE })).toMatchObject({ status: 200, allowed: PAGE })
    expect(await raw({ origin: PAGE }, 'OPTIONS')).toMatchObject({ status: 204, allowed: PAGE })
  })

  it('opens no WebSocket that says anything', async () => {
    const ears = [
      new PosEar(port, { type: 'hello', token: 'tcpos_wrong' }),
      new PosEar(port, 'no JSON'),
      new PosEar(port, { type: 'hello', token }, 'https://evil.example'),
    ]
    await expect.poll(() => ears.map(({ closeCode }) => closeCode)).toEqual([4401, 4400, 1006])
    expect(ears.flatMap(({ heard }) => heard)).toEqual([])
  })

  it('is put out at once when its token is revoked', async () => {
    const gone = await letIn(counter, 'Gone')
    const ear = new PosEar(port, { type: 'hello', token: gone })
    await expect.poll(() => ear.counter?.state).toBe('idle')
    const manager = counter.state.operators.find(({ manages }) => manages)!
    await counter.send({ type: 'dayDesk', action: { do: 'open', operatorId: manager.operatorId, pin: '3456' } })
    const state = await counter.until(({ dayDesk }) => dayDesk !== null)
    const { posId } = state!.dayDesk!.pos.accesses.find(({ name }) => name === 'Gone')!
    await counter.send({ type: 'dayDesk', action: { do: 'revokePos', posId } })
    await expect.poll(() => ear.closeCode).toBe(4401)
    expect((await new Pos(port, gone).ask('GET', '/counter')).status).toBe(401)
    await counter.send({ type: 'dayDesk', action: { do: 'close' } })
  })
})

describe('what no POS would send', () => {
  it.each([
    ['no JSON', 'PUT', '/transactions/a', '{"revision":', 400, 'invalid_request'],
    ['an id with a slash', 'PUT', '/transactions/a%2Fb', {}, 400, 'invalid_request'],
    ['an id that is no text', 'PUT', '/transactions/%ff', {}, 400, 'invalid_request'],
    ['no body', 'POST', '/transactions/a/complete', undefined, 415, 'media_type_unsupported'],
    [
      'a sale that was never opened',
      'POST',
      '/transactions/never/complete',
      { total: 0, discount: 0 },
      404,
      'transaction_unknown',
    ],
    ['a method that is not there', 'DELETE', '/transactions/a', undefined, 405, 'method_not_allowed'],
    ['a path that is not there', 'GET', '/../../etc/passwd', undefined, 404, 'route_unknown'],
    ['more than any basket', 'PUT', '/transactions/a', `{"a":"${'x'.repeat(600_000)}"}`, 413, 'too_large'],
  ])('%s is refused by name', async (_what, method, path, body, status, reason) => {
    const answer = await pos.ask(method, path, body).catch(() => null)
    // A connection that ends before a large body is through says the same.
    if (answer === null && status === 413) return
    expect(answer).toMatchObject({ status, body: { reason, status, type: `urn:tapcoupon:pos:${reason}` } })
    expect(answer?.headers.get('content-type')).toContain('application/problem+json')
  })
})
