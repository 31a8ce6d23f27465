import { describe, expect, it } from 'vitest'
import { DisplayState } from '../../../../core/counter/display.ts'
import { displayOf } from '../../../../core/counter/displayOf.ts'
import type { CounterState } from '../../../../core/counter/state.ts'
import { OFFERS, STATE, VISITS } from '../../../e2e/renderer/states.ts'

/** Every text in a value, however deep. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7/

const shown = (more: Partial<CounterState> = {}): DisplayState => displayOf({ ...STATE, ...more })

describe('what a customer’s display is told', () => {
  it.each(Object.keys(VISITS))('holds no identifier, no name of a person and no reason: %s', (moment) => {
    const display = shown({ visit: VISITS[moment as keyof typeof VISITS] })
    expect(DisplayState.parse(display)).toEqual(display)
    const words = texts(display)
    expect(words.filter((text) => UUID.test(text))).toEqual([])
    expect(words).not.toContain(STATE.cashier?.name)
    expect(JSON.stringify(display)).not.toMatch(/reason|operatorId|acquisitionId|redemptionId|medium|readerId/)
  })

  it('shows the basket, and what the cashier is about to take off it', () => {
    const { now, lines, total } = shown({ visit: OFFERS })
    expect(lines).toHaveLength(STATE.purchase.lines.length)
    expect(total).toBe(STATE.purchase.total)
    expect(now).toMatchObject({ stage: 'offers', totalDiscount: OFFERS.best[0]?.totalDiscount })
  })

  it('offers nothing of what the cashier has put together and cannot be', () => {
    const remaining = OFFERS.best[0]
    if (!remaining) throw new Error('there is a best')
    const visit = {
      ...OFFERS,
      selected: ['a', 'b'],
      selection: {
        status: 'refused' as const,
        reason: 'not_combinable',
        reasonGroup: 'customer' as const,
        params: {},
        failingAcquisitionId: null,
        bestRemaining: remaining,
      },
    }
    expect(shown({ visit }).now).toEqual({ stage: 'offers', coupons: [], totalDiscount: 0 })
  })

  it.each<[string, Partial<CounterState>]>([
    ['nobody is signed in', { cashier: null }],
    ['this counter is switched off', { connection: { ...STATE.connection, mode: 'revoked' } }],
    ['its files cannot be used', { closed: 'storage_failed' }],
    ['it is not enrolled', { enrolment: { status: 'needed', reason: null } }],
  ])('is closed, with nothing of a purchase, where %s', (_why, more) => {
    expect(shown({ ...more, visit: OFFERS })).toMatchObject({ now: { stage: 'closed' }, lines: [], total: 0 })
  })

  it('asks for the card again only where that can help', () => {
    const refused = (reason: string) =>
      shown({
        visit: { phase: 'refused', reason, reasonGroup: 'medium', params: {}, title: null, bestRemaining: null },
      }).now
    expect(refused('medium_unreadable')).toEqual({ stage: 'refused', again: true })
    expect(refused('medium_blocked')).toEqual({ stage: 'refused', again: false })
  })

  it('says that it is a training', () => {
    expect(shown({ training: true }).training).toBe(true)
  })
})
