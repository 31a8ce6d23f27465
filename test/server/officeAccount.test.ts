import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authenticator, bytesOf } from '../rigs/authenticator.ts'
import { type TestServer, testServer } from './fixture.ts'
import { OfficeBrowser, PASSWORD, signedIn } from './officeBrowser.ts'

const REQUIRED = ['approver', 'admin'] as const

let server: TestServer
beforeEach(async () => {
  server = await testServer({ path: ':memory:', security: { secondFactorFor: REQUIRED } })
})
afterEach(() => server.close())

const STEP = 30_000
const NEW = 'a whole other sentence'

async function withSecondFactor(role: 'planner' | 'approver' | 'admin') {
  const browser = await signedIn(server, role)
  const { body: enrolment } = await browser.post('/v1/office/totp/enrol', { current: PASSWORD })
  const app = authenticator(enrolment.secret, server.clock)
  const { body } = await browser.post('/v1/office/totp/confirm', { code: app.code() })
  return { browser, app, recoveryCodes: body.recoveryCodes as string[], enrolment }
}

describe('a password', () => {
  it('is changed with the old one; every other session ends and this one gets another token', async () => {
    const here = await signedIn(server, 'planner')
    const there = new OfficeBrowser(server)
    await there.signIn('planner')
    const before = here.cookie
    expect((await here.post('/v1/office/password', { current: PASSWORD, password: NEW })).status).toBe(200)
    expect(here.cookie).not.toBe(before)
    expect((await here.get('/v1/office/me')).status).toBe(200)
    expect((await there.get('/v1/office/me')).status).toBe(401)
    expect((await there.signIn('planner')).status).toBe(401)
    expect((await there.signIn('planner', NEW)).status).toBe(200)
    here.cookie = before
    expect((await here.get('/v1/office/me')).status).toBe(401)
  })

  it('is not changed without it, and guessing gets slower', async () => {
    const browser = await signedIn(server, 'planner')
    const guess = () => browser.post('/v1/office/password', { current: 'is it this one?', password: NEW })
    for (let wrong = 0; wrong < 5; wrong++) {
      expect(await guess()).toMatchObject({ status: 400, body: { errors: [{ path: '/current', message: 'wrong' }] } })
    }
    expect((await guess()).status).toBe(429)
  })

  it.each([
    ['too short', 'fourteen chars', 'too_short'],
    ['too long', 'word '.repeat(60), 'too_long'],
    ['what everybody tries', 'passwordpassword', 'too_common'],
    ['one’s own name', 'planner-planner-2026', 'too_common'],
  ])('may not be %s', async (_, password, message) => {
    const browser = await signedIn(server, 'planner')
    expect(await browser.post('/v1/office/password', { current: PASSWORD, password })).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/password', message }] },
    })
  })

  it('is the same one however a keyboard composes it', async () => {
    const browser = await signedIn(server, 'planner')
    const composed = 'ガギグゲゴ und café encore'
    await browser.post('/v1/office/password', { current: PASSWORD, password: composed.normalize('NFD') })
    expect((await new OfficeBrowser(server).signIn('planner', composed.normalize('NFC'))).status).toBe(200)
  })
})

describe('a one-time code', () => {
  const reset = async () => {
    const { browser: admin } = await withSecondFactor('admin')
    const { operatorId } = server.operators.planner
    return (await admin.post(`/v1/operators/${operatorId}/reset`, { reason: 'forgotten' })).body.code as string
  }

  it('sets a password once, within a day; the old one and its sessions end when it is given out', async () => {
    const planner = await signedIn(server, 'planner')
    const code = await reset()
    expect((await planner.get('/v1/office/me')).status).toBe(401)
    expect((await planner.signIn('planner')).status).toBe(401)
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect(await planner.post('/v1/office/set-up', { code: typed, password: 'short' })).toMatchObject({ status: 400 })
    expect(await planner.post('/v1/office/set-up', { code: typed, password: NEW })).toMatchObject({
      status: 200,
      body: { name: 'planner' },
    })
    expect((await planner.post('/v1/office/set-up', { code, password: NEW })).status).toBe(401)
    expect((await planner.signIn('planner', NEW)).status).toBe(200)
  })

  it('ends after a day', async () => {
    const code = await reset()
    server.clock.advance(86_400_000)
    expect((await new OfficeBrowser(server).post('/v1/office/set-up', { code, password: NEW })).status).toBe(401)
  })

  it('cannot be guessed quickly', async () => {
    const browser = new OfficeBrowser(server)
    const guess = () => browser.post('/v1/office/set-up', { code: 'ABCDE-FGHJK-MNPQR-STVWX', password: NEW })
    for (let wrong = 0; wrong < 5; wrong++) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
  })
})

