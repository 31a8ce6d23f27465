import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Effect, refusal, type Session, type SessionEvent } from '../../../../counter/session/model.ts'
import { reduce } from '../../../../counter/session/reducer.ts'
import { approval, approved, approving, card, found, id, openTill, play, purchase, showingOffers } from './visits.ts'

describe('a tap', () => {
  it('searches for this purchase', () => {
    const step = play(openTill({ purchase: purchase() }), {
      type: 'presented',
      presented: card(),
      redemptionId: id(1),
    })
    expect(step.session.visit.phase).toBe('searching')
    expect(step.effects).toEqual([
      { type: 'search', question: step.session.question, presented: card(), purchase: purchase(), select: null },
    ])
  })

  it('shows the coupons that were found', () => {
    expect(showingOffers().visit).toMatchObject({ phase: 'offers', offers: { source: 'server', selected: [] } })
  })

  it('of the same card while coupons are shown looks again', () => {
    const step = play(showingOffers(card(1)), { type: 'presented', presented: card(1), redemptionId: id(2) })
    expect(step.effects).toMatchObject([{ type: 'search', presented: card(1) }])
  })

  it('of another card after one that gives nothing is another customer', () => {
    const step = play(showingOffers(card(1), 0), { type: 'presented', presented: card(2), redemptionId: id(2) })
    expect(step.effects).toMatchObject([{ type: 'search', presented: card(2) }])
  })

  it('after an approval starts with an empty purchase: the old one has had its discount', () => {
    const step = play(approved(), { type: 'presented', presented: card(2), redemptionId: id(2) })
    expect(step.session.purchase.lines).toEqual([])
  })

  it('while an approval is under way is ignored, and the cashier is told', () => {
    const till = approving()
    const step = play(till, { type: 'presented', presented: card(2), redemptionId: id(2) })
    expect(step).toEqual({ session: till, effects: [{ type: 'noticeReadIgnored' }] })
  })

  it('with nobody signed in is ignored, and said so', () => {
    const step = play(openTill({ open: false }), { type: 'presented', presented: card(), redemptionId: id(1) })
    expect(step.session.visit.phase).toBe('idle')
    expect(step.effects).toEqual([{ type: 'noticeReadIgnored' }])
  })

  it.each(['medium_unstable', 'medium_unreadable', 'medium_not_unique'] as const)('%s ends in that name', (reason) => {
    const step = play(openTill(), { type: 'reading', readerId: 'r' }, { type: 'readFailed', refused: refusal(reason) })
    expect(step.session.visit).toMatchObject({ phase: 'refused', refused: { reason, reasonGroup: 'medium' } })
    expect(step.effects).toMatchObject([{ type: 'journalRefusal', refused: { reason } }])
  })

  it('that the reader never finishes ends in medium_unreadable', () => {
    const reading = play(openTill(), { type: 'reading', readerId: 'r' })
    expect(reading.effects).toEqual([{ type: 'awaitRead', question: reading.session.question }])
    const step = play(reading.session, { type: 'readingTimedOut', question: reading.session.question })
    expect(step.session.visit).toMatchObject({ phase: 'refused', refused: { reason: 'medium_unreadable' } })
  })

  it('that was read in time is not timed out later', () => {
    const reading = play(openTill(), { type: 'reading', readerId: 'r' }).session
    const searching = play(reading, { type: 'presented', presented: card(), redemptionId: id(1) }).session
    expect(play(searching, { type: 'readingTimedOut', question: reading.question }).session).toBe(searching)
  })
})

describe('an answer to a search', () => {
  it('that belongs to an earlier customer is dropped', () => {
    const first = play(openTill(), { type: 'presented', presented: card(1), redemptionId: id(1) }).session
    const second = play(first, { type: 'next' }, { type: 'presented', presented: card(2), redemptionId: id(2) }).session
    const late = { kind: 'offers', source: 'server', response: found(), waitedMs: 100 } as const
    expect(play(second, { type: 'searched', question: first.question, found: late }).session).toBe(second)
  })

  it('that belongs to an earlier purchase is dropped', () => {
    const till = showingOffers()
    const changed = play(till, { type: 'purchaseSet', purchase: purchase(50) }).session
    expect(changed.visit.phase).toBe('searching')
    const late = { kind: 'offers', source: 'server', response: found(), waitedMs: 100 } as const
    expect(play(changed, { type: 'searched', question: till.question, found: late }).session).toBe(changed)
  })

  it('that refuses the medium itself ends the visit by name', () => {
    const searching = play(openTill(), { type: 'presented', presented: card(), redemptionId: id(1) }).session
    const response = {
      ...found(0),
      unusable: [{ title: '', titles: {}, reason: 'medium_blocked', reasonGroup: 'medium' as const, params: {} }],
    }
    const step = play(searching, {
      type: 'searched',
      question: searching.question,
      found: { kind: 'offers', source: 'server', response, waitedMs: 100 },
    })
    expect(step.session.visit).toMatchObject({ phase: 'refused', refused: { reason: 'medium_blocked' } })
  })
})

