import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Condition } from '../../../../core/campaigns/rules.ts'
import { Store } from '../../../../core/objective.ts'
import { localMoment } from '../../../../core/qualification/localMoment.ts'
import { periodKey } from '../../../../core/qualification/periods.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { campaignOf, inputOf, TOKYO } from '../shop.ts'

const at = (iso: string) => Date.parse(iso)
const store = (timeZone: string, businessDayStartHour = 0) => ({ ...TOKYO, timeZone, businessDayStartHour })

describe('periodKey', () => {
  it('names the business day, which starts at the store’s cut-off hour', () => {
    expect(periodKey('day', at('2026-11-22T04:59:59+09:00'), TOKYO)).toBe('2026-11-21')
    expect(periodKey('day', at('2026-11-22T05:00:00+09:00'), TOKYO)).toBe('2026-11-22')
    expect(periodKey('month', at('2026-12-01T04:59:00+09:00'), TOKYO)).toBe('2026-11')
    expect(periodKey('month', at('2026-12-01T05:00:00+09:00'), TOKYO)).toBe('2026-12')
  })

  it('names ISO weeks, Monday to Sunday, by the year of their Thursday', () => {
    const utc = store('UTC')
    expect(periodKey('week', at('2026-11-22T12:00:00Z'), utc)).toBe('2026-W47')
    expect(periodKey('week', at('2026-11-23T00:00:00Z'), utc)).toBe('2026-W48')
    expect(periodKey('week', at('2027-01-03T12:00:00Z'), utc)).toBe('2026-W53')
    expect(periodKey('week', at('2024-12-30T12:00:00Z'), utc)).toBe('2025-W01')
    expect(periodKey('week', at('2023-01-01T12:00:00Z'), utc)).toBe('2022-W52')
  })

  it('uses the store’s zone, summer time included', () => {
    expect(periodKey('day', at('2026-07-01T03:30:00Z'), store('America/New_York'))).toBe('2026-06-30')
    expect(periodKey('day', at('2026-07-01T04:30:00Z'), store('America/New_York'))).toBe('2026-07-01')
    expect(periodKey('day', at('2026-01-01T04:30:00Z'), store('America/New_York'))).toBe('2025-12-31')
    expect(periodKey('day', at('2026-03-29T00:30:00Z'), store('Asia/Kathmandu'))).toBe('2026-03-29')
  })

  it('never goes back as time goes on', () => {
    const zones = fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu')
    const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') })
    fc.assert(
      fc.property(
        zones,
        fc.nat({ max: 23 }),
        instant,
        fc.nat({ max: 10 * 86_400_000 }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const),
        (timeZone, hour, now, later, period) => {
          const zone = store(timeZone, hour)
          expect(periodKey(period, now, zone) <= periodKey(period, now + later, zone)).toBe(true)
        },
      ),
    )
  })

  it('a business day is one day, though the clocks are changed in it', () => {
    const berlin = store('Europe/Berlin', 2)
    // 2026-10-25: 03:00 becomes 02:00, so its business day has 25 hours; 2026-03-29: 02:00 becomes 03:00, 23 hours.
    for (const [from, until, day] of [
      ['2026-10-25T00:00:00Z', '2026-10-26T00:59:59Z', '2026-10-25'],
      ['2026-03-29T01:00:00Z', '2026-03-29T23:59:59Z', '2026-03-29'],
    ] as const) {
      expect(periodKey('day', at(from) - 1_000, berlin)).not.toBe(day)
      expect(periodKey('day', at(from), berlin)).toBe(day)
      expect(periodKey('day', at(until), berlin)).toBe(day)
      expect(periodKey('day', at(until) + 1_000, berlin)).not.toBe(day)
    }
  })

  it('the zone that the machine is set to plays no part', () => {
    const before = process.env.TZ
    try {
      const keys = ['America/New_York', 'Pacific/Kiritimati', 'UTC'].map((zone) => {
        process.env.TZ = zone
        return [new Date(2026, 0, 1).getTime(), periodKey('day', at('2026-11-22T04:59:00+09:00'), TOKYO)] as const
      })
      expect(new Set(keys.map(([machine]) => machine)).size).toBe(3)
      expect(keys.map(([, key]) => key)).toEqual(['2026-11-21', '2026-11-21', '2026-11-21'])
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })

  it('has no day for a name that is no time zone', () => {
    expect(() => localMoment(0, 'Mars/Olympus')).toThrow(RangeError)
    expect(Store.safeParse(store('Mars/Olympus')).success).toBe(false)
    expect(Store.safeParse(store('Asia/Tokyo')).success).toBe(true)
  })
})

describe('hours and weekdays', () => {
  const usable = (local: string, ...conditions: z.input<typeof Condition>[]) =>
    qualify(inputOf({ campaigns: [campaignOf(1, { conditions })], now: at(`${local}+09:00`) })).usable.length === 1

  const hours = (from: string, until: string) => ({ kind: 'hours' as const, from, until })
  const weekdays = (...days: number[]) => ({ kind: 'weekdays' as const, weekdays: days })

  it('`from` is in, `until` is out', () => {
    expect(usable('2026-11-20T10:59:59', hours('11:00', '14:00'))).toBe(false)
    expect(usable('2026-11-20T11:00:00', hours('11:00', '14:00'))).toBe(true)
    expect(usable('2026-11-20T13:59:59', hours('11:00', '14:00'))).toBe(true)
    expect(usable('2026-11-20T14:00:00', hours('11:00', '14:00'))).toBe(false)
    expect(usable('2026-11-20T23:59:59', hours('18:00', '24:00'))).toBe(true)
  })

  it('`until` not after `from` crosses midnight', () => {
    expect(usable('2026-11-20T22:00:00', hours('22:00', '02:00'))).toBe(true)
    expect(usable('2026-11-21T01:59:59', hours('22:00', '02:00'))).toBe(true)
    expect(usable('2026-11-21T02:00:00', hours('22:00', '02:00'))).toBe(false)
    expect(usable('2026-11-20T12:00:00', hours('22:00', '02:00'))).toBe(false)
    expect(usable('2026-11-20T04:00:00', hours('09:00', '09:00'))).toBe(true)
  })

  it('weekdays are the store’s, not UTC’s', () => {
    expect(usable('2026-11-23T08:00:00', weekdays(1))).toBe(true)
    expect(usable('2026-11-22T23:00:00', weekdays(7))).toBe(true)
  })

  it('after midnight a night still belongs to the day on which it began', () => {
    expect(usable('2026-11-21T01:00:00', weekdays(5), hours('22:00', '02:00'))).toBe(true)
    expect(usable('2026-11-21T01:00:00', weekdays(6), hours('22:00', '02:00'))).toBe(false)
    expect(usable('2026-11-21T22:30:00', weekdays(6), hours('22:00', '02:00'))).toBe(true)
    expect(usable('2026-11-21T04:59:00', weekdays(5))).toBe(true)
    expect(usable('2026-11-21T05:00:00', weekdays(5))).toBe(false)
  })
})
