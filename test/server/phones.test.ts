import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const codeFor = async (medium: unknown): Promise<string> =>
  (await server.ask('POST', '/v1/phone-codes', { medium })).body.code

/** What a phone's browser sends from our own page. */
async function browse(method: 'GET' | 'POST', url: string, body?: object, cookie?: string, more: object = {}) {
  const response = await server.app.inject({
    method,
    url,
    headers: { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}), ...more },
    ...(body === undefined ? {} : { payload: body }),
  })
  const set = String(response.headers['set-cookie'] ?? '')
  return {
    status: response.statusCode,
    body: response.body === '' ? null : response.json(),
    set,
    cookie: set.split(';')[0],
  }
}
const signIn = (code: string, phone?: string) => browse('POST', '/v1/my/session', { code, phone })

describe('a customer’s phone', () => {
  it('is signed in by the code that whoever tapped was shown, reads what they have, and takes coupons', async () => {
    const medium = newMedium()
    const mine = await server.campaign({ title: 'Mine' })
    const wanted = await server.campaign({ title: 'Wanted' })
    await server.coupon(mine, medium)
    const code = await codeFor(medium)
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    const signedIn = await signIn(code.toLowerCase().replace('-', ' '))
    expect(signedIn.status).toBe(200)
    expect(signedIn.set).toMatch(/HttpOnly/)
    expect(signedIn.set).toMatch(/SameSite=Strict/)
    const { cookie } = signedIn
    expect((await browse('GET', '/v1/my/coupons', undefined, cookie)).body).toMatchObject({
      known: true,
      held: [{ campaignId: mine }],
      takeable: expect.arrayContaining([expect.objectContaining({ campaignId: wanted })]),
    })
    const request = { acquisitionId: uuidv7(), campaignId: wanted }
    const take = () => browse('POST', '/v1/my/acquisitions', request, cookie)
    expect((await take()).body.status).toBe('acquired')
    expect((await take()).body.status).toBe('acquired')
    expect((await server.search(medium)).usable).toHaveLength(2)
  })

  it('a code works once, for minutes, until a newer one, and not after five wrong tries', async () => {
    const medium = newMedium()
    const first = await codeFor(medium)
    const second = await codeFor(medium)
    expect((await signIn(first)).status).toBe(401)
    expect((await signIn(second)).status).toBe(200)
    expect((await signIn(second)).status).toBe(401)
    const third = await codeFor(medium)
    server.clock.advance(10 * 60_000 + 1)
    expect((await signIn(third)).status).toBe(401)
    const fourth = await codeFor(medium)
    const wrong = fourth.slice(0, 4) + (fourth.endsWith('AAAAA') ? 'B-BBBBB' : 'A-AAAAA')
    for (let guess = 0; guess < 5; guess++) expect((await signIn(wrong)).status).toBe(401)
    expect([401, 429]).toContain((await signIn(fourth)).status)
    server.clock.advance(60_000)
    expect((await signIn(fourth)).status).toBe(401)
  })

  it('that lost the answer asks again with the same code and gets in; another phone does not', async () => {
    const code = await codeFor(newMedium())
    const [mine, another] = ['m'.repeat(32), 'a'.repeat(32)]
    expect((await signIn(code, mine)).status).toBe(200)
    expect((await signIn(code, another)).status).toBe(401)
    expect((await signIn(code)).status).toBe(401)
    expect((await signIn(code, 'short')).status).toBe(400)
    const { cookie, status } = await signIn(code, mine)
    expect(status).toBe(200)
    expect((await browse('GET', '/v1/my/coupons', undefined, cookie)).status).toBe(200)
    await browse('POST', '/v1/my/sign-out', undefined, cookie)
    expect((await signIn(code, mine)).status).toBe(401)
  })

  it('shows staff a code when the card is lost: they find the customer by it, for minutes, and replace the card', async () => {
    const [lost, fresh] = [newMedium(), newMedium()]
    const acquisitionId = await server.coupon(await server.campaign(), lost)
    const { cookie } = await signIn(await codeFor(lost))
    expect((await browse('POST', '/v1/my/staff-code')).status).toBe(401)
    const { code } = (await browse('POST', '/v1/my/staff-code', undefined, cookie)).body
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    const staff = (url: string, body?: object) =>
      server.ask(body ? 'POST' : 'GET', url, body, server.operators.manager.token)
    const { holderId, mediumId } = (await staff('/v1/holders/find', { presentation: code.toLowerCase() })).body
    expect(mediumId).toBeNull()
    const [{ mediumId: from }] = (await staff(`/v1/holders/${holderId}`)).body.media
    const shown = (await server.ask('POST', '/v1/media/presentations', { medium: fresh, entry: 'tap' })).body
    const request = { actionId: uuidv7(), from: { mediumId: from }, to: shown, proof: { presentation: code } }
    expect((await staff('/v1/media/transfer', request)).body).toMatchObject({ holderId })
    expect(await server.usesLeft(fresh, acquisitionId)).toBe(1)
    const { code: late } = (await browse('POST', '/v1/my/staff-code', undefined, cookie)).body
    server.clock.advance(5 * 60_000 + 1)
    expect((await staff('/v1/holders/find', { presentation: late })).status).toBe(404)
  })

  it('nothing without a session, nothing for another site, and nothing after signing out', async () => {
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const { cookie } = await signIn(await codeFor(medium))
    expect((await browse('GET', '/v1/my/coupons')).status).toBe(401)
    const request = { acquisitionId: uuidv7(), campaignId: await server.campaign() }
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await browse('POST', '/v1/my/acquisitions', request, cookie, foreign)).status).toBe(403)
    expect((await browse('POST', '/v1/my/session', { code: 'AAAAA-AAAAA' }, undefined, foreign)).status).toBe(403)
    expect((await browse('POST', '/v1/my/sign-out', undefined, cookie)).status).toBe(200)
    expect((await browse('GET', '/v1/my/coupons', undefined, cookie)).status).toBe(401)
  })

  it('a new medium is registered with its first code, a blocked one gets none', async () => {
    const welcome = await server.campaign({ acquire: { by: 'given' }, issue: [{ on: 'first_visit' }] })
    const medium = newMedium()
    const { cookie } = await signIn(await codeFor(medium))
    const { held } = (await browse('GET', '/v1/my/coupons', undefined, cookie)).body
    expect(held).toMatchObject([{ campaignId: welcome }])
    const shown = (await server.ask('POST', '/v1/media/presentations', { medium, entry: 'tap' })).body.presentation
    const block = { actionId: uuidv7(), medium: { presentation: shown }, reason: 'stolen' }
    expect((await server.ask('POST', '/v1/media/block', block, server.operators.manager.token)).status).toBe(200)
    expect((await server.ask('POST', '/v1/phone-codes', { medium })).body.reason).toBe('medium_blocked')
  })
})
