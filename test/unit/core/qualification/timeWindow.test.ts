import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Condition } from '../../../../core/campaigns/rules.ts'
import { timeRefusal } from '../../../../core/qualification/conditions.ts'
import { localMoment } from '../../../../core/qualification/localMoment.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { localStretches, timeRefusalWithin } from '../../../../core/qualification/timeWindow.ts'
import { offlineWindow } from '../../../../core/redemption/offlineWindow.ts'
import { campaignId, campaignOf, held, inputOf, NOON, purchase, rulesOf, type Scene, TOKYO } from '../shop.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const at = (iso: string) => Date.parse(iso)

/** How the only coupon fares when now lies somewhere between. */
const between = (earliest: number, latest: number, more: Partial<Scene>): string => {
  const input = inputOf({ campaigns: [campaignOf(1)], ...more })
  const { usable, unusable } = qualify({ ...input, now: earliest, window: { earliest, latest } })
  return usable.length === 1 ? 'usable' : (unusable[0]?.reason ?? 'nothing')
}

describe('a coupon while the clock cannot be trusted', () => {
  // The shop's coupons are valid from 2026-11-01 to 2026-12-01, UTC.
  const [start, end] = [at('2026-11-01T00:00:00Z'), at('2026-12-01T00:00:00Z')]

  it('is given when it is valid at both ends, and refused by its own name when at neither', () => {
    expect(between(start, end - 1, {})).toBe('usable')
    expect(between(start - 2 * DAY, start - 1, {})).toBe('not_yet_valid')
    expect(between(end, end + DAY, {})).toBe('expired')
  })

  it('is refused for the clock when only one end, or only the middle, would do', () => {
    expect(between(start - 1, start + DAY, {})).toBe('clock_untrusted')
    expect(between(end - DAY, end, {})).toBe('clock_untrusted')
    expect(between(start - DAY, end + DAY, {})).toBe('clock_untrusted')
  })

  it('its own end counts like the campaign’s', () => {
    const acquisitions = [held(1, { expiresAt: NOON })]
    expect(between(NOON - DAY, NOON - 1, { acquisitions })).toBe('usable')
    expect(between(NOON - DAY, NOON, { acquisitions })).toBe('clock_untrusted')
  })

  it('what no time would mend keeps its name', () => {
    const spent = [held(1, { usesLeft: 0 })]
    expect(between(NOON - DAY, NOON + DAY, { acquisitions: spent })).toBe('already_used')
    expect(between(start - DAY, end + DAY, { campaigns: [campaignOf(1, {}, 'suspended')] })).toBe('suspended')
  })

  it('hours that are left and come again within the window are seen', () => {
    const campaigns = [campaignOf(1, { conditions: [{ kind: 'hours', from: '10:00', until: '20:00' }] })]
    const eleven = at('2026-11-20T11:00:00+09:00')
    expect(between(eleven, eleven + 8 * HOUR, { campaigns })).toBe('usable')
    expect(between(eleven, eleven + DAY, { campaigns })).toBe('clock_untrusted')
    expect(between(eleven + 10 * HOUR, eleven + 12 * HOUR, { campaigns })).toBe('wrong_time')
  })

  it('a limit per day is certain only when every day that now may be in has room', () => {
    const campaigns = [campaignOf(1, { limits: { holderPeriod: { period: 'day', uses: 1 } } })]
    const usage = (holderPeriodUses: number, holderPeriodUsesLeast: number) => ({
      campaigns,
      usage: [
        [campaignId(1), { campaign: null, holderUses: 9, holderPeriodUses, holderPeriodUsesLeast }],
      ] satisfies Scene['usage'],
    })
    expect(between(NOON, NOON + DAY, usage(0, 0))).toBe('usable')
    expect(between(NOON, NOON + DAY, usage(1, 0))).toBe('clock_untrusted')
    expect(between(NOON, NOON + DAY, usage(1, 1))).toBe('holder_limit_reached')
  })
})

