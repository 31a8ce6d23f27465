import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QualifyInput } from '../../../../core/qualification/model.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { REASON_CODES } from '../../../../core/reasonCodes.ts'
import { acquisitionId, campaignId, campaignOf, held, inputOf, line } from '../shop.ts'
import { loadVectors } from '../vectors.ts'
import { wallet } from '../wallets.ts'

const only = (input: QualifyInput) => {
  const { usable, unusable } = qualify(input)
  return unusable[0]?.reason ?? usable[0]?.discount.total
}

describe('qualify answers the vectors', () => {
  for (const vector of loadVectors()) {
    it(vector.name, () => {
      const { usable, unusable, best } = qualify(vector.input)
      expect(
        usable.map((coupon) => ({
          acquisitionId: coupon.acquisitionId,
          total: coupon.discount.total,
          allocations: Object.fromEntries(coupon.discount.allocations.map(({ lineId, amount }) => [lineId, amount])),
        })),
      ).toEqual(vector.usable)
      const byId = (a: { acquisitionId: string }, b: { acquisitionId: string }) =>
        a.acquisitionId < b.acquisitionId ? -1 : 1
      expect(
        unusable
          .map((coupon) => ({
            acquisitionId: coupon.acquisitionId,
            reason: coupon.reason,
            params: coupon.params,
          }))
          .sort(byId),
      ).toEqual(vector.unusable.toSorted(byId))
      expect({ total: best.totalDiscount, acquisitionIds: best.lines.map((each) => each.acquisitionId) }).toEqual(
        vector.best,
      )
    })
  }
})

describe('for any wallet', () => {
  it('discounts add up, stay within each line and never go below zero', () => {
    fc.assert(
      fc.property(wallet({ even: false }), (input) => {
        const { usable, best } = qualify(input)
        const prices = new Map(input.objective.items.map(({ lineId, lineTotal }) => [lineId, lineTotal]))
        for (const { discount } of usable) {
          expect(discount.total).toBeGreaterThan(0)
          expect(discount.allocations.reduce((sum, { amount }) => sum + amount, 0)).toBe(discount.total)
          for (const { lineId, amount } of discount.allocations) {
            expect(amount).toBeGreaterThan(0)
            expect(amount).toBeLessThanOrEqual(prices.get(lineId) ?? 0)
          }
        }
        const left = new Map(prices)
        for (const { discount } of best.lines) {
          expect(discount.allocations.reduce((sum, { amount }) => sum + amount, 0)).toBe(discount.total)
          for (const { lineId, amount } of discount.allocations) left.set(lineId, (left.get(lineId) ?? 0) - amount)
        }
        for (const price of left.values()) expect(price).toBeGreaterThanOrEqual(0)
        expect(best.lines.reduce((sum, { discount }) => sum + discount.total, 0)).toBe(best.totalDiscount)
        expect(best.totalDiscount).toBeLessThanOrEqual(input.objective.total)
      }),
      { numRuns: 500 },
    )
  })

  it('lines that may not be discounted never are', () => {
    fc.assert(
      fc.property(wallet(), (input) => {
        const fixed = new Set(
          input.objective.items.filter(({ discountable }) => !discountable).map(({ lineId }) => lineId),
        )
        const { usable, best } = qualify(input)
        for (const { discount } of [...usable, ...best.lines]) {
          expect(discount.allocations.filter(({ lineId }) => fixed.has(lineId))).toEqual([])
        }
      }),
    )
  })

  it('the order of acquisitions, campaigns and lines does not matter', () => {
    const shuffled = wallet({ even: false }).chain((input) =>
      fc
        .record({
          acquisitions: fc.shuffledSubarray([...input.acquisitions], { minLength: input.acquisitions.length }),
          campaigns: fc.shuffledSubarray([...input.campaigns], { minLength: input.campaigns.size }),
          items: fc.shuffledSubarray(input.objective.items, { minLength: input.objective.items.length }),
        })
        .map(({ acquisitions, campaigns, items }): [QualifyInput, QualifyInput] => [
          input,
          { ...input, acquisitions, campaigns: new Map(campaigns), objective: { ...input.objective, items } },
        ]),
    )
    fc.assert(
      fc.property(shuffled, ([input, other]) => {
        expect(qualify(other)).toEqual(qualify(input))
      }),
      { numRuns: 300 },
    )
  })

  it('a coupon that cannot be used changes nothing for the others', () => {
    fc.assert(
      fc.property(wallet(), fc.constantFrom('used', 'revoked', 'expired', 'elsewhere'), (input, why) => {
        const id = acquisitionId(999)
        const useless = campaignOf(999, {
          benefit: { kind: 'amount_off', amount: 9_999 },
          conditions: why === 'elsewhere' ? [{ kind: 'stores', storeIds: ['osaka-1'] }] : [],
        })
        const coupon = held(999, {
          usesLeft: why === 'used' ? 0 : 1,
          revoked: why === 'revoked',
          expiresAt: why === 'expired' ? input.now : null,
        })
        const before = qualify(input)
        const after = qualify({
          ...input,
          campaigns: new Map([...input.campaigns, [useless.campaignId, useless]]),
          acquisitions: [coupon, ...input.acquisitions],
        })
        expect(after.usable).toEqual(before.usable)
        expect(after.best).toEqual(before.best)
        expect(after.unusable.filter(({ acquisitionId: other }) => other !== id)).toEqual(before.unusable)
      }),
    )
  })

  it('every coupon is answered exactly once, with a reason of the list', () => {
    fc.assert(
      fc.property(wallet(), fc.boolean(), (input, offline) => {
        const { usable, unusable } = qualify({ ...input, offline })
        const answered = [...usable, ...unusable].map((coupon) => coupon.acquisitionId).sort()
        expect(answered).toEqual(input.acquisitions.map((each) => each.acquisitionId).sort())
        for (const { reason } of unusable) expect(REASON_CODES).toContain(reason)
      }),
    )
  })
})

