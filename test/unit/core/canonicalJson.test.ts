import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../core/canonicalJson.ts'

describe('canonicalJson', () => {
  it('writes the examples of RFC 8785', () => {
    expect(
      canonicalJson({ numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001] }),
    ).toBe('{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}')
    const unsorted = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(unsorted)))).toEqual([4, 2, 6, 7, 1, 5, 3])
    expect(canonicalJson({ literals: [null, true, false], a: '\u20ac$\u000f\nA\'B"\\\\"/' })).toBe(
      '{"a":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false]}',
    )
  })

  it('does not depend on the order of members, and reads back as what it was', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      )
    }
    const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.parse(JSON.stringify(value)))
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(value)
        // What is in order already is written another way.
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(reversed(value)))
      }),
    )
    expect(canonicalJson({ escaped: '\\ud800' })).toBe('{"escaped":"\\\\ud800"}')
  })

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
  })

  it('refuses what JSON cannot carry', () => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level++) deep = [deep]
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      () => 1,
      10n,
      '\ud800',
      { '\udc00': 1 },
      deep,
    ]) {
      expect(() => canonicalJson(value)).toThrow(TypeError)
    }
  })
})
