import { describe, expect, it } from 'vitest'
import type { Session, SessionEvent } from '../../../../counter/session/model.ts'
import { refusal } from '../../../../counter/session/model.ts'
import { visitView } from '../../../../counter/session/visitView.ts'
import { card, found, id, openTill, play, purchase, showingOffers } from './visits.ts'

const held = (n: number): SessionEvent => ({ type: 'presented', presented: card(n), redemptionId: id(n) })
const answer = ({ question }: Session, response = found(1)): SessionEvent => ({
  type: 'searched',
  question,
  found: { kind: 'offers', source: 'server', response, waitedMs: 50, askFirst: null },
})
const view = ({ visit }: Session) => visitView(visit, (at) => at)

describe('another card while somebody’s coupons are shown', () => {
  const waiting = play(showingOffers(card(1)), held(2))

  it('is set aside: the first customer’s stay, and the screen says so', () => {
    expect(waiting.effects).toEqual([])
    expect(waiting.session.visit).toMatchObject({ phase: 'offers', presented: card(1), aside: card(2) })
    expect(view(waiting.session)).toMatchObject({ phase: 'offers', aside: { type: 'nfc-uid', entry: 'tap' } })
    expect(JSON.stringify(view(waiting.session))).not.toContain(card(2).keys[0]?.key)
  })

  it('cannot land in the approval: it is the first one’s, and the other hears that it was ignored', () => {
    const step = play(waiting.session, {
      type: 'approve',
      redemptionId: id(9),
      select: 'best',
      expectedTotalDiscount: 100,
    })
    expect(step.effects).toMatchObject([{ type: 'redeem', presented: card(1) }, { type: 'noticeReadIgnored' }])
    expect(step.session.visit).not.toHaveProperty('aside')
  })

  it('waits while the cashier puts a stack together or changes the purchase', () => {
    const chosen = play(waiting.session, { type: 'select', acquisitionIds: [id(101)] })
    const changed = play(chosen.session, { type: 'purchaseSet', purchase: purchase(900) })
    expect(changed.effects).toMatchObject([{ type: 'search', presented: card(1) }])
    expect(play(changed.session, answer(changed.session)).session.visit).toMatchObject({ aside: card(2) })
  })

  it('takes over when the cashier turns to it, for the same purchase', () => {
    const step = play(waiting.session, { type: 'serveAside' })
    expect(step.effects).toMatchObject([{ type: 'search', presented: card(2), purchase: purchase() }])
    expect(step.session.visit).toEqual({ phase: 'searching', presented: card(2) })
  })

  it('gives way to a third one', () => {
    expect(play(waiting.session, held(3)).session.visit).toMatchObject({ presented: card(1), aside: card(3) })
  })

  it('that cannot be read changes nothing, and is said', () => {
    const step = play(
      showingOffers(card(1)),
      { type: 'reading', readerId: 'r' },
      { type: 'readFailed', refused: refusal('medium_unreadable') },
    )
    expect(step.effects).toEqual([{ type: 'noticeReadIgnored' }])
    expect(step.session.visit).toMatchObject({ phase: 'offers', presented: card(1) })
  })

  it('is gone with the visit', () => {
    expect(play(waiting.session, { type: 'next' }, held(3)).session.visit).toEqual({
      phase: 'searching',
      presented: card(3),
    })
  })

  it('cannot be turned to where there is none', () => {
    expect(play(showingOffers(), { type: 'serveAside' }).refused?.reason).toBe('in_progress')
  })
})

describe('another card while somebody’s coupons are looked for', () => {
  const searching = play(openTill({ purchase: purchase() }), held(1)).session

  it('waits for the first one’s answer', () => {
    const waiting = play(searching, held(2))
    expect(waiting.effects).toEqual([])
    expect(play(waiting.session, answer(waiting.session)).session.visit).toMatchObject({
      phase: 'offers',
      presented: card(1),
      aside: card(2),
    })
  })

  it('is not approved by itself in one-tap mode', () => {
    const tapped = play({ ...openTill({ purchase: purchase() }), oneTap: true }, held(1), held(2)).session
    const best = [
      {
        lines: [{ acquisitionId: id(100), discount: { total: 100, allocations: [] } }],
        totalDiscount: 100,
        exact: true,
      },
    ]
    const step = play(tapped, answer(tapped, { ...found(1), best }))
    expect(step.effects).toMatchObject([
      { type: 'redeem', presented: card(1), byTap: true },
      { type: 'noticeReadIgnored' },
    ])
  })

  it('is named when the first one is refused', () => {
    const waiting = play(searching, held(2)).session
    const step = play(waiting, {
      type: 'searched',
      question: waiting.question,
      found: { kind: 'refused', refused: refusal('unknown_offline') },
    })
    expect(step.effects).toMatchObject([{ type: 'journalRefusal' }, { type: 'noticeReadIgnored' }])
  })

  it('and the same one again ask the server once', () => {
    expect(play(searching, held(1))).toEqual({ session: searching, effects: [] })
  })
})

it('before anything is rung up the first card keeps its place', () => {
  const first = play(openTill(), held(1)).session
  const unusable = [
    { title: 'Coupon', titles: {}, reason: 'min_spend_not_met', reasonGroup: 'customer' as const, params: {} },
    { acquisitionId: id(1), title: 'B', titles: {}, reason: 'expired', reasonGroup: 'customer' as const, params: {} },
  ].map((one, index) => ({ ...one, acquisitionId: id(300 + index) }))
  const shown = play(first, answer(first, { ...found(0), unusable })).session
  expect(play(shown, held(2)).session.visit).toMatchObject({ presented: card(1), aside: card(2) })
})
