import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enrolmentProof } from '../../core/enrolment/proof.ts'
import { type TestServer, testServer } from './fixture.ts'

const HOUR = 3_600_000
let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const machine = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }
}
const proofOf = (privateKey: KeyObject, code: string) =>
  sign(null, enrolmentProof(code), privateKey).toString('base64url')
const preview = (code: unknown) =>
  server.ask('POST', '/v1/stations/enrol/preview', { code, handshakeVersion: 1 } as object, null)
const enrol = (body: object) => server.ask('POST', '/v1/stations/enrol', { handshakeVersion: 1, ...body }, null)

let announced: { stationId: string; code: string }
let till: ReturnType<typeof machine>
beforeEach(async () => {
  const request = { storeId: 'north', name: 'Lane 3', role: 'registration' }
  announced = (await server.ask('POST', '/v1/stations', request, server.operators.admin.token)).body
  till = machine()
})

describe('a code looked at before it is used', () => {
  it('says what it would make of a machine, as often as it is asked, and is used up by none of it', async () => {
    for (const code of [announced.code, announced.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')]) {
      expect(await preview(code)).toMatchObject({
        status: 200,
        body: { stationName: 'Lane 3', storeName: 'Store north', role: 'registration' },
      })
    }
    expect(await enrol({ code: announced.code, publicKey: till.publicKey })).toMatchObject({ status: 200 })
  })

  it('says no more than that: no token, no key, no id', async () => {
    const { body } = await preview(announced.code)
    expect(Object.keys(body).sort()).toEqual(['codeExpiresAt', 'role', 'stationName', 'storeName'])
  })

  it.each(['preview', 'enrol'] as const)('is named when it is unknown, used, or expired (%s)', async (route) => {
    const ask = (code: string) =>
      route === 'preview' ? preview(code) : enrol({ code, publicKey: machine().publicKey })
    expect(await ask('00000-00000-00000-00000')).toMatchObject({ status: 401, body: { reason: 'enrolment_unknown' } })
    await enrol({ code: announced.code, publicKey: till.publicKey })
    expect(await ask(announced.code)).toMatchObject({ status: 401, body: { reason: 'enrolment_used' } })
    const request = { storeId: 'north', name: 'Lane 4' }
    const late = (await server.ask('POST', '/v1/stations', request, server.operators.admin.token)).body.code
    server.clock.advance(HOUR)
    expect(await ask(late)).toMatchObject({ status: 401, body: { reason: 'enrolment_expired' } })
  })

  it('is unknown once its station was revoked', async () => {
    const { admin } = server.operators
    await server.ask('POST', `/v1/stations/${announced.stationId}/revoke`, {}, admin.token)
    expect(await preview(announced.code)).toMatchObject({ status: 401, body: { reason: 'enrolment_unknown' } })
  })
})

describe('a machine whose answer was lost', () => {
  it('asks again with the same key and gets the same station with a new token', async () => {
    const request = {
      code: announced.code,
      publicKey: till.publicKey,
      proof: proofOf(till.privateKey, announced.code),
    }
    const first = await enrol(request)
    const second = await enrol(request)
    expect(second).toMatchObject({ status: 200, body: { stationId: announced.stationId } })
    expect(second.body.token).not.toBe(first.body.token)
    expect(await preview(announced.code)).toMatchObject({ status: 401, body: { reason: 'enrolment_used' } })
    const its = { code: announced.code, publicKey: till.publicKey, handshakeVersion: 1 }
    expect(await server.ask('POST', '/v1/stations/enrol/preview', its, null)).toMatchObject({ status: 200 })
    // The first answer may have come after all: its token is good until the second is used.
    for (const [{ body }, status] of [
      [first, 200],
      [second, 200],
      [first, 401],
    ] as const) {
      expect((await server.ask('GET', '/v1/sync/changes', undefined, body.token)).status).toBe(status)
    }
  })

  it('is not whoever has seen the code and its public key', async () => {
    await enrol({ code: announced.code, publicKey: till.publicKey, proof: proofOf(till.privateKey, announced.code) })
    const thief = machine()
    const stolen = { code: announced.code, publicKey: till.publicKey }
    expect(await enrol(stolen)).toMatchObject({ status: 401, body: { reason: 'enrolment_used' } })
    expect(await enrol({ ...stolen, proof: proofOf(thief.privateKey, announced.code) })).toMatchObject({ status: 400 })
    expect(await enrol({ ...stolen, proof: proofOf(till.privateKey, 'another code') })).toMatchObject({ status: 400 })
    const own = { code: announced.code, publicKey: thief.publicKey, proof: proofOf(thief.privateKey, announced.code) }
    expect(await enrol(own)).toMatchObject({ status: 401, body: { reason: 'enrolment_used' } })
  })
})

it('whatever is sent as a code, nothing is made, nothing breaks, and no answer repeats it', async () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.constantFrom("' OR 1=1 --", '{"$ne":null}', '\u0000'.repeat(20), '٠'.repeat(20), '０'.repeat(20)),
    fc.anything({ maxDepth: 1 }).filter((value) => value !== undefined && typeof value !== 'bigint'),
  )
  await fc.assert(
    fc.asyncProperty(hostile, async (code) => {
      for (const answer of [await preview(code), await enrol({ code, publicKey: till.publicKey })]) {
        expect([400, 401]).toContain(answer.status)
        if (typeof code === 'string' && code.length > 12) expect(JSON.stringify(answer.body)).not.toContain(code)
      }
    }),
    { numRuns: 60 },
  )
})
