import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Holdings, TakeableCoupon } from '../../../../core/contract/holdings.ts'
import type { Answered } from '../../../../counter/registration/askServer.ts'
import type { Terminal, TerminalEffect, TerminalEvent } from '../../../../counter/registration/model.ts'
import { isTaking, newTerminal, reduceTerminal } from '../../../../counter/registration/reducer.ts'
import { type Presented, refusal } from '../../../../counter/session/model.ts'

const card: Presented = { type: 'felica-idm', keys: [{ v: 1, key: 'a'.repeat(64) }], entry: 'tap' }

const offer = (campaignId: string): TakeableCoupon => ({
  campaignId,
  title: `Title ${campaignId}`,
  titles: {},
  takeUntil: '2099-01-01T00:00:00Z',
  usableUntil: '2099-01-01T00:00:00Z',
})

const holdings = (...campaignIds: string[]): Holdings => ({
  known: true,
  held: [],
  takeable: campaignIds.map(offer),
  asOf: '2026-01-01T00:00:00Z',
})

const found = (value: Holdings): Answered<Holdings> => ({ ok: true, value })
const away = { ok: false, refused: refusal('in_progress') } as const

/** What a terminal shows and wants after some events, each of which may look at the moment before. */
function play(...events: (TerminalEvent | ((terminal: Terminal) => TerminalEvent))[]) {
  let terminal = newTerminal()
  let effects: readonly TerminalEffect[] = []
  for (const event of [{ type: 'opened', open: true } as const, ...events]) {
    const done = reduceTerminal(terminal, typeof event === 'function' ? event(terminal) : event)
    terminal = done.terminal
    effects = done.effects
  }
  return { terminal, effects, visit: terminal.visit }
}

const tap: TerminalEvent = { type: 'presented', presented: card }
const shows =
  (value: Holdings) =>
  (terminal: Terminal): TerminalEvent => ({
    type: 'found',
    question: terminal.question,
    found: found(value),
  })
const take = (campaignId: string, acquisitionId = 'id-1'): TerminalEvent => ({
  type: 'take',
  campaignId,
  acquisitionId,
})

