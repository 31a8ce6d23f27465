import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RedemptionDecided } from '../../../../core/contract/redemptions.ts'
import { SearchResponse } from '../../../../core/contract/search.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { decideRedemption } from '../../../../core/redemption/decide.ts'
import { toSearchResponse, toWireDecision } from '../../../../core/redemption/wire.ts'
import { acquisitionId, campaignId, campaignOf, held, inputOf, line, NOON } from '../shop.ts'
import { wallet } from '../wallets.ts'

const named = (...numbers: number[]) => ({ acquisitionIds: numbers.map(acquisitionId) })

describe('deciding named coupons', () => {
  const hundred = campaignOf(1)
  const tenPercent = campaignOf(2, { benefit: { kind: 'percent_off', basisPoints: 1_000 } })
  const exclusive = campaignOf(3, { benefit: { kind: 'amount_off', amount: 50 }, stacking: { mode: 'exclusive' } })
  const expensive = campaignOf(4, { conditions: [{ kind: 'min_spend', amount: 5_000 }] })
  const input = inputOf({ campaigns: [hundred, tenPercent, exclusive, expensive] })

  it('approves them together, in the order in which they are applied', () => {
    expect(decideRedemption(input, named(1, 2))).toMatchObject({
      status: 'approved',
      totalDiscount: 200,
      lines: [
        { acquisitionId: acquisitionId(2), campaignVersion: 1, discount: { total: 100 } },
        { acquisitionId: acquisitionId(1), discount: { total: 100 } },
      ],
    })
  })

  it('is all or nothing: names the failing one, and what of the others still works', () => {
    expect(decideRedemption(input, named(2, 4, 1))).toMatchObject({
      status: 'refused',
      reason: 'min_spend_not_met',
      params: { missing: 4_000 },
      failingAcquisitionId: acquisitionId(4),
      bestRemaining: { totalDiscount: 200, lines: [{}, {}] },
    })
  })

  it('refuses one that the holder does not have', () => {
    expect(decideRedemption(input, named(1, 77))).toMatchObject({
      reason: 'not_held',
      failingAcquisitionId: acquisitionId(77),
      bestRemaining: { totalDiscount: 100 },
    })
  })

  it('refuses the first that cannot join those before it', () => {
    expect(decideRedemption(input, named(1, 3))).toMatchObject({
      reason: 'not_combinable',
      failingAcquisitionId: acquisitionId(3),
      bestRemaining: { totalDiscount: 100, lines: [{ acquisitionId: acquisitionId(1) }] },
    })
    expect(decideRedemption(input, named(3))).toMatchObject({ status: 'approved', totalDiscount: 50 })
  })

  it('never burns a coupon for nothing', () => {
    const all = campaignOf(5, { benefit: { kind: 'percent_off', basisPoints: 10_000 } })
    const greedy = inputOf({ campaigns: [hundred, all], acquisitions: [held(1), held(5)] })
    expect(decideRedemption(greedy, named(5, 1))).toMatchObject({
      reason: 'not_combinable',
      params: { nothingLeft: true },
      failingAcquisitionId: acquisitionId(1),
    })
    expect(decideRedemption(greedy, 'best')).toMatchObject({ totalDiscount: 1_000, lines: [{}] })
  })

  it('keeps a campaign’s limits over the whole stack', () => {
    const two = [held(1), held(9, { campaignId: campaignId(1) })]
    const reason = (limits: object, offline = false) => {
      const one = campaignOf(1, { limits, offline: { maxValue: 150 } })
      const decision = decideRedemption({ ...inputOf({ campaigns: [one], acquisitions: two }), offline }, named(1, 9))
      return decision.status === 'refused' ? decision.reason : decision.totalDiscount
    }
    expect(reason({})).toBe(200)
    expect(reason({ holderUses: 1 })).toBe('holder_limit_reached')
    expect(reason({ campaignUses: 1 })).toBe('campaign_limit_reached')
    expect(reason({ campaignValue: 199 })).toBe('campaign_limit_reached')
    expect(reason({}, true)).toBe('offline_limit_reached')
  })

  it('refuses a coupon named twice and more than five', () => {
    expect(decideRedemption(input, named(1, 1))).toMatchObject({ reason: 'invalid_request' })
    const six = inputOf({
      campaigns: [1, 2, 3, 4, 5, 6].map((number) => campaignOf(number)),
      items: [line('a', 10_000)],
    })
    expect(decideRedemption(six, named(1, 2, 3, 4, 5, 6))).toMatchObject({
      reason: 'not_combinable',
      failingAcquisitionId: acquisitionId(6),
    })
  })

  it('refuses another result than the one that was shown, with a fresh search, and consumes nothing', () => {
    expect(decideRedemption(input, named(1, 2), 200)).toMatchObject({ status: 'approved' })
    const decision = decideRedemption(input, named(1, 2), 210)
    expect(decision).toMatchObject({ reason: 'offer_changed', params: { expected: 210, now: 200 } })
    expect(decision).toMatchObject({ failingAcquisitionId: null, fresh: { usable: [{}, {}, {}] } })
  })
})

