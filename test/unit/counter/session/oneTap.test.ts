import { describe, expect, it } from 'vitest'
import type { SearchResponse } from '../../../../core/contract/search.ts'
import type { AskFirst } from '../../../../core/counter/state.ts'
import { askFirst } from '../../../../core/redemption/oneTap.ts'
import type { Session, Step } from '../../../../counter/session/model.ts'
import { card, found, id, openTill, play, purchase } from './visits.ts'

/** An answer whose best takes the first `inBest` of its usable coupons. */
function answer(coupons: number, inBest = coupons, exact = true): SearchResponse {
  const { usable, ...rest } = found(coupons)
  const lines = usable.slice(0, inBest).map(({ acquisitionId, discount }) => ({ acquisitionId, discount }))
  return { ...rest, usable, best: inBest === 0 ? [] : [{ lines, totalDiscount: 100 * inBest, exact }] }
}

const TAPPED = { entry: 'tap', overridden: false, doubtful: false } as const

describe('a tap may approve by itself', () => {
  it('where every usable coupon is in the best: there is nothing to choose', () => {
    expect(askFirst(answer(1), TAPPED)).toBeNull()
    expect(askFirst(answer(2), TAPPED)).toBeNull()
    expect(askFirst(answer(1), { ...TAPPED, entry: 'scan' })).toBeNull()
  })

  it.each<[string, SearchResponse, Partial<typeof TAPPED> | object, AskFirst]>([
    ['a coupon is left out of the best', answer(2, 1), {}, 'choice'],
    ['nobody knows whether it is the best', answer(2, 2, false), {}, 'choice'],
    ['only a manager’s word makes it possible', answer(1), { overridden: true }, 'override'],
    ['the time is in doubt', answer(1), { doubtful: true }, 'warning'],
    ['the number was typed', answer(1), { entry: 'keyed' }, 'warning'],
  ])('but not where %s', (_what, given, tap, why) => {
    expect(askFirst(given, { ...TAPPED, ...tap })).toBe(why)
  })
})

const tapped = (till: Session): Session =>
  play(till, { type: 'presented', presented: card(), redemptionId: id(1) }).session

/** The search's answer arrives, with why a person must look first; null: nothing stands against it. */
function answered(searching: Session, why: AskFirst | null | undefined, coupons = 1): Step {
  const answeredWith = { kind: 'offers', source: 'server', response: answer(coupons), waitedMs: 200 } as const
  return play(searching, {
    type: 'searched',
    question: searching.question,
    found: why === undefined ? answeredWith : { ...answeredWith, askFirst: why },
  })
}

describe('in one-tap mode a tap', () => {
  it('looks first, and approves exactly what the cashier would have been shown', () => {
    const searching = tapped(openTill({ purchase: purchase(), oneTap: true }))
    expect(searching.visit).toMatchObject({ phase: 'searching', redemptionId: id(1) })
    const step = answered(searching, null, 2)
    expect(step.session.visit).toMatchObject({ phase: 'approving', redemptionId: id(1) })
    expect(step.effects).toMatchObject([
      {
        type: 'redeem',
        redemptionId: id(1),
        select: { acquisitionIds: [id(100), id(101)] },
        expectedTotalDiscount: 200,
        waitedMs: 200,
        byTap: true,
      },
    ])
  })

  it.each(['choice', 'override', 'warning', undefined] as const)('leaves it to the cashier: %s', (why) => {
    const step = answered(tapped(openTill({ purchase: purchase(), oneTap: true })), why)
    expect(step.session.visit).toMatchObject({ phase: 'offers', offers: { askFirst: why ?? 'choice' } })
    expect(step.effects).toEqual([])
  })

  it('with nothing entered shows the coupons instead', () => {
    const step = answered(tapped(openTill({ oneTap: true })), null)
    expect(step.session.visit.phase).toBe('offers')
    expect(step.effects).toEqual([])
  })

  it('with no coupon that fits approves nothing', () => {
    const step = answered(tapped(openTill({ purchase: purchase(), oneTap: true })), null, 0)
    expect(step.session.visit.phase).toBe('offers')
    expect(step.effects).toEqual([])
  })

  it('approves nothing once the purchase changes: the sale is still being rung up', () => {
    const searching = tapped(openTill({ purchase: purchase(1_000), oneTap: true }))
    const again = play(searching, { type: 'purchaseSet', purchase: purchase(2_000) }).session
    expect(answered(again, null).session.visit.phase).toBe('offers')
  })
})

it('without one-tap mode a tap never approves', () => {
  const step = answered(tapped(openTill({ purchase: purchase() })), null)
  expect(step.session.visit.phase).toBe('offers')
  expect(step.session.visit).not.toHaveProperty('offers.askFirst')
})

describe('looking again', () => {
  it('after a refusal asks for the same medium without another tap', () => {
    const searching = tapped(openTill({ purchase: purchase() }))
    const refused = play(searching, {
      type: 'searched',
      question: searching.question,
      found: { kind: 'refused', refused: { reason: 'offline_limit_reached', reasonGroup: 'offline', params: {} } },
    }).session
    const step = play(refused, { type: 'lookAgain' })
    expect(step.session.visit.phase).toBe('searching')
    expect(step.effects).toMatchObject([{ type: 'search', presented: card() }])
  })

  it('is refused where nothing was refused, and where no medium was read', () => {
    expect(play(openTill(), { type: 'lookAgain' }).refused?.reason).toBe('in_progress')
    const unread = play(openTill(), {
      type: 'readFailed',
      refused: { reason: 'medium_unreadable', reasonGroup: 'medium', params: {} },
    }).session
    expect(play(unread, { type: 'lookAgain' }).refused?.reason).toBe('in_progress')
  })
})