describe('the cashier’s stack', () => {
  it('is shown at once and asked about', () => {
    const step = play(showingOffers(), { type: 'select', acquisitionIds: [id(101)] })
    expect(step.session.visit).toMatchObject({ phase: 'offers', offers: { selected: [id(101)], selection: null } })
    expect(step.effects).toMatchObject([{ type: 'search', select: { acquisitionIds: [id(101)] } }])
  })

  it('of nothing asks nobody', () => {
    expect(play(showingOffers(), { type: 'select', acquisitionIds: [] }).effects).toEqual([])
  })

  it.each([[[id(999)]], [[id(100), id(100)]]])('cannot hold %j', (acquisitionIds) => {
    const step = play(showingOffers(), { type: 'select', acquisitionIds })
    expect(step.refused?.reason).toBe('invalid_request')
  })

  it('stays selected when its answer comes', () => {
    const asked = play(showingOffers(), { type: 'select', acquisitionIds: [id(101)] }).session
    const answered = play(asked, {
      type: 'searched',
      question: asked.question,
      found: { kind: 'offers', source: 'server', response: found(2), waitedMs: 100 },
    })
    expect(answered.session.visit).toMatchObject({ offers: { selected: [id(101)] } })
  })
})

describe('an approval', () => {
  it('is not begun twice', () => {
    const again = { type: 'approve', redemptionId: id(10), select: 'best', expectedTotalDiscount: null } as const
    const step = play(approving(), again)
    expect(step.refused?.reason).toBe('in_progress')
    expect(step.effects).toEqual([])
  })

  it('needs somebody signed in', () => {
    const till = { ...showingOffers(), open: false }
    const step = play(till, { type: 'approve', redemptionId: id(9), select: 'best', expectedTotalDiscount: null })
    expect(step.refused?.reason).toBe('operator_not_allowed')
  })

  it('is shown even when its cashier signed out meanwhile', () => {
    const step = play(
      approving(),
      { type: 'opened', open: false },
      { type: 'decided', redemptionId: id(9), decided: { kind: 'approved', approval: approval() } },
    )
    expect(step.session.visit.phase).toBe('approved')
  })

  it('that was refused may be tried with what remains', () => {
    const refused = play(approving(), {
      type: 'decided',
      redemptionId: id(9),
      decided: { kind: 'refused', refused: { ...refusal('already_used'), title: 'Coupon 0', bestRemaining: null } },
    }).session
    const select = { acquisitionIds: [id(101)] }
    const step = play(refused, { type: 'approve', redemptionId: id(10), select, expectedTotalDiscount: 100 })
    expect(step.effects).toMatchObject([{ type: 'redeem', redemptionId: id(10), select }])
  })

  it('does not let the purchase change under it', () => {
    expect(play(approving(), { type: 'purchaseSet', purchase: purchase(1) }).refused?.reason).toBe('in_progress')
  })
})

describe('an undo', () => {
  it('is possible until its time is up', () => {
    expect(play(approved(10_000), { type: 'undo', redemptionId: id(9), now: 9_999 }).effects).toEqual([
      { type: 'undo', redemptionId: id(9) },
    ])
    expect(play(approved(10_000), { type: 'undo', redemptionId: id(9), now: 10_000 }).refused?.reason).toBe('too_old')
  })

  it('that cannot be leaves the approval on the screen, no longer undoable', () => {
    const step = play(
      approved(),
      { type: 'undo', redemptionId: id(9), now: 0 },
      {
        type: 'undoEnded',
        redemptionId: id(9),
        ended: { kind: 'refused', refused: refusal('operator_not_allowed') },
      },
    )
    expect(step.session.visit).toMatchObject({ phase: 'approved', approval: { undoUntil: null } })
  })

  it('of something else than what is on the screen is refused', () => {
    expect(play(approved(), { type: 'undo', redemptionId: id(8), now: 0 }).refused?.reason).toBe('invalid_request')
  })
})

