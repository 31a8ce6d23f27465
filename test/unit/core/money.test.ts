import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, MAX_AMOUNT, mulDiv, portion } from '../../../core/money.ts'

const amount = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: MAX_AMOUNT }))

describe('allocate', () => {
  it('adds up to the total and gives no weight more than itself', () => {
    const parts = fc.array(amount, { minLength: 1, maxLength: 20 }).chain((weights) => {
      const sum = weights.reduce((a, b) => a + b, 0)
      return fc.record({ weights: fc.constant(weights), total: fc.integer({ min: 0, max: sum }) })
    })
    fc.assert(
      fc.property(parts, ({ weights, total }) => {
        const shares = allocate(total, weights)
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total)
        shares.forEach((share, index) => {
          expect(Number.isSafeInteger(share)).toBe(true)
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(weights[index] ?? 0)
        })
      }),
    )
  })

  it('rounds down and gives the remainder to the largest, the first of equals', () => {
    expect(allocate(100, [1_000, 2_000, 500])).toEqual([28, 58, 14])
    expect(allocate(10, [5, 5, 5])).toEqual([4, 3, 3])
    expect(allocate(2, [1, 1, 1])).toEqual([1, 1, 0])
    expect(allocate(0, [3, 4])).toEqual([0, 0])
    expect(allocate(5, [0, 0])).toEqual([0, 0])
  })
})

describe('portion and mulDiv', () => {
  it('round down exactly, however large', () => {
    expect(portion(1_100, 2_900)).toBe(319)
    expect(portion(99, 100)).toBe(0)
    expect(portion(500 * MAX_AMOUNT, 9_999)).toBe(Number((BigInt(500 * MAX_AMOUNT) * 9_999n) / 10_000n))
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: MAX_AMOUNT }), (a, b, c) => {
        const exact = (BigInt(a) * BigInt(b)) / BigInt(c)
        if (exact <= BigInt(Number.MAX_SAFE_INTEGER)) expect(mulDiv(a, b, c)).toBe(Number(exact))
      }),
    )
  })
})
