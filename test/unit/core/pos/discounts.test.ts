import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discountedLines } from '../../../../core/pos/discounts.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { wallet } from '../wallets.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

describe('what coupons take off the lines of a basket', () => {
  it('adds up to what was approved, exactly, and never takes more than a line costs', () => {
    fc.assert(
      fc.property(wallet({ campaigns: 6, even: false }), (input) => {
        const { best } = qualify(input)
        const { items } = input.objective
        const lines = discountedLines(items, best.lines)
        expect(lines?.map(({ lineId }) => lineId)).toEqual(items.map(({ lineId }) => lineId))
        expect(sum(lines!.map(({ discount }) => discount))).toBe(best.totalDiscount)
        for (const [index, { discount, lineTotal }] of lines!.entries()) {
          expect(discount).toBeGreaterThanOrEqual(0)
          expect(lineTotal).toBeGreaterThanOrEqual(0)
          expect(discount + lineTotal).toBe(items[index]?.lineTotal)
          if (!items[index]?.discountable) expect(discount).toBe(0)
        }
      }),
    )
  })

  it('is the same in whatever order the coupons come', () => {
    fc.assert(
      fc.property(wallet({ campaigns: 6 }), (input) => {
        const { best } = qualify(input)
        const { items } = input.objective
        expect(discountedLines(items, [...best.lines].reverse())).toEqual(discountedLines(items, best.lines))
      }),
    )
  })

  const off = (lineId: string, amount: number) => [{ discount: { total: amount, allocations: [{ lineId, amount }] } }]
  const basket = [{ lineId: 'a', lineTotal: 100 }]

  it('of another basket is nothing', () => {
    expect(discountedLines(basket, off('b', 10))).toBeNull()
    expect(discountedLines(basket, off('a', 101))).toBeNull()
    expect(discountedLines(basket, [...off('a', 60), ...off('a', 60)])).toBeNull()
  })

  it('without coupons is nothing off any line', () => {
    expect(discountedLines(basket, [])).toEqual([{ lineId: 'a', discount: 0, lineTotal: 100 }])
  })
})