describe('a customer at the terminal', () => {
  it('taps, sees, takes, and sees that it was taken', () => {
    const asked = play(tap, shows(holdings('a', 'b')), take('a'))
    expect(asked.effects).toMatchObject([{ type: 'take', acquisitionId: 'id-1', of: { campaignId: 'a' } }])
    const done = play(tap, shows(holdings('a', 'b')), take('a'), (terminal) => ({
      type: 'taken',
      question: terminal.question,
      taken: { ok: true, value: { acquisitionId: 'id-1', status: 'acquired', changeSeq: 1 } },
      after: holdings('b'),
    }))
    expect(done.visit).toMatchObject({
      phase: 'menu',
      taking: null,
      outcome: { result: 'taken', title: 'Title a', nth: 1 },
      holdings: { takeable: [{ campaignId: 'b' }] },
    })
    expect(done.effects).toMatchObject([{ type: 'wait' }])
  })

  it('asks again for what was not answered under the same id', () => {
    const again = play(
      tap,
      shows(holdings('a')),
      take('a', 'first'),
      (terminal) => ({ type: 'taken', question: terminal.question, taken: away, after: null }),
      take('a', 'second'),
    )
    expect(again.effects).toMatchObject([{ type: 'take', acquisitionId: 'first' }])
  })

  it('shows a code for staff when it comes, and one that comes after the customer has gone to nobody', () => {
    const staffCode = { presentation: 'ABCD-EFGH-JKMN', expiresAt: '2026-11-22T03:00:00.000Z', known: true }
    const asked = play(tap, shows(holdings('a')), { type: 'staffCode' })
    expect(asked.effects).toMatchObject([{ type: 'staffCode', presented: card }])
    expect(asked.visit).toMatchObject({ taking: { what: 'staff' } })
    const came: TerminalEvent = {
      type: 'staffCodeCame',
      question: asked.terminal.question,
      came: { ok: true, value: staffCode },
    }
    expect(reduceTerminal(asked.terminal, came).terminal.visit).toMatchObject({ taking: null, staffCode, phone: null })
    const gone = { ...asked.terminal, visit: { phase: 'idle' } as const, question: asked.terminal.question + 1 }
    expect(reduceTerminal(gone, came).terminal).toBe(gone)
  })

  it('with a blocked card gets a code for staff all the same, and asks again when it did not come', () => {
    const blocked = (terminal: Terminal): TerminalEvent => ({
      type: 'found',
      question: terminal.question,
      found: { ok: false, refused: refusal('medium_blocked') },
    })
    const asked = play(tap, blocked, { type: 'staffCode' })
    expect(asked.effects).toMatchObject([{ type: 'staffCode', presented: card }])
    const came = (answer: Extract<TerminalEvent, { type: 'staffCodeCame' }>['came']) =>
      reduceTerminal(asked.terminal, { type: 'staffCodeCame', question: asked.terminal.question, came: answer })
    const value = { presentation: 'ABCD-EFGH-JKMN', expiresAt: '2026-11-22T03:00:00.000Z', known: true }
    expect(came({ ok: true, value }).terminal.visit).toMatchObject({ phase: 'refused', staffCode: value })
    const lost = came(away).terminal
    expect(lost.visit).toMatchObject({ phase: 'refused', refused: away.refused, staffCode: null })
    expect(reduceTerminal(lost, { type: 'staffCode' }).effects).toMatchObject([{ presented: card }])
    const unknown = play(tap, (terminal) => ({ type: 'found', question: terminal.question, found: away }))
    expect(reduceTerminal(unknown.terminal, { type: 'staffCode' }).refused?.reason).toBe('in_progress')
  })

  it('nobody reads or takes coupons by a number that was typed', () => {
    const typed = play({ type: 'presented', presented: { ...card, entry: 'keyed' } })
    expect(typed.visit).toMatchObject({ phase: 'refused', refused: { reason: 'medium_too_weak' } })
  })

  it('what was not offered cannot be taken', () => {
    const { terminal } = play(tap, shows(holdings('a')))
    const refused = reduceTerminal(terminal, take('z'))
    expect(refused.refused?.reason).toBe('invalid_request')
    expect(refused.terminal).toBe(terminal)
  })

  it('an untouched terminal forgets the customer, a touched one waits anew', () => {
    const seen = play(tap, shows(holdings('a')))
    const old = seen.terminal.question
    const touched = reduceTerminal(seen.terminal, { type: 'stay' }).terminal
    expect(reduceTerminal(touched, { type: 'timedOut', question: old }).terminal.visit.phase).toBe('menu')
    const left = reduceTerminal(touched, { type: 'timedOut', question: touched.question })
    expect(left.terminal.visit).toEqual({ phase: 'idle' })
  })

  it('another tap is another visit, but not while something is being taken', () => {
    const { terminal } = play(tap, shows(holdings('a')), take('a'))
    expect(isTaking(terminal)).toBe(true)
    expect(reduceTerminal(terminal, tap).terminal).toBe(terminal)
    const { terminal: free } = play(tap, shows(holdings('a')))
    expect(reduceTerminal(free, tap).terminal.visit.phase).toBe('looking')
  })

  it('whatever happens in whatever order: one customer’s answer is never shown to another, and every wait ends', () => {
    const anyEvent = fc.oneof(
      fc.constant<TerminalEvent>(tap),
      fc.constant<TerminalEvent>({ type: 'reading' }),
      fc.constant<TerminalEvent>({ type: 'readFailed', refused: refusal('medium_unreadable') }),
      fc.constantFrom<TerminalEvent>(take('a'), take('b'), { type: 'redeemCode', code: 'ABC123', acquisitionId: 'c' }),
      fc.constantFrom<TerminalEvent>(
        { type: 'phoneCode' },
        { type: 'staffCode' },
        { type: 'stay' },
        { type: 'finish' },
      ),
      fc.nat(40).map((question): TerminalEvent => ({ type: 'timedOut', question })),
      fc.nat(40).map((question): TerminalEvent => ({ type: 'found', question, found: found(holdings('a', 'b')) })),
      fc.nat(40).map(
        (question): TerminalEvent => ({
          type: 'taken',
          question,
          taken: { ok: true, value: { acquisitionId: 'x', status: 'acquired', changeSeq: 1 } },
          after: null,
        }),
      ),
      fc.boolean().map((open): TerminalEvent => ({ type: 'opened', open })),
    )
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let terminal = newTerminal()
        /** Of the last wait that was asked for and not passed by. */
        let waiting: number | null = null
        for (const event of events) {
          const before = terminal
          const { terminal: after, effects } = reduceTerminal(before, event)
          terminal = after
          if (after.question !== before.question) waiting = null
          for (const effect of effects) {
            expect('question' in effect ? effect.question : null).toBe(after.question)
            if (effect.type === 'wait') waiting = effect.question
          }
          const answers = event.type === 'found' || event.type === 'taken'
          if (answers && event.question !== before.question) expect(after).toBe(before)
          // Whoever walks away is forgotten: a moment either waits for the server, or ends by itself, or is idle.
          const asks = after.visit.phase === 'looking' || isTaking(after)
          if (after.visit.phase !== 'idle' && !asks) expect(waiting).toBe(after.question)
        }
      }),
    )
  })
})