/** Every event there is, with ids and questions that sometimes fit. */
const anyEvent = (session: Session): fc.Arbitrary<SessionEvent> => {
  const { visit, question } = session
  const current = ('redemptionId' in visit ? visit.redemptionId : undefined) ?? id(7)
  const redemptionId = fc.constantFrom(current, id(7))
  const asked = fc.constantFrom(question, question - 1)
  return fc.oneof(
    fc.constant({ type: 'reading', readerId: 'r' } as const),
    fc.constant({ type: 'readFailed', refused: refusal('medium_unreadable') } as const),
    fc.record({ type: fc.constant('readingTimedOut' as const), question: asked }),
    fc.record({
      type: fc.constant('presented' as const),
      presented: fc.constantFrom(card(1), card(2)),
      redemptionId: fc.nat(1e6).map((n) => id(n)),
    }),
    fc.constant({ type: 'purchaseSet', purchase: purchase() } as const),
    fc.constant({ type: 'select', acquisitionIds: [id(100)] } as const),
    fc.nat(1e6).map((n) => ({
      type: 'approve' as const,
      redemptionId: id(n),
      select: 'best' as const,
      expectedTotalDiscount: null,
    })),
    fc.record({
      type: fc.constant('searched' as const),
      question: asked,
      found: fc.constantFrom(
        { kind: 'offers', source: 'server', response: found(), waitedMs: 100 } as const,
        { kind: 'refused', refused: refusal('unknown_offline') } as const,
      ),
    }),
    fc.record({
      type: fc.constant('decided' as const),
      redemptionId,
      decided: fc.constantFrom(
        { kind: 'approved', approval: approval() } as const,
        { kind: 'refused', refused: { ...refusal('expired'), title: null, bestRemaining: null } } as const,
      ),
    }),
    fc.record({ type: fc.constant('undo' as const), redemptionId, now: fc.constant(0) }),
    fc.record({
      type: fc.constant('undoEnded' as const),
      redemptionId,
      ended: fc.constantFrom(
        { kind: 'undone', certainty: 'confirmed' } as const,
        { kind: 'refused', refused: refusal('too_old') } as const,
      ),
    }),
    fc.record({ type: fc.constant('undoExpired' as const), redemptionId }),
    fc.constant({ type: 'next' } as const),
    fc.record({ type: fc.constant('oneTapSet' as const), oneTap: fc.boolean() }),
    fc.record({ type: fc.constant('opened' as const), open: fc.boolean() }),
  )
}

/** A run of events in which each is drawn with the session before it in view. */
function run(
  data: fc.GeneratorValue,
  steps: number,
  seen: (before: Session, event: SessionEvent, effects: readonly Effect[], after: Session) => void,
): void {
  let session = openTill({ purchase: purchase() })
  for (let index = 0; index < steps; index++) {
    const event = data(() => anyEvent(session))
    const step = reduce(session, event)
    seen(session, event, step.effects, step.session)
    session = step.session
  }
}

describe('whatever happens in whatever order', () => {
  it('only its own answer ends an approval or an undo', () => {
    fc.assert(
      fc.property(fc.gen(), (data) => {
        run(data, 40, (before, event, _effects, next) => {
          if (before.visit.phase !== 'approving' && before.visit.phase !== 'undoing') return
          const { redemptionId, phase } = before.visit
          const ends = (event.type === 'decided' || event.type === 'undoEnded') && event.redemptionId === redemptionId
          if (!ends) expect(next.visit).toMatchObject({ phase, redemptionId })
        })
      }),
    )
  })

  it('the server is asked to approve exactly when the till shows so, once for each id', () => {
    fc.assert(
      fc.property(fc.gen(), (data) => {
        run(data, 40, (before, _event, effects, next) => {
          const redeems = effects.filter((effect) => effect.type === 'redeem')
          const begun = next.visit.phase === 'approving' && before.visit.phase !== 'approving'
          expect(redeems.length).toBe(begun ? 1 : 0)
          if (next.visit.phase === 'approving' && begun) expect(redeems[0]?.redemptionId).toBe(next.visit.redemptionId)
        })
      }),
    )
  })

  it('with nobody signed in nothing new is approved, undone or read', () => {
    fc.assert(
      fc.property(fc.gen(), (data) => {
        run(data, 40, (before, _event, effects) => {
          if (before.open) return
          const forbidden = effects.filter(({ type }) => type === 'redeem' || type === 'undo' || type === 'awaitRead')
          expect(forbidden).toEqual([])
        })
      }),
    )
  })

  it('a command that is refused changes nothing', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.gen(), (data) => {
        let session = openTill({ purchase: purchase() })
        for (let index = 0; index < 40; index++) {
          const event = data(() => anyEvent(session))
          const step = reduce(session, event)
          if (step.refused) expect(step).toEqual({ session, effects: [], refused: step.refused })
          session = step.session
        }
      }),
    )
  })

  it('every tap that was taken in is looked for, waits beside whose coupons are shown, or is named as ignored', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(fc.gen(), (data) => {
        run(data, 40, (_before, event, effects, next) => {
          if (event.type !== 'presented') return
          const ignored = effects.some(({ type }) => type === 'noticeReadIgnored')
          const waits = next.visit.phase === 'offers' && next.visit.aside === event.presented
          expect(ignored || waits || ['searching', 'approving'].includes(next.visit.phase)).toBe(true)
        })
      }),
    )
  })
})
