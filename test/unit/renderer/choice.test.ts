import { describe, expect, it } from 'vitest'
import { MAX_STACK } from '../../../core/redemption/model.ts'
import { choiceOf, idsOf, type OffersVisit, toggled } from '../../../renderer/reception/visit/choice.ts'
import { BEST, COUPON, OFFERS, VISITS } from '../../e2e/renderer/states.ts'

const approvable: OffersVisit = {
  ...OFFERS,
  selected: [COUPON.bento],
  selection: { status: 'approvable', lines: [BEST.lines[1]!], totalDiscount: 110 },
}

describe('what would be approved', () => {
  it('is the best while nothing is touched', () => {
    expect(choiceOf(OFFERS, null)).toEqual({ kind: 'best', acquisitionIds: idsOf(BEST), combination: BEST })
  })

  it('is the best again when exactly its coupons are marked, in any order, without asking the counter', () => {
    expect(choiceOf(OFFERS, idsOf(BEST).reverse()).kind).toBe('best')
  })

  it('is nothing when nothing is usable, and when every mark is taken away', () => {
    expect(choiceOf(VISITS.nothing, null)).toEqual({ kind: 'none' })
    expect(choiceOf(OFFERS, [])).toEqual({ kind: 'none' })
  })

  it('is not known until the counter has answered for these very coupons', () => {
    expect(choiceOf(OFFERS, [COUPON.bento]).kind).toBe('checking')
    expect(choiceOf(approvable, [COUPON.drink]).kind).toBe('checking')
  })

  it('is the cashier’s own stack once the counter has approved of it', () => {
    expect(choiceOf(approvable, [COUPON.bento])).toMatchObject({ kind: 'own', combination: { totalDiscount: 110 } })
  })

  it('is taken up from the counter after a reload', () => {
    expect(choiceOf(approvable, null)).toMatchObject({ kind: 'own', acquisitionIds: [COUPON.bento] })
  })

  it('names why not, who is at fault, and what is left', () => {
    expect(choiceOf(VISITS.combined, [COUPON.alone, COUPON.member])).toMatchObject({
      kind: 'refused',
      reason: { reason: 'not_combinable' },
      failingAcquisitionId: COUPON.alone,
      remaining: { totalDiscount: 210 },
    })
  })
})

describe('touching a coupon', () => {
  it('marks and unmarks it', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })

  it('stops at a full stack', () => {
    const full = Array.from({ length: MAX_STACK }, (_, index) => String(index))
    expect(toggled(full, 'one more')).toBeNull()
    expect(toggled(full, '0')).toHaveLength(MAX_STACK - 1)
  })
})
