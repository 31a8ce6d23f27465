import { describe, expect, it } from 'vitest'
import type { TerminalVisit } from '../../../core/counter/registration.ts'
import { momentOf, soundFor } from '../../../renderer/registration/announce.ts'

const menu = (changes: Partial<Extract<TerminalVisit, { phase: 'menu' }>> = {}): TerminalVisit => ({
  phase: 'menu',
  known: true,
  held: [],
  takeable: [],
  taking: null,
  outcome: null,
  phone: null,
  staffCode: null,
  resetAt: 0,
  ...changes,
})
const taken = (nth: number) => ({ result: 'taken', title: 'A', titles: {}, nth }) as const

describe('the moments of a visit', () => {
  it('the same coupon taken twice is two moments, a countdown is none', () => {
    expect(momentOf(menu({ outcome: taken(1) }))).not.toBe(momentOf(menu({ outcome: taken(2) })))
    expect(momentOf(menu({ resetAt: 1 }))).toBe(momentOf(menu({ resetAt: 2 })))
  })

  it('what was taken and what was refused are heard, looking at a list is not', () => {
    expect(soundFor(menu({ outcome: taken(1) }))).toBe('approved')
    expect(soundFor(menu())).toBeNull()
    const refused = { reason: 'medium_blocked', reasonGroup: 'medium', params: {} } as const
    expect(soundFor({ phase: 'refused', refused, help: 'none', staffCode: null, resetAt: null })).toBe('refused')
    expect(soundFor({ phase: 'reading' })).toBe('tap')
  })
})
