import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { passwordHasher } from '../../server/auth/passwordHash.ts'
import { systemIds as ids } from '../../server/system.ts'
import { CHEAP_PASSWORDS, type TestServer, testServer } from './fixture.ts'
import { givePassword, OfficeBrowser, OURS, PASSWORD, signedIn } from './officeBrowser.ts'

let server: TestServer
beforeEach(async () => {
  server = await testServer({ path: ':memory:' })
})
afterEach(() => server.close())

const HOUR = 3_600_000

describe('signing in to the office', () => {
  it('with a name and a password gives a session that no script can read, for what the role may do', async () => {
    await givePassword(server, 'planner')
    const browser = new OfficeBrowser(server)
    const answer = await browser.signIn('planner')
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'signed_in', me: { operator: { name: 'planner', role: 'planner' }, secondFactor: 'off' } },
    })
    expect(answer.body.me.may).toContain('campaigns.draft')
    expect(answer.body.me.may).not.toContain('operators.administer')
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^tapcoupon-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(JSON.stringify(answer.body)).not.toContain(/=([\w-]{43})/.exec(cookie)?.[1])
    const { operator, session, may } = answer.body.me
    const { sessionId } = session
    expect((await browser.get('/v1/office/me')).body).toMatchObject({ operator, may, session: { sessionId } })
    expect((await browser.get('/v1/campaigns')).status).toBe(200)
    expect((await browser.get('/v1/operators')).status).toBe(403)
  })

  it('over TLS behind a proxy the cookie is Secure and bound to the host; over plain http from elsewhere there is none', async () => {
    const proxied = await testServer({ path: ':memory:', security: { trustProxy: ['10.0.0.1'] } })
    await givePassword(proxied, 'planner')
    const remote = new OfficeBrowser(proxied, '10.0.0.1')
    const host = 'office.example'
    const forwarded = { host, 'x-forwarded-proto': 'https', origin: `https://${host}`, 'sec-fetch-site': 'same-origin' }
    const body = { name: 'planner', password: PASSWORD }
    const answer = await remote.ask('POST', '/v1/office/sign-in', body, forwarded)
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-tapcoupon-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect((await remote.ask('GET', '/v1/office/me', undefined, forwarded)).status).toBe(200)
    const plain = new OfficeBrowser(proxied, '10.0.0.9')
    const refused = await plain.ask('POST', '/v1/office/sign-in', body, { ...forwarded, origin: `http://${host}` })
    expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('https') } })
    expect(refused.headers['set-cookie']).toBeUndefined()
    await proxied.close()
  })

  it('says the same of an unknown name, a wrong password, a cashier and one who left', async () => {
    for (const role of ['planner', 'approver'] as const) await givePassword(server, role)
    const approver = await server.store.person(server.operators.approver.operatorId)
    await server.store.putOperator({ ...approver!.operator, active: false })
    const browser = new OfficeBrowser(server)
    const answers = [
      await browser.signIn('nobody'),
      await browser.signIn('planner', 'something else entirely'),
      await browser.signIn('approver'),
      await browser.signIn('cashier', '1234'),
      await browser.signIn('auditor', ''.padEnd(1_024, 'x')),
    ]
    const { requestId: _, ...first } = answers[0]!.body
    for (const { status, body } of answers) {
      expect({ status, body }).toEqual({ status: 401, body: { ...first, requestId: body.requestId } })
    }
    expect(answers[0]!.body.reason).toBe('unauthorized')
  })

  it('gets slower by name, known or not, and by address, whatever the name', async () => {
    await givePassword(server, 'planner')
    const browser = new OfficeBrowser(server)
    for (const name of ['planner', 'nobody']) {
      for (let wrong = 0; wrong < 5; wrong++) expect((await browser.signIn(name, 'not this one')).status).toBe(401)
      const blocked = await browser.signIn(name)
      expect(blocked.status).toBe(429)
      expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(3)
    }
    for (let other = 0; other < 40; other++) expect((await browser.signIn(`n${other}`)).status).toBe(401)
    expect((await browser.signIn('somebody else')).status).toBe(429)
    await givePassword(server, 'auditor')
    expect((await browser.signIn('auditor')).status).toBe(429)
    expect((await new OfficeBrowser(server, '10.1.1.1').signIn('auditor')).status).toBe(200)
    server.clock.advance(HOUR)
    expect((await browser.signIn('planner')).status).toBe(200)
  })

  it('locks an account after a hundred wrong ones, without saying so, until an administrator resets it', async () => {
    await givePassword(server, 'planner')
    const { operatorId } = server.operators.planner
    const by = { kind: 'server', id: '' } as const
    const failed = { kind: 'failed', operatorId, by, reason: null, now: server.clock.now() } as const
    for (let wrong = 0; wrong < 100; wrong++) await server.store.changePerson(failed)
    const browser = new OfficeBrowser(server)
    expect((await browser.signIn('planner')).status).toBe(401)
    const admin = await signedIn(server, 'admin')
    const before = (await admin.get('/v1/operators')).body.operators
    expect(before.find((one: { name: string }) => one.name === 'planner')).toMatchObject({ locked: true })
    const { code } = (await admin.post(`/v1/operators/${operatorId}/reset`, { reason: 'locked' })).body
    expect((await browser.post('/v1/office/set-up', { code, password: PASSWORD })).status).toBe(200)
    expect((await browser.signIn('planner')).status).toBe(200)
  })

  it('hashes a password again when the cost has risen', async () => {
    await givePassword(server, 'planner')
    const stored = async () => (await server.store.personByName('planner'))!.password!
    const cheap = await stored()
    expect(cheap).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
    await server.close()
    const dearer = { memory: 128, passes: 2, parallelism: 1 }
    server = await testServer({ path: ':memory:', security: { passwordCost: dearer } })
    const { operatorId } = server.operators.planner
    await givePassword(server, 'planner')
    const browser = new OfficeBrowser(server)
    expect((await browser.signIn('planner')).status).toBe(200)
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=128,t=2,p=1\$/)
    expect(await passwordHasher(ids, CHEAP_PASSWORDS).matches(PASSWORD, await stored())).toBe(true)
    expect((await server.store.person(operatorId))!.failures).toBe(0)
    expect((await browser.signIn('planner')).status).toBe(200)
  })
})