describe('pieces', () => {
  const freeItem = campaignOf(1, { benefit: { kind: 'free_item', items: {}, pieces: 2 } })
  const of = (value: number, scale: number, lineTotal: number) =>
    only(inputOf({ campaigns: [freeItem], items: [{ ...line('a', 0), quantity: { value, scale }, lineTotal }] }))

  it('are whole quantities, however they are scaled', () => {
    expect(of(4, 0, 1_000)).toBe(500)
    expect(of(4_000, 3, 1_000)).toBe(500)
  })

  it('are one for a weight', () => {
    expect(of(350, 3, 420)).toBe(420)
    expect(of(2_350, 3, 2_820)).toBe(2_820)
  })

  it('are none for a quantity of zero', () => {
    expect(of(0, 0, 500)).toBe('no_matching_item')
  })

  it('without an exact price are rounded down', () => {
    expect(of(3, 0, 1_000)).toBe(666)
  })

  it('that one coupon made free are not made free by the next', () => {
    const campaigns = [1, 2, 3].map((number) => campaignOf(number, { benefit: { kind: 'free_item', items: {} } }))
    const { best } = qualify(inputOf({ campaigns, items: [line('a', 200, 2)] }))
    expect(best).toMatchObject({
      totalDiscount: 400,
      lines: [{ discount: { total: 200 } }, { discount: { total: 200 } }],
    })
  })
})

describe('reasons', () => {
  it('of several, the one that nothing at the counter can mend', () => {
    const rules = {
      conditions: [
        { kind: 'min_spend' as const, amount: 99_999 },
        { kind: 'hours' as const, from: '01:00', until: '02:00' },
        { kind: 'stores' as const, storeIds: ['osaka-1'] },
      ],
    }
    const reason = (conditions: number) =>
      only(inputOf({ campaigns: [campaignOf(1, { conditions: rules.conditions.slice(0, conditions) })] }))
    expect([reason(1), reason(2), reason(3)]).toEqual(['min_spend_not_met', 'wrong_time', 'wrong_store'])
  })

  it('name a campaign that is missing: not in my copy offline, not approved on the server', () => {
    const input = inputOf({ campaigns: [], acquisitions: [held(1)] })
    expect(only(input)).toBe('not_approved')
    expect(only({ ...input, offline: true })).toBe('unknown_offline')
  })

  it('say lease_exhausted, not a limit, where only a lease is known', () => {
    const campaigns = [campaignOf(1, { limits: { campaignUses: 5 } })]
    const usage = { campaign: { uses: 5, value: 0 }, holderUses: 0, holderPeriodUses: 0 }
    const input = inputOf({ campaigns, usage: [[campaignId(1), usage]] })
    expect(only(input)).toBe('campaign_limit_reached')
    expect(only({ ...input, offline: true })).toBe('lease_exhausted')
  })

  it('an empty basket has no matching item', () => {
    expect(only(inputOf({ campaigns: [campaignOf(1)], items: [] }))).toBe('no_matching_item')
  })
})

describe('amounts as large as anything accepts', () => {
  it('stay exact', () => {
    const most = 100_000_000_000
    const campaigns = [
      campaignOf(1, { benefit: { kind: 'percent_off', basisPoints: 9_999 } }),
      campaignOf(2, {
        benefit: { kind: 'buy_x_get_y', buy: 1, get: 1, items: {}, maxSets: 1_000, basisPoints: 3_333 },
      }),
    ]
    const items = [line('a', most), { ...line('b', 1), lineTotal: most, quantity: { value: 999_983, scale: 0 } }]
    const { usable } = qualify(inputOf({ campaigns, items, objective: { total: most } }))
    for (const { discount } of usable) {
      expect(discount.total).toBeLessThanOrEqual(most)
      expect(discount.allocations.reduce((sum, { amount }) => sum + amount, 0)).toBe(discount.total)
    }
    expect(usable[0]?.discount.total).toBe(most)
  })
})
