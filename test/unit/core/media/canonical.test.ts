import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CanonicalMedium, canonicalMedium } from '../../../../core/media/canonical.ts'
import { hasGs1CheckDigit, toGtin14 } from '../../../../core/media/gtin.ts'
import { MEDIUM_TYPES, MediumType } from '../../../../core/media/medium.ts'
import { mediumKeys } from '../../../../core/media/mediumKey.ts'
import { membershipNumber } from '../../../../core/media/membership.ts'
import { isKnownReason } from '../../../../core/reasonCodes.ts'
import document from '../vectors/media.json' with { type: 'json' }

const Vectors = z.object({
  hashKey: z.string(),
  readable: z.array(
    z.strictObject({
      type: MediumType,
      identifiers: z.array(z.string()),
      nonUnique: z.boolean().default(false),
      bytes: z.string(),
      key: z.string(),
    }),
  ),
  refused: z.array(z.strictObject({ type: MediumType, identifier: z.string(), reason: z.string() })),
})
const vectors = Vectors.parse(document)

const strict = { acceptNonUniqueUids: false }
const hmac = (key: Uint8Array, message: Uint8Array) =>
  new Uint8Array(createHmac('sha256', key).update(message).digest())

const bytesOf = (type: MediumType, identifier: string): string | null => {
  const canonical = canonicalMedium({ type, identifier }, { acceptNonUniqueUids: true })
  return canonical.ok ? Buffer.from(canonical.value.bytes).toString('hex') : null
}

describe('canonical media and their keys', () => {
  for (const { type, identifiers, nonUnique, bytes, key } of vectors.readable) {
    it(`${type} ${identifiers[0]}`, () => {
      for (const identifier of identifiers) {
        const canonical = canonicalMedium({ type, identifier }, { acceptNonUniqueUids: nonUnique })
        expect(canonical).toMatchObject({ ok: true, value: { type } })
        const value = (canonical as { value: CanonicalMedium }).value
        expect(Buffer.from(value.bytes).toString('hex')).toBe(bytes)
        const message = Buffer.concat([Buffer.from(`tapcoupon-medium-1\0${type}\0`), Buffer.from(bytes, 'hex')])
        const expected = createHmac('sha256', Buffer.from(vectors.hashKey, 'hex')).update(message).digest('hex')
        expect(expected).toBe(key)
        expect(mediumKeys(value, [{ v: 1, key: Buffer.from(vectors.hashKey, 'hex') }], hmac)).toEqual([{ v: 1, key }])
      }
    })
  }

  for (const { type, identifier, reason } of vectors.refused) {
    it(`${type} ${JSON.stringify(identifier).slice(0, 40)} is ${reason}`, () => {
      expect(canonicalMedium({ type, identifier }, strict)).toEqual({ ok: false, reason, params: {} })
    })
  }

  it('a UID that changes at every tap stays refused where non-unique ones are accepted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 3 }), (rest) => {
        const identifier = `08${Buffer.from(rest).toString('hex')}`
        expect(canonicalMedium({ type: 'nfc-uid', identifier }, { acceptNonUniqueUids: true })).toMatchObject({
          ok: false,
          reason: 'medium_unstable',
        })
      }),
    )
  })

  it('whatever is presented, the answer is bytes or a reason, and never throws', () => {
    const identifier = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string({ unit: fc.constantFrom(...'0aF8: -@') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...MEDIUM_TYPES), identifier, fc.boolean(), (type, text, acceptNonUniqueUids) => {
        const canonical = canonicalMedium({ type, identifier: text }, { acceptNonUniqueUids })
        if (canonical.ok) expect(canonical.value.bytes.length).toBeGreaterThan(0)
        else expect(isKnownReason(canonical.reason)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('different media never have one form', () => {
    const medium = fc.record({
      type: fc.constantFrom('barcode', 'qr'),
      text: fc.string({ minLength: 1, maxLength: 20 }),
    })
    fc.assert(
      fc.property(medium, medium, (a, b) => {
        const [left, right] = [a, b].map(({ type, text }) => bytesOf(type as MediumType, text))
        const plain = [a, b].every(({ text }) => !/^\d{12,13}$/.test(text))
        if (left !== null && plain && a.text !== b.text) expect(left).not.toBe(right)
      }),
    )
  })

  it('keys come highest version first, and type and version keep them apart', () => {
    const bytes = new Uint8Array([1, 2, 3, 4])
    const keys = [
      { v: 1, key: new Uint8Array(32).fill(1) },
      { v: 3, key: new Uint8Array(32).fill(3) },
      { v: 2, key: new Uint8Array(32).fill(2) },
    ]
    const qr = mediumKeys({ type: 'qr', bytes }, keys, hmac)
    expect(qr.map(({ v }) => v)).toEqual([3, 2, 1])
    const barcode = mediumKeys({ type: 'barcode', bytes }, keys, hmac)
    expect(new Set([...qr, ...barcode].map(({ key }) => key)).size).toBe(6)
  })
})

describe('GTINs', () => {
  it('have GS1’s check digit', () => {
    for (const gtin of ['4901234567894', '036000291452', '40170725', '10614141000415']) {
      expect(hasGs1CheckDigit(gtin)).toBe(true)
      const wrong = gtin.slice(0, -1) + ((Number(gtin.at(-1)) + 1) % 10)
      expect(hasGs1CheckDigit(wrong)).toBe(false)
    }
    for (const text of ['', '0', '49012345678 4', 'abc']) expect(hasGs1CheckDigit(text)).toBe(false)
  })

  it('are compared as 14 digits', () => {
    expect(toGtin14('036000291452')).toBe(toGtin14('0036000291452'))
  })
})

describe('membershipNumber', () => {
  const rules = [
    { prefix: '29', minLength: 13, maxLength: 13, checkDigit: 'gtin' as const },
    { prefix: 'M-', minLength: 4, maxLength: 8, checkDigit: 'none' as const },
  ]

  it('is the whole code that one rule accepts', () => {
    expect(membershipNumber('2901234567896', rules)).toBe('2901234567896')
    expect(membershipNumber('M-12', rules)).toBe('M-12')
  })

  it('is null for a product, a wrong check digit or a wrong length', () => {
    for (const code of ['4901234567894', '2901234567895', 'M-1', 'M-1234567', '', 'm-12']) {
      expect(membershipNumber(code, rules)).toBeNull()
    }
  })

  it('is every code where the store has no rules', () => {
    expect(membershipNumber('anything', [])).toBe('anything')
    expect(membershipNumber('', [])).toBeNull()
  })

  it('is the EAN-13, whichever of UPC-A and EAN-13 a scanner is set to send', () => {
    for (const [prefix, length] of [
      ['0360', 12],
      ['0036', 13],
    ] as const) {
      const upcRules = [{ prefix, minLength: length, maxLength: length, checkDigit: 'gtin' as const }]
      expect(membershipNumber('036000291452', upcRules)).toBe('0036000291452')
      expect(membershipNumber('0036000291452', upcRules)).toBe('0036000291452')
    }
  })

  it('answers hostile text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const number = membershipNumber(text, rules)
        expect(number === null || number === text || number === `0${text}`).toBe(true)
      }),
    )
  })
})