describe('deciding the best', () => {
  it('gives what the search promised, for any wallet', () => {
    fc.assert(
      fc.property(wallet({ even: false }), (input) => {
        const { best } = qualify(input)
        const decision = decideRedemption(input, 'best')
        if (best.lines.length === 0) {
          expect(decision.status).toBe('refused')
          return
        }
        expect(decision).toEqual({ status: 'approved', lines: best.lines, totalDiscount: best.totalDiscount })
        const acquisitionIds = best.lines.map((each) => each.acquisitionId)
        expect(decideRedemption(input, { acquisitionIds }, best.totalDiscount)).toEqual(decision)
      }),
    )
  })

  it('approves named coupons alike, whatever else the holder has, for any wallet', () => {
    fc.assert(
      fc.property(wallet(), fc.nat(), (input, pick) => {
        const ids = input.acquisitions.map((one) => one.acquisitionId).filter((_, at) => (pick >> at) & 1)
        fc.pre(ids.length > 0)
        const alone = input.acquisitions.filter((one) => ids.includes(one.acquisitionId))
        const decided = decideRedemption(input, { acquisitionIds: ids })
        const decidedAlone = decideRedemption({ ...input, acquisitions: alone }, { acquisitionIds: ids })
        expect(decided.status).toBe(decidedAlone.status)
        if (decided.status === 'approved') expect(decided).toEqual(decidedAlone)
        // A result that nobody can expect makes it explain itself with all that is held.
        const unexpected = decideRedemption(input, { acquisitionIds: ids }, 999_999_999)
        if (decided.status === 'approved') {
          expect(unexpected).toMatchObject({ reason: 'offer_changed', params: { now: decided.totalDiscount } })
        }
      }),
    )
  })

  it('with nothing usable gives the reason that is nearest to usable', () => {
    const campaigns = [
      campaignOf(1, { validUntil: '2026-11-10T00:00:00Z' }),
      campaignOf(2, { conditions: [{ kind: 'min_spend', amount: 1_300 }] }),
      campaignOf(3, { conditions: [{ kind: 'stores', storeIds: ['osaka-1'] }] }),
    ]
    expect(decideRedemption(inputOf({ campaigns }), 'best')).toMatchObject({
      status: 'refused',
      reason: 'min_spend_not_met',
      params: { missing: 300 },
      failingAcquisitionId: acquisitionId(2),
      bestRemaining: { lines: [], totalDiscount: 0 },
    })
  })

  it('with no coupon at all is not_held', () => {
    expect(decideRedemption(inputOf({ campaigns: [] }), 'best')).toMatchObject({
      reason: 'not_held',
      failingAcquisitionId: null,
    })
  })
})

describe('on the wire', () => {
  it('a search is what the contract says, for any wallet', () => {
    fc.assert(
      fc.property(wallet({ even: false }), (input) => {
        const qualification = qualify(input)
        const response = toSearchResponse(qualification, NOON, decideRedemption(input, 'best'))
        expect(SearchResponse.parse(response)).toEqual(response)
        expect(JSON.parse(JSON.stringify(response))).toEqual(response)
        expect(response.best).toHaveLength(qualification.best.lines.length > 0 ? 1 : 0)
        expect(response.asOf).toBe('2026-11-22T03:00:00.000Z')
      }),
    )
  })

  it('a decision is what the contract says; fresh comes with offer_changed only', () => {
    const redemptionId = '01900000-0000-7000-a000-000000000001'
    const input = inputOf({ campaigns: [campaignOf(1)] })
    const wire = (...args: Parameters<typeof decideRedemption>) => {
      const decided = toWireDecision(redemptionId, 7, decideRedemption(...args), NOON)
      expect(RedemptionDecided.parse(decided)).toEqual(decided)
      return decided
    }
    expect(wire(input, 'best')).toMatchObject({ status: 'approved', changeSeq: 7, totalDiscount: 100 })
    expect(wire(input, 'best', 99)).toMatchObject({ reasonGroup: 'customer', fresh: { usable: [{}] }, lines: [] })
    expect(wire(input, named(2))).not.toHaveProperty('fresh')
  })
})
