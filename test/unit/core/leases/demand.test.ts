import { describe, expect, it } from 'vitest'
import { MOST_LEASE_USES } from '../../../../core/contract/leases.ts'
import {
  hourOf,
  LEAST_WANTED_USES,
  needsLease,
  REFILL_HORIZON_HOURS,
  wantedLease,
} from '../../../../core/leases/demand.ts'
import { NO_ROOM } from '../../../../core/leases/draw.ts'
import { NOON, rulesOf } from '../shop.ts'

const limited = rulesOf({ limits: { campaignUses: 10_000 } })
const budget = rulesOf({ limits: { campaignValue: 1_000_000 } })
const hours = (...uses: number[]) =>
  uses.map((count, ago) => ({ hour: hourOf(NOON) - ago, uses: count, value: count * 80 }))
const room = (uses: number, value = Number.POSITIVE_INFINITY) => ({ uses, value })

describe('what a station wants to be lent', () => {
  it('without a history: enough for the first customers', () => {
    expect(wantedLease(limited, NO_ROOM, [], NOON)).toEqual({ wantUses: LEAST_WANTED_USES })
  })

  it('its rate over the refill horizon: of the last hours when it is busy, of the day when it is not', () => {
    expect(wantedLease(limited, NO_ROOM, hours(10, 20), NOON)).toEqual({ wantUses: 30 * REFILL_HORIZON_HOURS })
    expect(wantedLease(limited, NO_ROOM, hours(0, 0, 24, 24), NOON)).toEqual({ wantUses: 2 * REFILL_HORIZON_HOURS })
    expect(wantedLease(limited, NO_ROOM, [{ hour: hourOf(NOON) - 24, uses: 500, value: 0 }], NOON)).toEqual({
      wantUses: LEAST_WANTED_USES,
    })
  })

  it('never more than a lease carries', () => {
    expect(wantedLease(limited, NO_ROOM, hours(100_000), NOON)).toEqual({ wantUses: MOST_LEASE_USES })
  })

  it('nothing while more than half is left, then what is missing', () => {
    const recent = hours(10)
    const target = 10 * REFILL_HORIZON_HOURS
    expect(wantedLease(limited, room(target / 2 + 1), recent, NOON)).toBeNull()
    expect(wantedLease(limited, room(target / 2), recent, NOON)).toEqual({ wantUses: target / 2 })
  })

  it('under a budget the value too: the mean discount of the day, else what the benefit says', () => {
    expect(wantedLease(budget, NO_ROOM, hours(10), NOON)).toEqual({ wantUses: 80, wantValue: 80 * 80 })
    expect(wantedLease(budget, NO_ROOM, [], NOON)).toEqual({ wantUses: 5, wantValue: 500 })
    expect(wantedLease(budget, room(80, 80 * 40), hours(10), NOON)).toEqual({ wantUses: 1, wantValue: 80 * 40 })
    expect(wantedLease(budget, room(80, 80 * 40 + 1), hours(10), NOON)).toBeNull()
  })

  it('leaves the value to the server where nobody knows what a use takes off', () => {
    const rules = rulesOf({ ...budget, benefit: { kind: 'free_item', items: { gtins: [], categories: [] } } })
    expect(wantedLease(rules, NO_ROOM, [], NOON)).toEqual({ wantUses: LEAST_WANTED_USES })
    expect(wantedLease(rules, room(5, 1), [], NOON)).toBeNull()
  })

  it('is asked for campaigns that are limited as a whole and may be used offline', () => {
    expect(needsLease(limited)).toBe(true)
    expect(needsLease(budget)).toBe(true)
    expect(needsLease(rulesOf({ limits: { holderUses: 1 } }))).toBe(false)
    expect(needsLease(rulesOf({ limits: { campaignUses: 9 }, offline: { mode: 'require_online' } }))).toBe(false)
  })
})
