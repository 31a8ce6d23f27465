import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64Url } from '../../../../core/base64url.ts'
import { bodyHash, eventHash, FIRST_PREV_HASH } from '../../../../core/events/chain.ts'

const sha256 = (message: Uint8Array) => new Uint8Array(createHash('sha256').update(message).digest())

const event = {
  seq: 1,
  prevHash: FIRST_PREV_HASH,
  type: 'redemption',
  id: '01900000-0000-7000-8000-000000000001',
  stationAt: '2026-11-22T03:00:00.000Z',
  correctedAt: '2026-11-22T03:00:01.000Z',
}
const body = { redemptionId: '01900000-0000-7000-8000-000000000002', decided: 'offline', totalDiscount: 100 }
const salt = new Uint8Array(16).fill(7)

describe('the chain of events', () => {
  it('starts at 32 zero bytes', () => {
    expect(FIRST_PREV_HASH).toBe('A'.repeat(43))
  })

  it('hashes as another SHA-256 over the documented text does', () => {
    const bodyText = `{"decided":"offline","redemptionId":"${body.redemptionId}","totalDiscount":100}`
    const hashed = createHash('sha256').update(salt).update(bodyText).digest()
    expect(bodyHash(salt, body, sha256)).toEqual(new Uint8Array(hashed))
    const text =
      `{"bodyHash":"${hashed.toString('base64url')}","correctedAt":"${event.correctedAt}","id":"${event.id}",` +
      `"prevHash":"${FIRST_PREV_HASH}","seq":1,"stationAt":"${event.stationAt}","type":"redemption"}`
    expect(Buffer.from(eventHash(event, bodyHash(salt, body, sha256), sha256)).toString('hex')).toBe(
      createHash('sha256').update(text).digest('hex'),
    )
  })

  it('changes with every field, with the body and with the salt', () => {
    const hash = (one: typeof event, what: unknown = body, salted = salt) =>
      toBase64Url(eventHash(one, bodyHash(salted, what, sha256), sha256))
    const hashes = [
      hash(event),
      hash({ ...event, seq: 2 }),
      hash({ ...event, prevHash: 'B'.repeat(43) }),
      hash({ ...event, type: 'annul' }),
      hash({ ...event, id: '01900000-0000-7000-8000-000000000003' }),
      hash({ ...event, stationAt: '2026-11-22T03:00:00.001Z' }),
      hash({ ...event, correctedAt: '2026-11-22T03:00:00.001Z' }),
      hash(event, { ...body, totalDiscount: 101 }),
      hash(event, body, new Uint8Array(16).fill(8)),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('does not cover the signature or what is unknown', () => {
    const more = { ...event, sig: 'x', salt: 'y', later: true }
    const hashed = bodyHash(salt, body, sha256)
    expect(eventHash(more, hashed, sha256)).toEqual(eventHash(event, hashed, sha256))
  })
})

describe('toBase64Url', () => {
  it('writes what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      }),
    )
  })
})
