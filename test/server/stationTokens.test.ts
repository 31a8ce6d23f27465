import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import { tokenProof } from '../../core/stationToken.ts'
import { httpGateway } from '../../counter/gateway/httpGateway.ts'
import { StationTokens, type StationTokensParts } from '../../counter/gateway/stationTokens.ts'
import { StationFile } from '../../counter/station/stationFile.ts'
import { DAY, type TestServer, testServer } from './fixture.ts'

/** A loaded machine takes its time. */
const SOON = { timeout: 20_000 }

/** A counter's own file and gateway against a real server over HTTP: its tokens are short-lived, its key is what stays. */
let server: TestServer
let baseUrl = ''
beforeAll(async () => {
  server = await testServer({ path: ':memory:' })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  baseUrl = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

let folder = ''
let file: StationFile
let elapsed = 0
let asked: string[] = []
/** null: the cable is out. */
let network: typeof fetch | null = fetch

const line = {
  baseUrl,
  fetch: ((input, init) => {
    asked.push(new URL(String(input)).pathname)
    return network ? network(input, init) : Promise.reject(new Error('no network'))
  }) as typeof fetch,
}
const gatewayOf = (station: StationTokensParts['station'] = file): CouponGateway => {
  const renewal = new StationTokens({ ...line, baseUrl, station, clock: { monotonic: () => elapsed } })
  return httpGateway({ ...line, baseUrl, token: file.token, renewal })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-tokens-'))
  const opened = StationFile.open(folder)
  if (!opened.ok) throw new Error(opened.code)
  file = opened.value
  network = fetch
  const announced = { storeId: 'north', name: 'lane 1' }
  const { code } = (await server.ask('POST', '/v1/stations', announced, server.operators.admin.token)).body
  const enrolled = await gatewayOf().enrol({ code, publicKey: file.publicKey(), handshakeVersion: 1 })
  if (enrolled.kind !== 'answered' || !file.enrolled(enrolled.answer)) throw new Error('not enrolled')
  asked = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const stationId = () => file.enrolment()?.stationId ?? ''
const known = async (token: string | null) => (await server.ask('GET', '/v1/sync/changes', undefined, token)).status
const challenges = () => asked.filter((path) => path === '/v1/stations/challenge').length

/** Uses the gateway until its token is another than it was. */
async function rotated(gateway: CouponGateway): Promise<string | null> {
  const before = file.token()
  expect((await gateway.changes('')).kind).toBe('answered')
  await expect.poll(file.token, SOON).not.toBe(before)
  return before
}

describe('a station’s token', () => {
  it('is renewed at the first question, on disk before it is used, and its use ends the one before', async () => {
    const gateway = gatewayOf()
    const enrolment = await rotated(gateway)
    const reopened = StationFile.open(folder)
    expect(reopened.ok && reopened.value.token()).toBe(file.token())
    expect(await known(enrolment)).toBe(200)
    expect((await gateway.changes('')).kind).toBe('answered')
    expect(await known(enrolment)).toBe(401)
  })

  it('stays for half of its life, then another one takes its place', async () => {
    const gateway = gatewayOf()
    await rotated(gateway)
    const { length } = asked
    elapsed += DAY / 2 - 1
    await gateway.changes('')
    expect(asked.slice(length)).toEqual(['/v1/sync/changes'])
    elapsed += 1
    await rotated(gateway)
  })

  it('that ended while its station was offline is renewed within the question, with no word to anybody', async () => {
    const gateway = gatewayOf()
    await rotated(gateway)
    server.clock.advance(40 * DAY)
    expect(await known(file.token())).toBe(401)
    expect((await gateway.changes('')).kind).toBe('answered')
    expect(await known(file.token())).toBe(200)
  })

  it('that the server does not know, as after a restored backup, is renewed by the key', async () => {
    const gateway = gatewayOf()
    await rotated(gateway)
    expect(file.renewed('a-token-of-after-the-backup')).toBe(true)
    expect((await gateway.changes('')).kind).toBe('answered')
  })

  it('is renewed once, however many ask at once', async () => {
    const gateway = gatewayOf()
    server.clock.advance(2 * DAY)
    file.renewed('not-known')
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.changes('')))
    expect(answers.map(({ kind }) => kind)).toEqual(Array(8).fill('answered'))
    expect(challenges()).toBe(1)
  })

  it('of a station that was revoked says so by name, whether the server knows the token or not', async () => {
    const gateway = gatewayOf()
    await rotated(gateway)
    await server.store.revokeStation(stationId(), server.clock.now())
    expect(await gateway.changes('')).toEqual({ kind: 'revoked', reason: 'station_revoked' })
    file.renewed('not-known')
    expect(await gateway.changes('')).toEqual({ kind: 'revoked', reason: 'station_revoked' })
  })

  it('without the server: offline as ever, and the token stays', async () => {
    const gateway = gatewayOf()
    await rotated(gateway)
    const token = file.token()
    network = null
    elapsed += 2 * DAY
    expect(await gateway.changes('')).toEqual({ kind: 'unreachable', cause: 'connection' })
    network = fetch
    server.clock.advance(2 * DAY)
    // What was tried in vain a moment ago is not tried again at once: until then it is offline, never turned away.
    expect((await gateway.changes('')).kind).toBe('unreachable')
    expect(file.token()).toBe(token)
    elapsed += 10_000
    expect((await gateway.changes('')).kind).toBe('answered')
  })

  it('that cannot be kept is not used', async () => {
    const token = file.token()
    const full = { enrolment: () => file.enrolment(), sign: file.sign, renewed: () => false }
    const gateway = gatewayOf(full)
    expect((await gateway.changes('')).kind).toBe('answered')
    await expect.poll(() => asked.includes('/v1/stations/token'), SOON).toBe(true)
    expect((await gateway.changes('')).kind).toBe('answered')
    expect(file.token()).toBe(token)
  })

  it('does not come back to a machine that has forgotten its station', () => {
    expect(file.forget('unenrolled')).toBe(true)
    expect(file.renewed('another')).toBe(false)
    const reopened = StationFile.open(folder)
    expect(reopened.ok && reopened.value.token()).toBeNull()
  })
})

describe('the server', () => {
  const challenge = async (): Promise<string> =>
    (await server.ask('POST', '/v1/stations/challenge', undefined, null)).body.challenge
  const ask = async (text: string, of = stationId(), signed = tokenProof(of, text)) => {
    const signature = Buffer.from(file.sign(signed)).toString('base64url')
    return server.ask('POST', '/v1/stations/token', { stationId: of, challenge: text, signature }, null)
  }

  it('gives a token to whoever signs what it asked, within a minute', async () => {
    const text = await challenge()
    expect((await ask(text)).status).toBe(200)
    server.clock.advance(60_000)
    expect((await ask(text)).status).toBe(401)
  })

  it.each([
    ['a challenge that it did not make', () => ask(Buffer.alloc(60).toString('base64url'))],
    ['another station', async () => ask(await challenge(), 'station-south')],
    ['nobody', async () => ask(await challenge(), 'no-such-station')],
    ['something else that was signed', async () => ask(await challenge(), stationId(), Buffer.from('a journal event'))],
  ])('gives none for %s', async (_, asks) => {
    expect(await asks()).toMatchObject({ status: 401, body: { reason: 'unauthorized' } })
  })

  it('knows how long its own tokens last, whatever the counter’s clock says', async () => {
    const { token, lastsSeconds } = (await ask(await challenge())).body
    server.clock.advance(lastsSeconds * 1_000 - 60_000)
    expect(await known(token)).toBe(200)
    server.clock.advance(60_000)
    expect(await known(token)).toBe(401)
  })
})
