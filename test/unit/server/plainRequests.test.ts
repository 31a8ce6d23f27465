import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { RedemptionRequest } from '../../../core/contract/redemptions.ts'
import { SearchRequest } from '../../../core/contract/search.ts'
import { plainRedemption, plainSearch } from '../../../server/plainRequests.ts'

const uuid = fc.constantFrom('019ab000-0000-7000-8000-00000000000a', '019ab000-0000-7000-bfff-00000000000b')
const amount = fc.constantFrom(0, 400, 100_000_000_000)
const some = (of: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...of, ...optional }, { requiredKeys: Object.keys(of) })

const keys = fc.array(fc.record({ v: fc.constantFrom(1, 2), key: fc.constant('a0'.repeat(32)) }), {
  minLength: 1,
  maxLength: 4,
})
const item = some(
  { lineId: fc.stringMatching(/^[1-9]{1,3}$/), unitPrice: amount, lineTotal: amount },
  {
    gtin: fc.constantFrom('4901234567894', '12345678'),
    category: fc.constant('food'),
    quantity: fc.record({ value: fc.constantFrom(0, 250), scale: fc.constantFrom(0, 3) }),
    discountable: fc.boolean(),
  },
)
const objective = some(
  { currency: fc.constant('JPY'), items: fc.array(item, { maxLength: 4 }), total: amount },
  { taxIncluded: fc.boolean() },
)
const select = fc.oneof(
  fc.constant('best'),
  fc.record({ acquisitionIds: fc.uniqueArray(uuid, { minLength: 1, maxLength: 2 }) }),
)
const entry = fc.constantFrom('tap', 'scan', 'keyed', 'lookup')
const medium = some({ keys }, { type: fc.constantFrom('felica-idm', 'barcode') })
const saleRef = fc.record({ posId: fc.constant('p'), saleId: fc.constant('s'), revision: fc.nat() })
const searches = some({ medium, objective }, { entry, select })
const redemptions = some(
  { redemptionId: uuid, medium, objective, select },
  { entry, saleRef, operatorId: fc.constantFrom('', 'kim'), expectedTotalDiscount: amount },
)

/** What may stand where something else is expected. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'x'.repeat(64), 'x'.repeat(65), '\u{1F600}'.repeat(33), 'JPY\n', [], {}),
  fc.constantFrom<unknown>('best', '2026-11-22T10:00:00Z', '019AB000-0000-7000-8000-00000000000A', 'A0'.repeat(32)),
  fc.constantFrom<unknown>(-1, -0, 0.5, 4, 100_000_000_001, 2 ** 53, 1e300),
  fc.jsonValue(),
)
const NAMES = ['at', 'identifier', 'extra', 'type', 'gtin', 'saleRef', 'quantity', 'entry']
const change = fc.record({ where: fc.nat(), how: fc.constantFrom('replace', 'drop', 'add'), name: fc.nat(), odd })

/** A body with one thing in it changed. */
function changed(
  body: unknown,
  { where, how, name, odd }: typeof change extends fc.Arbitrary<infer One> ? One : never,
) {
  const places: { holder: Record<string, unknown>; key: string }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const holder = value as Record<string, unknown>
    for (const key of Object.keys(holder)) {
      places.push({ holder, key })
      visit(holder[key])
    }
  }
  visit(body)
  const place = places[where % places.length]
  if (!place) return
  const { holder, key } = place
  if (how === 'replace') holder[key] = odd
  else if (how === 'add') holder[Array.isArray(holder) ? holder.length : (NAMES[name % NAMES.length] ?? 'extra')] = odd
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

/** Bodies of which most are as counters send them, and others are not quite. */
const bodies = (valid: fc.Arbitrary<unknown>) =>
  fc.tuple(valid, fc.array(change, { maxLength: 2 })).map(([body, changes]) => {
    const copy: unknown = JSON.parse(JSON.stringify(body))
    for (const one of changes) changed(copy, one)
    return JSON.parse(JSON.stringify(copy)) as unknown
  })

/** Whatever the short way reads, zod reads as the same; counts how often it was read so. */
function readsAsZodDoes(valid: fc.Arbitrary<unknown>, plain: (body: unknown) => unknown, schema: z.ZodType): number {
  let read = 0
  const property = fc.property(bodies(valid), (body) => {
    const short = plain(body)
    if (short === null) return
    read += 1
    const long = schema.safeParse(body)
    expect(long.success).toBe(true)
    expect(short).toStrictEqual(long.data)
  })
  fc.assert(property, { numRuns: 2_000 })
  return read
}

describe('requests that counters send all day', () => {
  it('searches that are read the short way are what zod reads', () => {
    expect(readsAsZodDoes(searches, plainSearch, SearchRequest)).toBeGreaterThan(200)
  })

  it('redemptions that are read the short way are what zod reads', () => {
    expect(readsAsZodDoes(redemptions, plainRedemption, RedemptionRequest)).toBeGreaterThan(200)
  })

  it('one as a counter sends it is read the short way', () => {
    const line = {
      lineId: '1',
      gtin: '4901234567894',
      quantity: { value: 2, scale: 0 },
      unitPrice: 400,
      lineTotal: 800,
    }
    const searched = {
      medium: { type: 'felica-idm', keys: [{ v: 1, key: 'a0'.repeat(32) }] },
      objective: { currency: 'JPY', taxIncluded: true, items: [line], total: 800 },
      entry: 'tap',
    }
    expect(plainSearch(searched)).toStrictEqual(SearchRequest.parse(searched))
    const asked = { redemptionId: '019ab000-0000-7000-8000-00000000000a', operatorId: 'kim', expectedTotalDiscount: 50 }
    const redeemed = { ...searched, ...asked, select: 'best', saleRef: { posId: 'p', saleId: 's', revision: 1 } }
    expect(plainRedemption(redeemed)).toStrictEqual(RedemptionRequest.parse(redeemed))
  })
})
