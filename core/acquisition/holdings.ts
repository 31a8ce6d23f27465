import type { Campaign } from '../campaigns/campaign.ts'
import type { HeldCoupon, Holdings, TakeableCoupon } from '../contract/holdings.ts'
import type { Acquisition } from '../qualification/model.ts'
import { effectiveExpiry, standingReason } from '../qualification/standing.ts'
import { reasonGroup } from '../reasonCodes.ts'
import { acquireRefusal } from './terms.ts'

/** What a customer is shown at once: nobody reads more, and a chain has no more for one. */
const MOST_SHOWN = 100

export interface HoldingsInput {
  readonly campaigns: ReadonlyMap<string, Campaign>
  /** All that the holder has. */
  readonly acquisitions: readonly Acquisition[]
  readonly now: number
  /** Whether a campaign's coupons can be used where the customer is; on a phone: anywhere. */
  readonly isHere: (campaign: Campaign) => boolean
  /** How many coupons of a campaign were issued so far. */
  readonly issued: (campaignId: string) => number
}

/** What a holder has and can still use, soonest end first; and what they may take, soonest end first. */
export function holdingsOf(input: HoldingsInput): Pick<Holdings, 'held' | 'takeable'> {
  return { held: heldOf(input).slice(0, MOST_SHOWN), takeable: takeableOf(input).slice(0, MOST_SHOWN) }
}

function heldOf({ acquisitions, campaigns, now }: HoldingsInput): HeldCoupon[] {
  const held = acquisitions.flatMap((coupon): HeldCoupon[] => {
    const campaign = campaigns.get(coupon.campaignId)
    if (!campaign || coupon.revoked || coupon.usesLeft <= 0 || campaign.state === 'ended') return []
    const { rules } = campaign
    const until = rules ? effectiveExpiry(rules, coupon.expiresAt) : (coupon.expiresAt ?? Number.POSITIVE_INFINITY)
    if (!rules || now >= until) return []
    const from = Date.parse(rules.validFrom)
    const standing = standingReason(campaign, coupon.expiresAt, Math.max(now, from))
    return [
      {
        acquisitionId: coupon.acquisitionId,
        ...offerOf(campaign),
        usesLeft: coupon.usesLeft,
        expiresAt: new Date(until).toISOString(),
        ...(from > now ? { usableFrom: rules.validFrom } : {}),
        ...(standing ? { reason: standing.reason, reasonGroup: reasonGroup(standing.reason) } : {}),
      },
    ]
  })
  return held.sort((a, b) => order(a.expiresAt, b.expiresAt) || order(a.acquisitionId, b.acquisitionId))
}

function takeableOf({ acquisitions, campaigns, now, isHere, issued }: HoldingsInput): TakeableCoupon[] {
  const takeable: TakeableCoupon[] = []
  for (const campaign of campaigns.values()) {
    const { rules, campaignId } = campaign
    if (!rules || !isHere(campaign)) continue
    const has = acquisitions.filter((coupon) => coupon.campaignId === campaignId && !coupon.revoked).length
    if (acquireRefusal(campaign, 'customer', has, now)) continue
    if (rules.limits.circulation !== undefined && issued(campaignId) >= rules.limits.circulation) continue
    const { acquire, validUntil } = rules
    takeable.push({
      ...offerOf(campaign),
      takeUntil: acquire.until !== undefined && acquire.until < validUntil ? acquire.until : validUntil,
      usableUntil: validUntil,
      ...(acquire.lastsDays === undefined ? {} : { lastsDays: acquire.lastsDays }),
    })
  }
  return takeable.sort((a, b) => order(a.takeUntil, b.takeUntil) || order(a.campaignId, b.campaignId))
}

const offerOf = ({ campaignId, title, titles, rules }: Campaign) => ({
  campaignId,
  title,
  titles: { ...titles },
  ...(rules?.description === undefined ? {} : { description: rules.description }),
})

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
