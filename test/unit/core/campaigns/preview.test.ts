import { describe, expect, it } from 'vitest'
import { previewRules } from '../../../../core/campaigns/preview.ts'
import { line, NOON, purchase, rulesOf } from '../shop.ts'

describe('a preview', () => {
  it('says what the rules give and on which lines', () => {
    const rules = rulesOf({
      benefit: { kind: 'percent_off', basisPoints: 1_000, items: { gtins: [], categories: ['tea'] } },
    })
    const basket = purchase([line('1', 200, 1, { category: 'tea' }), line('2', 500)])
    expect(previewRules(rules, basket, NOON)).toEqual({
      status: 'usable',
      discount: { total: 20, allocations: [{ lineId: '1', amount: 20 }] },
    })
  })

  it('gives the reason that a counter would give, with what its words need', () => {
    const rules = rulesOf({ conditions: [{ kind: 'min_spend', amount: 1_000 }] })
    expect(previewRules(rules, purchase([line('1', 400)]), NOON)).toMatchObject({
      status: 'unusable',
      reason: 'min_spend_not_met',
      params: { missing: 600 },
    })
  })

  it('is of the time that is asked about', () => {
    const rules = rulesOf({ validFrom: '2026-12-24T00:00:00Z', validUntil: '2026-12-26T00:00:00Z' })
    const basket = purchase([line('1', 400)])
    expect(previewRules(rules, basket, NOON)).toMatchObject({ status: 'unusable', reason: 'not_yet_valid' })
    expect(previewRules(rules, basket, Date.parse('2026-12-24T03:00:00Z'))).toMatchObject({ status: 'usable' })
  })
})
