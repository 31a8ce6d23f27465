import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acquireRefusal, ownEnd } from '../../../../core/acquisition/terms.ts'
import type { Campaign, CampaignState } from '../../../../core/campaigns/campaign.ts'
import { type AcquireTerms, CampaignRules } from '../../../../core/campaigns/rules.ts'

const DAY = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

function campaign(acquire: Partial<AcquireTerms> = {}, state: CampaignState = 'approved'): Campaign {
  const rules = CampaignRules.parse({
    title: 'Summer',
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2026-07-01T00:00:00Z',
    validUntil: '2026-09-01T00:00:00Z',
    limits: { holderAcquisitions: 2 },
    acquire,
  })
  return { campaignId: 'c', version: 1, state, title: 'Summer', titles: {}, rules }
}

describe('who may get a coupon, and when', () => {
  it('anybody within its validity, unless the campaign says otherwise', () => {
    expect(acquireRefusal(campaign(), 'customer', 0, at('2026-07-15'))).toBeNull()
    expect(acquireRefusal(campaign(), 'customer', 0, at('2026-06-30'))?.reason).toBe('not_yet_valid')
    expect(acquireRefusal(campaign(), 'customer', 0, at('2026-09-01'))?.reason).toBe('expired')
  })

  it('within a window of its own, which may open before the coupon can be used', () => {
    const early = campaign({ from: '2026-06-01T00:00:00Z', until: '2026-07-10T00:00:00Z' })
    expect(acquireRefusal(early, 'customer', 0, at('2026-05-31'))?.reason).toBe('acquisition_not_open')
    expect(acquireRefusal(early, 'customer', 0, at('2026-06-01'))).toBeNull()
    expect(acquireRefusal(early, 'staff', 0, at('2026-07-10'))?.reason).toBe('acquisition_closed')
  })

  it('only by its way: a code, or given by others', () => {
    const now = at('2026-07-15')
    expect(acquireRefusal(campaign({ by: 'code' }), 'customer', 0, now)?.reason).toBe('code_required')
    expect(acquireRefusal(campaign({ by: 'code' }), 'code', 0, now)).toBeNull()
    expect(acquireRefusal(campaign({ by: 'given' }), 'customer', 0, now)?.reason).toBe('only_given')
    expect(acquireRefusal(campaign({ by: 'given' }), 'staff', 0, now)).toBeNull()
    expect(acquireRefusal(campaign({ by: 'given' }), 'issue', 0, now)).toBeNull()
  })

  it('as often as a holder may have it, and while the campaign stands', () => {
    const now = at('2026-07-15')
    expect(acquireRefusal(campaign(), 'customer', 1, now)).toBeNull()
    expect(acquireRefusal(campaign(), 'customer', 2, now)).toEqual({
      reason: 'holder_limit_reached',
      params: { limit: 2 },
    })
    expect(acquireRefusal(campaign({}, 'suspended'), 'staff', 0, now)?.reason).toBe('suspended')
    expect(acquireRefusal(campaign({}, 'draft'), 'staff', 0, now)?.reason).toBe('not_approved')
    expect(acquireRefusal({ ...campaign(), rules: null }, 'staff', 0, now)?.reason).toBe('unsupported_rules')
  })

  it('a coupon that lasts some days ends by itself, never after its campaign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 61 }), (lastsDays, day) => {
        const { rules } = campaign({ lastsDays })
        const acquiredAt = at('2026-07-01') + day * DAY
        const end = rules && ownEnd(rules, acquiredAt)
        expect(end).toBe(Math.min(acquiredAt + lastsDays * DAY, at('2026-09-01')))
      }),
    )
    const { rules } = campaign()
    expect(rules && ownEnd(rules, at('2026-07-01'))).toBeNull()
  })
})
