import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestCombination } from '../../../../core/qualification/best.ts'
import type { QualifyInput } from '../../../../core/qualification/model.ts'
import { judge, qualify } from '../../../../core/qualification/qualify.ts'
import { applyStack, byApplication, type Candidate } from '../../../../core/qualification/stack.ts'
import { decideRedemption } from '../../../../core/redemption/decide.ts'
import { bruteBest } from '../bruteForce.ts'
import { acquisitionId, campaignId, campaignOf, held, inputOf, line } from '../shop.ts'
import { wallet } from '../wallets.ts'

const idsOf = (input: QualifyInput) =>
  qualify(input)
    .best.lines.map((each) => each.acquisitionId)
    .sort()

const applicationOrder = (input: QualifyInput) =>
  judge(input)
    .candidates.toSorted(byApplication)
    .map(({ acquisition }) => acquisition.acquisitionId)

describe('the best combination', () => {
  it('is the one that trying every subset finds, with arithmetic told a second time', () => {
    fc.assert(
      fc.property(wallet(), (input) => {
        const { best } = qualify(input)
        const expected = bruteBest(input, applicationOrder(input))
        expect({ total: best.totalDiscount, ids: best.lines.map((each) => each.acquisitionId).sort() }).toEqual({
          total: expected.total,
          ids: expected.ids,
        })
        for (const each of best.lines) {
          const allocations = new Map(each.discount.allocations.map(({ lineId, amount }) => [lineId, amount]))
          expect(allocations).toEqual(expected.given.get(each.acquisitionId))
        }
        expect(best.exact).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is never worse than any allowed stack, also where pieces have no exact price', () => {
    fc.assert(
      fc.property(wallet({ campaigns: 6, even: false }), (input) => {
        const { candidates, basket } = judge(input)
        const best = bestCombination(candidates, basket)
        for (let subset = 1; subset < 2 ** candidates.length; subset++) {
          const chosen = candidates.filter((_, index) => (subset >> index) & 1)
          const stack = applyStack(chosen, basket)
          if (stack.ok) expect(best.totalDiscount).toBeGreaterThanOrEqual(stack.value.totalDiscount)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('under a cap is the best of what the cap allows, exactly', () => {
    fc.assert(
      fc.property(wallet({ campaigns: 6 }), fc.integer({ min: 0, max: 1_000 }), (input, perMille) => {
        const { candidates, basket } = judge(input)
        const cap = Math.floor((bestCombination(candidates, basket).totalDiscount * perMille) / 1_000)
        const best = bestCombination(candidates, basket, cap)
        let expected = 0
        for (let subset = 1; subset < 2 ** candidates.length; subset++) {
          const stack = applyStack(
            candidates.filter((_, index) => (subset >> index) & 1),
            basket,
          )
          if (stack.ok && stack.value.totalDiscount <= cap) expected = Math.max(expected, stack.value.totalDiscount)
        }
        expect(best).toMatchObject({ totalDiscount: expected, exact: true })
      }),
      { numRuns: 500 },
    )
  })

  it('of a station that decides alone is within its store’s cap, and the server holds no such cap', () => {
    const campaigns = [600, 500, 300].map((amount, at) => campaignOf(at, { benefit: { kind: 'amount_off', amount } }))
    const input = inputOf({ campaigns, items: [line('a', 10_000)] })
    const offline = { entries: [], mediumTypes: [], maxValue: 900, valueParams: { maxValue: 900 } }
    expect(qualify({ ...input, offline }).best.totalDiscount).toBe(900)
    expect(decideRedemption({ ...input, offline }, 'best')).toMatchObject({ status: 'approved', totalDiscount: 900 })
    expect(qualify({ ...input, offline: false }).best.totalDiscount).toBe(1_400)
  })

  it('says when it stopped at its budget, and is then still allowed', () => {
    const input = inputOf({
      campaigns: Array.from({ length: 12 }, (_, index) =>
        campaignOf(index, {
          benefit: { kind: 'buy_x_get_y', buy: 1, get: 1, basisPoints: 5_000 + index, items: {}, maxSets: 2 },
        }),
      ),
      items: Array.from({ length: 8 }, (_, index) => line(`l${index}`, 100 + index * 13, 2)),
    })
    const { candidates, basket } = judge(input)
    const stopped = bestCombination(candidates, basket, Number.POSITIVE_INFINITY, 200)
    expect(stopped.exact).toBe(false)
    expect(stopped.totalDiscount).toBeGreaterThan(0)
    const byId = new Map(candidates.map((candidate) => [candidate.acquisition.acquisitionId, candidate]))
    const again = applyStack(
      stopped.lines.map((each) => byId.get(each.acquisitionId) as Candidate),
      basket,
    )
    expect(again).toMatchObject({ ok: true, value: { totalDiscount: stopped.totalDiscount } })
    expect(bestCombination(candidates, basket, Number.POSITIVE_INFINITY, 0)).toMatchObject({ exact: false })
  })

  it('never stacks more than five', () => {
    const input = inputOf({
      campaigns: Array.from({ length: 8 }, (_, index) => campaignOf(index)),
      items: [line('a', 10_000)],
    })
    expect(qualify(input).best).toMatchObject({ totalDiscount: 500, exact: true })
    expect(idsOf(input)).toHaveLength(5)
  })

  describe('among equal totals', () => {
    it('takes fewest coupons', () => {
      const input = inputOf({
        campaigns: [
          campaignOf(1, { benefit: { kind: 'amount_off', amount: 500 } }),
          campaignOf(2, { benefit: { kind: 'amount_off', amount: 1_000 } }),
          campaignOf(3, { benefit: { kind: 'amount_off', amount: 500 } }),
        ],
      })
      expect(idsOf(input)).toEqual([acquisitionId(2)])
    })

    it('then the earliest expiry, its campaign’s end included', () => {
      const whole = { kind: 'amount_off', amount: 1_000 } as const
      const input = inputOf({
        campaigns: [
          campaignOf(1, { benefit: whole }),
          campaignOf(2, { benefit: whole, validUntil: '2026-11-25T00:00:00Z' }),
          campaignOf(3, { benefit: whole }),
        ],
        acquisitions: [held(1), held(2), held(3, { expiresAt: Date.parse('2026-11-28T00:00:00Z') })],
      })
      expect(idsOf(input)).toEqual([acquisitionId(2)])
    })

    it('then priority, then the smallest acquisitionId', () => {
      const whole = { kind: 'amount_off', amount: 1_000 } as const
      const campaigns = [campaignOf(1, { benefit: whole }), campaignOf(2, { benefit: whole, priority: 5 })]
      expect(idsOf(inputOf({ campaigns }))).toEqual([acquisitionId(2)])
      const equal = [campaignOf(4, { benefit: whole }), campaignOf(3, { benefit: whole })]
      expect(idsOf(inputOf({ campaigns: equal }))).toEqual([acquisitionId(3)])
    })
  })

  it('keeps a campaign’s limits over the whole redemption', () => {
    const three = [1, 2, 3].map((number) => held(number, { campaignId: campaignId(1) }))
    const best = (limits: Parameters<typeof campaignOf>[1]) =>
      qualify(inputOf({ campaigns: [campaignOf(1, limits)], acquisitions: three })).best.totalDiscount
    expect(best({})).toBe(300)
    expect(best({ limits: { holderUses: 1 } })).toBe(100)
    expect(best({ limits: { campaignUses: 2 } })).toBe(200)
    expect(best({ limits: { campaignValue: 250 } })).toBe(200)
    expect(best({ limits: { holderPeriod: { period: 'week', uses: 2 } } })).toBe(200)
  })
})
