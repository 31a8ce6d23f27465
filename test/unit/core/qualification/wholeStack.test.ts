import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Benefit } from '../../../../core/campaigns/rules.ts'
import { CombinationSearch } from '../../../../core/qualification/combinationSearch.ts'
import { judge } from '../../../../core/qualification/qualify.ts'
import { applyStack, byApplication } from '../../../../core/qualification/stack.ts'
import { isWholeStackBest } from '../../../../core/qualification/wholeStack.ts'
import { campaignOf, held, inputOf, line } from '../shop.ts'

const MUCH_WORK = 1_000_000

const amountOff = fc.record({ kind: fc.constant('amount_off' as const), amount: fc.integer({ min: 1, max: 400 }) })
const percentOff = fc.record(
  {
    kind: fc.constant('percent_off' as const),
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
    cap: fc.integer({ min: 1, max: 300 }),
  },
  { requiredKeys: ['kind', 'basisPoints'] },
)
const coupon = fc.record({
  benefit: fc.oneof(amountOff, percentOff) as fc.Arbitrary<Benefit>,
  group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 8 }),
  priority: fc.integer({ min: 0, max: 2 }),
})

const purchase = fc.record({
  coupons: fc.array(coupon, { minLength: 1, maxLength: 6 }),
  prices: fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 4 }),
  /** Of the POS's own, in per mille of the lines. */
  off: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
  cap: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 1_000 })),
})

const candidatesOf = ({ coupons, prices, off }: typeof purchase extends fc.Arbitrary<infer P> ? P : never) => {
  const campaigns = coupons.map(({ benefit, group, priority }, at) =>
    campaignOf(at, { benefit, priority, stacking: { mode: 'stackable', ...(group && { group }) } }),
  )
  const items = prices.map((price, at) => line(String(at), price))
  const input = inputOf({ campaigns, items, acquisitions: coupons.map((_, at) => held(at)) })
  const sum = prices.reduce((a, b) => a + b, 0)
  const total = sum - Math.floor((sum * off) / 1_000)
  const { candidates, basket } = judge({ ...input, objective: { ...input.objective, total } })
  return { candidates: candidates.toSorted(byApplication), basket }
}

it('whenever all together are said to be the best, the search finds no other answer', () => {
  let said = 0
  fc.assert(
    fc.property(purchase, (one) => {
      const { candidates, basket } = candidatesOf(one)
      const searched = new CombinationSearch(candidates, basket, one.cap, MUCH_WORK).run()
      if (!isWholeStackBest(candidates, basket, one.cap)) return
      said += 1
      expect(searched.chosen).toEqual(candidates)
      expect(applyStack(candidates, basket).ok).toBe(true)
    }),
    { numRuns: 3_000 },
  )
  expect(said).toBeGreaterThan(300)
})

it('says nothing of coupons on other lines, of one campaign, or that shut each other out', () => {
  const amount: Benefit = { kind: 'amount_off', amount: 10 }
  const judged = (campaigns: ReturnType<typeof campaignOf>[], acquisitions = campaigns.map((_, at) => held(at))) => {
    const { candidates, basket } = judge(inputOf({ campaigns, items: [line('1', 500)], acquisitions }))
    return isWholeStackBest(candidates.toSorted(byApplication), basket, Number.POSITIVE_INFINITY)
  }
  expect(judged([campaignOf(0, { benefit: amount }), campaignOf(1, { benefit: amount })])).toBe(true)
  const exclusive = campaignOf(1, { benefit: amount, stacking: { mode: 'exclusive' } })
  expect(judged([campaignOf(0, { benefit: amount }), exclusive])).toBe(false)
  const free = campaignOf(1, { benefit: { kind: 'fixed_price', price: 100, maxPieces: 1, items: {} } as never })
  expect(judged([campaignOf(0, { benefit: amount }), free])).toBe(false)
})
