import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulesDifference } from '../../../../core/campaigns/difference.ts'
import type { CampaignRules } from '../../../../core/campaigns/rules.ts'
import { rulesOf } from '../shop.ts'

const places = (before: Parameters<typeof rulesOf>[0], after: Parameters<typeof rulesOf>[0]) =>
  rulesDifference(rulesOf(before), rulesOf(after))

describe('what an approver is shown', () => {
  it('is nothing where nothing differs, whatever the order of conditions and lists', () => {
    const stores = { kind: 'stores' as const, storeIds: ['a', 'b'] }
    const spend = { kind: 'min_spend' as const, amount: 500 }
    expect(
      places({ conditions: [stores, spend] }, { conditions: [spend, { ...stores, storeIds: ['b', 'a'] }] }),
    ).toEqual([])
  })

  it('names each place with what it was and what it becomes', () => {
    expect(
      places({ benefit: { kind: 'amount_off', amount: 100 } }, { benefit: { kind: 'amount_off', amount: 150 } }),
    ).toEqual([{ path: '/benefit/amount', before: 100, after: 150 }])
    expect(places({}, { limits: { campaignUses: 10 } })).toEqual([{ path: '/limits/campaignUses', after: 10 }])
    expect(places({ titles: { ja: '券' } }, {})).toEqual([{ path: '/titles/ja', before: '券' }])
  })

  it('shows another kind of benefit whole', () => {
    const before = { kind: 'amount_off' as const, amount: 100 }
    const after = { kind: 'percent_off' as const, basisPoints: 500 }
    expect(places({ benefit: before }, { benefit: after })).toEqual([{ path: '/benefit', before, after }])
  })

  it('pairs conditions by kind: one that went is missing, the other one is not changed', () => {
    const morning = { kind: 'hours' as const, from: '08:00', until: '10:00' }
    const evening = { kind: 'hours' as const, from: '18:00', until: '20:00' }
    expect(places({ conditions: [morning, evening] }, { conditions: [evening] })).toEqual([
      { path: '/conditions/hours', before: morning },
    ])
    expect(
      places(
        { conditions: [{ kind: 'min_spend', amount: 500 }] },
        { conditions: [{ kind: 'min_spend', amount: 900 }] },
      ),
    ).toEqual([{ path: '/conditions/min_spend/amount', before: 500, after: 900 }])
  })

  it('is everything when nothing is in force', () => {
    const rules = rulesOf({})
    expect(new Set(rulesDifference(null, rules).map(({ path }) => path.split('/')[1]))).toEqual(
      new Set(Object.keys(rules)),
    )
  })

  it('sees every single change of a rule, and a way back is the way there turned round', () => {
    const rules = fc.record({
      title: fc.constantFrom('A', 'B'),
      benefit: fc.constantFrom<CampaignRules['benefit']>(
        { kind: 'amount_off', amount: 1 },
        { kind: 'amount_off', amount: 2 },
        { kind: 'percent_off', basisPoints: 1 },
      ),
      conditions: fc.uniqueArray(
        fc.constantFrom<CampaignRules['conditions'][number]>(
          { kind: 'min_spend', amount: 1 },
          { kind: 'min_spend', amount: 2 },
          { kind: 'weekdays', weekdays: [1] },
        ),
      ),
      priority: fc.integer({ min: 0, max: 2 }),
    })
    fc.assert(
      fc.property(rules, rules, (one, other) => {
        const there = places(one, other)
        const back = places(other, one)
        const same =
          JSON.stringify({ ...one, conditions: one.conditions.map((c) => JSON.stringify(c)).sort() }) ===
          JSON.stringify({ ...other, conditions: other.conditions.map((c) => JSON.stringify(c)).sort() })
        expect(there.length === 0).toBe(same)
        expect(back.map(({ path, before, after }) => ({ path, before: after, after: before }))).toEqual(
          expect.arrayContaining(there.map(({ path, before, after }) => ({ path, before, after }))),
        )
      }),
    )
  })
})