describe('hours and weekdays within a window', () => {
  const time = fc.nat({ max: 1_439 }).map((minute) => new Date(minute * MINUTE).toISOString().slice(11, 16))
  const condition: fc.Arbitrary<z.input<typeof Condition>> = fc.oneof(
    fc.record({ kind: fc.constant('hours' as const), from: time, until: fc.oneof(time, fc.constant('24:00')) }),
    fc.record({
      kind: fc.constant('weekdays' as const),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    }),
  )

  it('are judged as if every minute of it had been looked at, over changes of the clocks too', {
    timeout: 60_000,
  }, () => {
    const zone = fc.constantFrom(
      { timeZone: 'Asia/Tokyo', start: '2026-11-20T00:00:00Z' },
      // 2026-03-29: 02:00 becomes 03:00. 2026-10-25: 03:00 becomes 02:00.
      { timeZone: 'Europe/Berlin', start: '2026-03-28T12:00:00Z' },
      { timeZone: 'Europe/Berlin', start: '2026-10-24T12:00:00Z' },
      // Half an hour only.
      { timeZone: 'Australia/Lord_Howe', start: '2026-04-03T12:00:00Z' },
      { timeZone: 'America/New_York', start: '2026-10-31T12:00:00Z' },
    )
    fc.assert(
      fc.property(
        zone,
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 23 }),
        fc.nat({ max: 24 * 60 }),
        fc.oneof(fc.nat({ max: 180 }), fc.nat({ max: 2 * 24 * 60 })),
        ({ timeZone, start }, conditions, businessDayStartHour, afterMinutes, minutes) => {
          const rules = rulesOf({ conditions })
          const objective = purchase([], { store: { ...TOKYO, timeZone, businessDayStartHour } })
          const earliest = at(start) + afterMinutes * MINUTE
          const answers = new Set<string | null>()
          for (let minute = 0; minute <= minutes; minute++) {
            const moment = localMoment(earliest + minute * MINUTE, timeZone)
            answers.add(timeRefusal(rules, objective, moment)?.reason ?? null)
          }
          const window = { earliest, latest: earliest + minutes * MINUTE }
          const within = timeRefusalWithin(rules, objective, localStretches(window, timeZone))
          expect(within?.reason ?? null).toBe(answers.size > 1 ? 'clock_untrusted' : [...answers][0])
        },
      ),
      { numRuns: 80 },
    )
  })

  it('after a week and a day nothing new can come: a window of years is judged as quickly', () => {
    const [stretch] = localStretches({ earliest: NOON, latest: NOON + 3_650 * DAY }, 'Asia/Tokyo')
    expect((stretch?.until ?? 0) - (stretch?.from ?? 0)).toBe(8 * 1_440)
  })
})

describe('the window that a station decides in', () => {
  const standing = {
    replicaAsOf: NOON - HOUR,
    caps: { maxStoredCount: 1, maxStoredValue: 1, maxReplicaAgeHours: 72 },
  }
  const limit = NOON - HOUR + 72 * HOUR

  it('is none while the clock is exact, and what the anchor’s age makes of it later', () => {
    const exact = { now: NOON, earliest: NOON - 200, latest: NOON + 200, doubt: null }
    expect(offlineWindow(exact, standing)).toBeUndefined()
    const aged = { now: NOON, earliest: NOON - 40_000, latest: NOON + 40_000, doubt: null }
    expect(offlineWindow(aged, standing)).toEqual({ earliest: NOON - 40_000, latest: NOON + 40_000 })
  })

  it('ends where the copy would be too old for anything', () => {
    const reading = { now: NOON, earliest: NOON - HOUR, latest: NOON + 26 * HOUR, doubt: 'restarted' as const }
    expect(offlineWindow(reading, standing)).toEqual({ earliest: NOON - HOUR, latest: NOON + 26 * HOUR })
    expect(offlineWindow({ ...reading, latest: null }, standing)).toEqual({ earliest: NOON - HOUR, latest: limit })
    const late = { ...reading, now: NOON + 60 * HOUR, latest: NOON + 86 * HOUR }
    expect(offlineWindow(late, standing)?.latest).toBe(limit)
    const tooLate = { ...reading, now: limit + HOUR, latest: limit + 27 * HOUR }
    expect(offlineWindow(tooLate, standing)?.latest).toBe(limit + HOUR)
  })
})
