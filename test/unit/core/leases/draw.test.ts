import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignDraws, type HeldLease, leaseRooms, mayBeSpent } from '../../../../core/leases/draw.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { acquisitionId, campaignId, campaignOf, held, inputOf, line, NOON } from '../shop.ts'

const lease = (number: number, more: Partial<HeldLease> = {}): HeldLease => ({
  leaseId: `lease-${number}`,
  campaignId: campaignId(1),
  usesLeft: 3,
  valueLeft: null,
  spendUntil: NOON + 1_000,
  ...more,
})
const used = (number: number, value = 100) => ({
  acquisitionId: acquisitionId(number),
  campaignId: campaignId(1),
  value,
})

describe('what a station may still spend', () => {
  it('ends when it is drawn, when its value is gone, and at spendUntil by the latest that it can be', () => {
    expect(mayBeSpent(lease(1), NOON)).toBe(true)
    expect(mayBeSpent(lease(1, { usesLeft: 0 }), NOON)).toBe(false)
    expect(mayBeSpent(lease(1, { valueLeft: 0 }), NOON)).toBe(false)
    expect(mayBeSpent(lease(1), NOON + 999)).toBe(true)
    expect(mayBeSpent(lease(1), NOON + 1_000)).toBe(false)
  })

  it('adds up over leases without a budget', () => {
    const rooms = leaseRooms([lease(1), lease(2, { usesLeft: 4 }), lease(3, { spendUntil: NOON })], NOON)
    expect(rooms).toEqual(new Map([[campaignId(1), { uses: 7, value: Number.POSITIVE_INFINITY }]]))
  })

  it('is the largest lease under a budget, because a line is never split', () => {
    const rooms = leaseRooms([lease(1, { valueLeft: 90 }), lease(2, { valueLeft: 120, usesLeft: 1 })], NOON)
    expect(rooms).toEqual(new Map([[campaignId(1), { uses: 1, value: 120 }]]))
  })

  it('goes first from what ends first', () => {
    const leases = [lease(1, { spendUntil: NOON + 9 }), lease(2, { spendUntil: NOON + 5, usesLeft: 1 })]
    expect(assignDraws(leases, [used(1), used(2)], NOON)).toEqual(
      new Map([
        [acquisitionId(1), 'lease-2'],
        [acquisitionId(2), 'lease-1'],
      ]),
    )
  })

  it('whatever is decided within the room finds a lease that covers it, and nothing is overdrawn', () => {
    const someLease = fc.record({
      usesLeft: fc.nat(4),
      spendUntil: fc.constantFrom(NOON, NOON + 1, NOON + 2),
      campaign: fc.constantFrom(1, 2),
      value: fc.nat(400),
    })
    const run = fc.record({
      leases: fc.array(someLease, { maxLength: 6 }),
      values: fc.array(fc.nat(200), { maxLength: 5 }),
    })
    fc.assert(
      fc.property(run, fc.boolean(), ({ leases: some, values }, underBudget) => {
        const leases = some.map(({ campaign, value, ...rest }, index) =>
          lease(index, { ...rest, campaignId: campaignId(campaign), valueLeft: underBudget ? value : null }),
        )
        const room = leaseRooms(leases, NOON).get(campaignId(1)) ?? { uses: 0, value: 0 }
        const lines: ReturnType<typeof used>[] = []
        let left = room.value
        for (const value of values) {
          if (lines.length >= room.uses || value > left) continue
          left -= value
          lines.push(used(lines.length, value))
        }
        const draws = assignDraws(leases, lines, NOON)
        expect(draws.size).toBe(lines.length)
        for (const { leaseId, campaignId: campaign, usesLeft, valueLeft } of leases) {
          const drawn = lines.filter((one) => draws.get(one.acquisitionId) === leaseId)
          expect(drawn.length).toBeLessThanOrEqual(usesLeft)
          if (drawn.length > 0) expect(campaign).toBe(campaignId(1))
          if (valueLeft !== null) {
            expect(drawn.reduce((sum, { value }) => sum + value, 0)).toBeLessThanOrEqual(valueLeft)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('qualification offline', () => {
  const NOTHING_USED = { campaign: null, holderUses: 0, holderPeriodUses: 0 }
  const reasons = (limits: object, room?: { uses: number; value: number }, coupons = 1) => {
    const campaign = campaignOf(1, { limits: { acquisitionUses: 1, holderAcquisitions: 9, ...limits } })
    const usage = room ? { ...NOTHING_USED, lease: room } : NOTHING_USED
    const { usable, unusable, best } = qualify({
      ...inputOf({
        campaigns: [campaign],
        acquisitions: Array.from({ length: coupons }, (_, n) => held(n, { campaignId: campaignId(1) })),
        items: [line('1', 5_000)],
        usage: [[campaignId(1), usage]],
      }),
      offline: true,
    })
    return unusable[0]?.reason ?? `${usable.length} usable, ${best.lines.length} together`
  }

  it('draws from the lease where one covers it, else says lease_exhausted', () => {
    expect(reasons({ campaignUses: 9 })).toBe('lease_exhausted')
    expect(reasons({ campaignUses: 9 }, { uses: 1, value: Number.POSITIVE_INFINITY })).toBe('1 usable, 1 together')
    expect(reasons({ campaignUses: 9 }, { uses: 0, value: Number.POSITIVE_INFINITY })).toBe('lease_exhausted')
    expect(reasons({ campaignValue: 900 }, { uses: 1, value: 100 })).toBe('1 usable, 1 together')
    expect(reasons({ campaignValue: 900 }, { uses: 1, value: 99 })).toBe('lease_exhausted')
    expect(reasons({ campaignValue: 900 }, { uses: 0, value: 900 })).toBe('lease_exhausted')
  })

  it('combines no more coupons than the lease has uses and value for', () => {
    expect(reasons({ campaignUses: 9 }, { uses: 2, value: Number.POSITIVE_INFINITY }, 4)).toBe('4 usable, 2 together')
    expect(reasons({ campaignValue: 900 }, { uses: 4, value: 350 }, 4)).toBe('4 usable, 3 together')
  })

  it('asks for no lease where the campaign as a whole is not limited', () => {
    expect(reasons({ holderUses: 5 })).toBe('1 usable, 1 together')
  })
})
