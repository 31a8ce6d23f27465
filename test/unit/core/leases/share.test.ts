import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Limits } from '../../../../core/campaigns/rules.ts'
import { type LendInput, leaseShare } from '../../../../core/leases/share.ts'
import { rulesOf } from '../shop.ts'

const NONE = { uses: 0, value: 0 }
const lend = (limits: Partial<Limits>, more: Partial<LendInput> = {}) =>
  leaseShare({
    limits: rulesOf({ limits }).limits,
    counted: NONE,
    lent: NONE,
    heldHere: NONE,
    stations: 2,
    want: { wantUses: 5 },
    ...more,
  })

describe('how much the server lends', () => {
  it('a fair share: one part for each station, one for those that are online', () => {
    expect(lend({ campaignUses: 10 })).toEqual({ uses: 3, value: null })
    expect(lend({ campaignUses: 10 }, { lent: { uses: 3, value: 0 } })).toEqual({ uses: 3, value: null })
    expect(lend({ campaignUses: 10 }, { counted: { uses: 4, value: 0 } })).toEqual({ uses: 2, value: null })
  })

  it('no more than is wanted, and no more to one that holds its share', () => {
    expect(lend({ campaignUses: 1_000 })).toEqual({ uses: 5, value: null })
    const two = { uses: 2, value: 0 }
    expect(lend({ campaignUses: 10 }, { lent: two, heldHere: two })).toEqual({ uses: 1, value: null })
    const three = { uses: 3, value: 0 }
    expect(lend({ campaignUses: 10 }, { lent: three, heldHere: three }).uses).toBe(0)
  })

  it('of a small remainder one, and never the last', () => {
    expect(lend({ campaignUses: 10 }, { stations: 50 }).uses).toBe(1)
    expect(lend({ campaignUses: 10 }, { stations: 50, counted: { uses: 8, value: 0 } }).uses).toBe(1)
    expect(lend({ campaignUses: 10 }, { stations: 50, counted: { uses: 9, value: 0 } }).uses).toBe(0)
  })

  it('nothing where nothing is left', () => {
    expect(lend({ campaignUses: 10 }, { counted: { uses: 10, value: 0 } }).uses).toBe(0)
    expect(lend({ campaignUses: 10 }, { counted: { uses: 8, value: 0 }, lent: { uses: 9, value: 0 } }).uses).toBe(0)
  })

  it('under a budget the value that fits the uses', () => {
    const want = { wantUses: 5, wantValue: 500 }
    expect(lend({ campaignValue: 9_000 }, { want })).toEqual({ uses: 5, value: 500 })
    expect(lend({ campaignValue: 900 }, { want })).toEqual({ uses: 3, value: 300 })
    expect(lend({ campaignValue: 9_000, campaignUses: 6 }, { want })).toEqual({ uses: 2, value: 200 })
    // 99 would not cover one discount of 100.
    expect(lend({ campaignValue: 299 }, { want }).uses).toBe(0)
    expect(lend({ campaignValue: 900 })).toEqual({ uses: 5, value: 300 })
  })

  it('whatever is asked, in whatever order: within the wish, never below zero, never beyond the limits', () => {
    const ask = fc.record({
      station: fc.nat(3),
      wantUses: fc.integer({ min: 1, max: 50 }),
      wantValue: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
    })
    const limits = fc.record(
      { campaignUses: fc.integer({ min: 1, max: 60 }), campaignValue: fc.integer({ min: 1, max: 6_000 }) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(limits, fc.array(ask, { maxLength: 30 }), fc.nat(60), (limited, asks, counted) => {
        const { campaignUses = Number.POSITIVE_INFINITY, campaignValue = Number.POSITIVE_INFINITY } = limited
        const used = { uses: Math.min(counted, campaignUses), value: Math.min(counted * 100, campaignValue) }
        const held = [0, 1, 2, 3].map(() => ({ uses: 0, value: 0 }))
        const lent = { uses: 0, value: 0 }
        for (const { station, wantUses, wantValue } of asks) {
          const heldHere = held[station]!
          const want = wantValue === undefined ? { wantUses } : { wantUses, wantValue }
          const given = lend(limited, {
            counted: used,
            lent: { ...lent },
            heldHere: { ...heldHere },
            stations: 4,
            want,
          })
          expect(given.uses).toBeGreaterThanOrEqual(0)
          expect(given.uses).toBeLessThanOrEqual(wantUses)
          if (given.uses > 0) expect(given.value !== null).toBe(limited.campaignValue !== undefined)
          if (given.value !== null) expect(given.value).toBeGreaterThan(0)
          for (const book of [lent, heldHere]) {
            book.uses += given.uses
            book.value += given.value ?? 0
          }
          expect(used.uses + lent.uses).toBeLessThanOrEqual(campaignUses)
          expect(used.value + lent.value).toBeLessThanOrEqual(campaignValue)
        }
      }),
      { numRuns: 500 },
    )
  })
})