describe('a second factor', () => {
  it('is enrolled with the password and a code of it; then signing in asks for one', async () => {
    const { enrolment, app, recoveryCodes, browser } = await withSecondFactor('planner')
    expect(enrolment.uri).toBe(
      `otpauth://totp/Tapcoupon:planner?secret=${enrolment.secret}&issuer=Tapcoupon&algorithm=SHA1&digits=6&period=30`,
    )
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await browser.get('/v1/office/me')).body).toMatchObject({ secondFactor: 'on', recoveryCodesLeft: 10 })
    const other = new OfficeBrowser(server)
    expect(await other.signIn('planner')).toMatchObject({ status: 200, body: { status: 'code_required' } })
    expect(other.cookie).toBeNull()
    expect((await other.signIn('planner', PASSWORD, '000000')).status).toBe(401)
    server.clock.advance(STEP)
    expect((await other.signIn('planner', 'not the password', app.code())).status).toBe(401)
    expect((await other.signIn('planner', PASSWORD, app.code())).body).toMatchObject({ status: 'signed_in' })
  })

  it('is good once a step, the one of the confirmation too, and for a clock that is a step off', async () => {
    const { app } = await withSecondFactor('planner')
    const browser = new OfficeBrowser(server)
    const tried = async (code: string) => (await browser.signIn('planner', PASSWORD, code)).status
    expect(await tried(app.code())).toBe(401)
    expect(await tried(app.code(1))).toBe(200)
    expect(await tried(app.code(1))).toBe(401)
    server.clock.advance(2 * STEP)
    expect(await tried(app.code(-2))).toBe(401)
    expect(await tried(app.code(2))).toBe(401)
    expect(await tried(app.code())).toBe(200)
    server.clock.advance(STEP)
    const statuses = await Promise.all(Array.from({ length: 4 }, () => tried(app.code())))
    expect(statuses.sort()).toEqual([200, 401, 401, 401])
  })

  it('that is lost is stood in for by recovery codes, each once', async () => {
    const { recoveryCodes, app, browser } = await withSecondFactor('planner')
    const other = new OfficeBrowser(server)
    const [first = '', second = ''] = recoveryCodes
    expect((await other.signIn('planner', PASSWORD, first.toLowerCase())).status).toBe(200)
    expect((await other.get('/v1/office/me')).body.recoveryCodesLeft).toBe(9)
    expect((await other.signIn('planner', PASSWORD, first)).status).toBe(401)
    server.clock.advance(STEP)
    const renewed = await browser.post('/v1/office/recovery-codes', { code: app.code() })
    expect(renewed.body.recoveryCodes).toHaveLength(10)
    expect((await other.signIn('planner', PASSWORD, second)).status).toBe(401)
    expect((await other.signIn('planner', PASSWORD, renewed.body.recoveryCodes[0])).status).toBe(200)
  })

  it('has to be there for some roles before anything else', async () => {
    const admin = await signedIn(server, 'admin')
    expect((await admin.get('/v1/office/me')).body.secondFactor).toBe('required')
    const refused = await admin.get('/v1/operators')
    expect(refused).toMatchObject({ status: 403, body: { detail: 'set up your second factor first' } })
    expect((await admin.get('/v1/campaigns')).status).toBe(403)
    const { secret } = (await admin.post('/v1/office/totp/enrol', { current: PASSWORD })).body
    const before = admin.cookie
    expect((await admin.post('/v1/office/totp/confirm', { code: '000000' })).status).toBe(400)
    expect((await admin.get('/v1/operators')).status).toBe(403)
    const app = authenticator(secret)
    expect((await admin.post('/v1/office/totp/confirm', { code: app.code() })).status).toBe(200)
    expect(admin.cookie).not.toBe(before)
    expect((await admin.get('/v1/operators')).status).toBe(200)
    server.clock.advance(STEP)
    const removal = { current: PASSWORD, code: app.code() }
    expect((await admin.post('/v1/office/totp/remove', removal)).status).toBe(403)
  })

  it('may be given up where the role allows it, with the password and a code', async () => {
    const { browser, app } = await withSecondFactor('planner')
    server.clock.advance(STEP)
    const wrong = await browser.post('/v1/office/totp/remove', { current: 'no no no no no no', code: app.code() })
    expect(wrong.status).toBe(400)
    expect((await browser.post('/v1/office/totp/remove', { current: PASSWORD, code: app.code() })).status).toBe(200)
    expect((await new OfficeBrowser(server).signIn('planner')).body.status).toBe('signed_in')
  })

  it('is removed by an administrator for whoever lost it, never for oneself', async () => {
    await withSecondFactor('approver')
    const { browser: admin } = await withSecondFactor('admin')
    const reset = (role: 'admin' | 'approver') =>
      admin.post(`/v1/operators/${server.operators[role].operatorId}/reset`, { secondFactor: true, reason: 'lost' })
    expect((await reset('admin')).status).toBe(409)
    const { code } = (await reset('approver')).body
    const approver = new OfficeBrowser(server)
    await approver.post('/v1/office/set-up', { code, password: NEW })
    expect((await approver.signIn('approver', NEW)).body).toMatchObject({ me: { secondFactor: 'required' } })
  })

  it('is sealed in the store for one person', async () => {
    const { enrolment } = await withSecondFactor('planner')
    const { totp } = (await server.store.person(server.operators.planner.operatorId))!
    expect(Buffer.from(totp!.secret).includes(Buffer.from(bytesOf(enrolment.secret)))).toBe(false)
  })
})