describe('a session', () => {
  it('ends after half an hour without use, and after twelve hours with it', async () => {
    const idle = await signedIn(server, 'planner')
    const busy = await signedIn(server, 'approver')
    for (let minutes = 0; minutes < 29; minutes += 10) {
      server.clock.advance(10 * 60_000)
      expect((await busy.get('/v1/office/me')).status).toBe(200)
    }
    expect((await idle.get('/v1/office/me')).status).toBe(401)
    for (let halves = 0; halves < 22; halves++) {
      server.clock.advance(29 * 60_000)
      expect((await busy.get('/v1/office/me')).status).toBe(200)
    }
    server.clock.advance(HOUR)
    expect((await busy.get('/v1/office/me')).status).toBe(401)
  })

  it('is not kept alive by what a page does by itself', async () => {
    const browser = await signedIn(server, 'planner')
    const listen = async () => {
      const headers = { cookie: browser.cookie!, host: 'localhost' }
      const response = await server.app.inject({ method: 'GET', url: '/v1/events', headers, payloadAsStream: true })
      response.stream().destroy()
      return response.statusCode
    }
    server.clock.advance(20 * 60_000)
    expect(await listen()).toBe(200)
    server.clock.advance(11 * 60_000)
    expect(await listen()).toBe(401)
  })

  it('is another one after each sign-in; the browser’s old one ends', async () => {
    const browser = await signedIn(server, 'planner')
    const first = browser.cookie
    expect((await browser.signIn('planner')).status).toBe(200)
    expect(browser.cookie).not.toBe(first)
    const old = new OfficeBrowser(server)
    old.cookie = first
    expect((await old.get('/v1/office/me')).status).toBe(401)
  })

  it('is kept as a hash, and listed without anything that could be sent', async () => {
    const browser = await signedIn(server, 'planner')
    const { sessions } = (await browser.get('/v1/office/sessions')).body
    expect(sessions).toMatchObject([{ kind: 'cookie', current: true, agent: 'lightMyRequest' }])
    const token = browser.cookie!.split('=')[1]!
    expect(JSON.stringify(sessions)).not.toContain(token)
    const rows = await server.store.sessions(server.operators.planner.operatorId, server.clock.now())
    expect(Buffer.from(rows[0]!.tokenHash).toString('base64url')).not.toBe(token)
  })

  it('can be ended from another, all at once, and by signing out', async () => {
    const here = await signedIn(server, 'planner')
    const there = new OfficeBrowser(server)
    await there.signIn('planner')
    const { sessions } = (await here.get('/v1/office/sessions')).body
    const other = sessions.find((one: { current: boolean }) => !one.current)
    expect((await here.post(`/v1/office/sessions/${other.sessionId}/end`)).status).toBe(200)
    expect((await there.get('/v1/office/me')).status).toBe(401)
    expect((await here.post(`/v1/office/sessions/${other.sessionId}/end`)).status).toBe(404)

    await there.signIn('planner')
    expect((await there.post('/v1/office/sign-out-everywhere')).status).toBe(200)
    for (const browser of [here, there]) expect((await browser.get('/v1/office/me')).status).toBe(401)

    await here.signIn('planner')
    const { cookie } = here
    expect((await here.post('/v1/office/sign-out')).status).toBe(200)
    expect(here.cookie).toBeNull()
    here.cookie = cookie
    expect((await here.get('/v1/office/me')).status).toBe(401)
  })

  it('of somebody else cannot be ended', async () => {
    const planner = await signedIn(server, 'planner')
    const { sessionId } = (await planner.get('/v1/office/me')).body.session
    const approver = await signedIn(server, 'approver')
    expect((await approver.post(`/v1/office/sessions/${sessionId}/end`)).status).toBe(404)
    expect((await planner.get('/v1/office/me')).status).toBe(200)
  })
})

