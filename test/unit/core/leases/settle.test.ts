import { describe, expect, it } from 'vitest'
import { type EventLine, type OutstandingLease, type SettleInput, settle } from '../../../../core/redemption/settle.ts'
import { acquisitionId, campaignId, campaignOf, held, NOON } from '../shop.ts'

const shown = (number: number, total: number, leaseId?: string): EventLine => ({
  acquisitionId: acquisitionId(number),
  discount: { total, allocations: [{ lineId: 'a', amount: total }] },
  leaseId,
})

describe('settling what was drawn from a lease', () => {
  const limited = campaignOf(1, { limits: { campaignUses: 5, campaignValue: 500 } })
  const owned = [held(1), held(2, { campaignId: campaignId(1) })]
  // Lent counts as used until it is drawn or returned.
  const full = { campaign: { uses: 5, value: 500 }, holderUses: 0, holderPeriodUses: 0 }
  const lease = (more: Partial<OutstandingLease> = {}): OutstandingLease => ({
    campaignId: campaignId(1),
    usesLeft: 5,
    valueLeft: 500,
    spendUntil: NOON + 1,
    ...more,
  })
  const settled = (lines: EventLine[], leases: Record<string, OutstandingLease>, more: Partial<SettleInput> = {}) =>
    settle({
      lines,
      online: null,
      acquisitions: new Map(owned.map((acquisition) => [acquisition.acquisitionId, acquisition])),
      campaigns: new Map([[campaignId(1), limited]]),
      usage: new Map([[campaignId(1), full]]),
      decidedAt: NOON,
      leases: new Map(Object.entries(leases)),
      ...more,
    }).lines.map((line) =>
      line.outcome === 'forced' ? `${line.outcome} ${line.reason} ${line.takesUse}` : line.outcome,
    )

  it('applies what the lease covers, though the pool is empty', () => {
    expect(settled([shown(1, 100, 'L')], { L: lease() })).toEqual(['apply'])
    expect(settled([shown(1, 100)], { L: lease() })).toEqual(['forced campaign_limit_reached true'])
  })

  it('forces what names a lease that is unknown, spent, over or of another campaign', () => {
    const one = (leases: Record<string, OutstandingLease>) => settled([shown(1, 100, 'L')], leases)[0]
    expect(one({})).toBe('forced lease_exhausted true')
    expect(one({ L: lease({ usesLeft: 0 }) })).toBe('forced lease_exhausted true')
    expect(one({ L: lease({ valueLeft: 99 }) })).toBe('forced lease_exhausted true')
    expect(one({ L: lease({ valueLeft: 100 }) })).toBe('apply')
    expect(one({ L: lease({ valueLeft: null }) })).toBe('apply')
    expect(one({ L: lease({ spendUntil: NOON }) })).toBe('forced lease_exhausted true')
    expect(one({ L: lease({ campaignId: campaignId(2) }) })).toBe('forced lease_exhausted true')
  })

  it('draws the lines of one event one after another, and only those that apply', () => {
    const both = [shown(1, 100, 'L'), shown(2, 100, 'L')]
    expect(settled(both, { L: lease({ usesLeft: 1 }) })).toEqual(['apply', 'forced lease_exhausted true'])
    const refusals = new Map([[acquisitionId(1), 'medium_blocked' as const]])
    expect(settled(both, { L: lease({ usesLeft: 1 }) }, { refusals })).toEqual(['forced medium_blocked true', 'apply'])
  })

  it('leaves the pool as it was for a line that draws none', () => {
    const room = { campaign: { uses: 4, value: 0 }, holderUses: 0, holderPeriodUses: 0 }
    const usage = new Map([[campaignId(1), room]])
    expect(settled([shown(1, 100, 'L'), shown(2, 100)], { L: lease() }, { usage })).toEqual(['apply', 'apply'])
  })

  it('does not excuse the limits of the holder', () => {
    const campaign = campaignOf(1, { limits: { campaignUses: 5, holderUses: 1 } })
    const usage = new Map([[campaignId(1), { ...full, holderUses: 1 }]])
    expect(
      settled([shown(1, 100, 'L')], { L: lease() }, { campaigns: new Map([[campaignId(1), campaign]]), usage }),
    ).toEqual(['forced holder_limit_reached true'])
  })
})