describe('changes that come with a cookie', () => {
  const CAMPAIGN = '/v1/campaigns'

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://localhost:81' }],
    ['another scheme', { origin: 'https://localhost' }],
    ['a page without an origin', { origin: 'null' }],
    ['nowhere in particular', {}],
    ['another origin that claims to be ours', { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example' }],
  ])('from %s are refused', async (_, headers) => {
    const browser = await signedIn(server, 'planner')
    for (const [url, body] of [
      [CAMPAIGN, {}],
      ['/v1/office/sign-out', {}],
    ] as const) {
      const refused = await browser.ask('POST', url, body, headers)
      expect(refused).toMatchObject({ status: 403, body: { detail: 'this does not come from our own pages' } })
    }
    expect((await browser.ask('GET', CAMPAIGN, undefined, headers)).status).toBe(200)
  })

  it('from our own pages are taken, with or without Fetch Metadata', async () => {
    const browser = await signedIn(server, 'planner')
    const { 'sec-fetch-site': site, origin } = OURS
    for (const headers of [OURS, { origin }, { 'sec-fetch-site': site }]) {
      // What is wrong with it is its body.
      expect((await browser.ask('POST', CAMPAIGN, {}, headers)).status).toBe(400)
    }
  })

  it('another site cannot sign anybody in either', async () => {
    await givePassword(server, 'planner')
    const browser = new OfficeBrowser(server)
    const body = { name: 'planner', password: PASSWORD }
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }
    expect((await browser.ask('POST', '/v1/office/sign-in', body, foreign)).status).toBe(403)
    expect((await browser.ask('POST', '/v1/office/sign-in', body, {})).status).toBe(200)
  })

  it('a bearer token needs no page: no browser sends it by itself', async () => {
    const answer = await server.ask('POST', CAMPAIGN, {}, server.operators.planner.token)
    expect(answer.status).toBe(400)
  })
})

describe('what browsers are told', () => {
  it.each(['/docs/', '/docs/static/index.html', '/v1/office/me', '/healthz', '/nowhere'])('%s', async (url) => {
    const { headers } = await new OfficeBrowser(server).get(url)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    })
    expect(headers['x-powered-by']).toBeUndefined()
    if (url.startsWith('/v1/')) expect(headers['cache-control']).toBe('no-store')
  })
})
