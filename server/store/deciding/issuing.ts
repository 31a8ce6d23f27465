import { issuedOn } from '../../../core/acquisition/issue.ts'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import { uuid7From, uuid7Time } from '../../../core/ids.ts'
import { sha256 } from '../../system.ts'
import type { Acquisitions } from './acquire.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Definitions } from './definitions.ts'
import type { RedemptionRows } from './redemptionRows.ts'
import type { Unit } from './unit.ts'

export interface IssuedCoupon {
  readonly acquisitionId: string
  readonly campaignId: string
  /** As many as it was issued with. */
  readonly uses: number
}

/** The issued_coupons table and what goes with it, inside one transaction. */
export interface IssuedRows {
  of(redemptionId: string): readonly IssuedCoupon[]
  insert(redemptionId: string, coupon: IssuedCoupon): void
  /** Whether a holder used a coupon in another redemption that still stands. */
  hasRedeemed(holderId: string, exceptRedemptionId: string): boolean
  /** Revokes a coupon, or takes that back; false, with nothing changed, when it has not as many uses left, or is so already. */
  setRevoked(
    key: { readonly holderId: string; readonly acquisitionId: string },
    revoked: boolean,
    uses: number,
    changeSeq: number,
  ): boolean
  /** Moves the count of issued coupons; `by` is 1 or -1. */
  countIssued(campaignId: string, by: 1 | -1): void
}

/** A redemption that has just been approved or settled; its lines are stored. */
export interface Redeemed {
  readonly redemptionId: string
  readonly holderId: string
  /** Of the purchase, minor units; null: not known. */
  readonly spend: number | null
  readonly currency: string | null
}

export interface Issuing {
  /** A holder was made by a request. */
  firstSeen(unit: Unit, holderId: string, because: string): void
  /** In the transaction of the redemption: what its campaigns, or the first visit, bring. */
  redeemed(unit: Unit, redemption: Redeemed): void
  /** Lines of a redemption were undone: unused coupons that it brings no longer are revoked. */
  undone(unit: Unit, redemptionId: string): void
}

/** Coupons that come to customers by themselves (`issue` of a campaign's rules). */
export function issuing(
  issued: IssuedRows,
  redemptions: Pick<RedemptionRows, 'lines'>,
  rows: Pick<AcquisitionRows, 'find' | 'count'>,
  definitions: Definitions,
  obtain: Acquisitions['obtain'],
): Issuing {
  const automatic = automaticCampaigns()

  const activeCampaigns = (redemptionId: string): string[] => {
    const active = redemptions.lines(redemptionId).filter(({ state }) => state !== 'rolled_back')
    return [...new Set(active.map(({ campaignId }) => campaignId))]
  }

  const restore = (unit: Unit, { acquisitionId, campaignId, uses }: IssuedCoupon): void => {
    const coupon = rows.find(acquisitionId, null)
    if (coupon?.revoked && issued.setRevoked(coupon, false, uses, unit.nextChange())) issued.countIssued(campaignId, 1)
  }

  return {
    firstSeen(unit, holderId, because) {
      const campaigns = automatic(definitions.current(unit))
      if (campaigns.length === 0) return
      const occasion = { firstVisit: true, redeemed: [], spend: null, currency: null }
      for (const campaign of issuedOn(campaigns, occasion)) {
        obtain(unit, campaign, 'issue', holderId, couponId(because, campaign.campaignId))
      }
    },

    redeemed(unit, { redemptionId, holderId, spend, currency }) {
      const campaigns = automatic(definitions.current(unit))
      if (campaigns.length === 0 || holderId === '') return
      const redeemed = activeCampaigns(redemptionId)
      if (redeemed.length === 0) return
      const firstVisit = !issued.hasRedeemed(holderId, redemptionId)
      const before = issued.of(redemptionId)
      for (const campaign of issuedOn(campaigns, { firstVisit, redeemed, spend, currency })) {
        const { campaignId, rules } = campaign
        const known = before.find((coupon) => coupon.campaignId === campaignId)
        if (known) {
          restore(unit, known)
          continue
        }
        // Whoever has it from their first visit is not met for the first time again.
        const isVisitOnly = !issuedOn([campaign], { firstVisit: false, redeemed, spend, currency }).length
        if (isVisitOnly && rows.count(holderId, campaignId) > 0) continue
        const acquisitionId = couponId(redemptionId, campaignId)
        if (rows.find(acquisitionId, holderId)) continue
        if (obtain(unit, campaign, 'issue', holderId, acquisitionId)) continue
        issued.insert(redemptionId, { acquisitionId, campaignId, uses: rules?.limits.acquisitionUses ?? 1 })
      }
    },

    undone(unit, redemptionId) {
      const coupons = issued.of(redemptionId)
      if (coupons.length === 0) return
      const redeemed = activeCampaigns(redemptionId)
      const campaigns = definitions.current(unit)
      for (const coupon of coupons) {
        const campaign = campaigns.get(coupon.campaignId)
        const currency = campaign?.rules?.currency ?? null
        // What is left of the purchase cost what it cost: only whose coupons were used has changed.
        const still = { firstVisit: redeemed.length > 0, redeemed, spend: Number.MAX_SAFE_INTEGER, currency }
        if (campaign && issuedOn([{ ...campaign, state: 'approved' }], still).length > 0) continue
        const held = rows.find(coupon.acquisitionId, null)
        if (!held || held.revoked || held.usesLeft !== coupon.uses) continue
        if (issued.setRevoked(held, true, coupon.uses, unit.nextChange())) issued.countIssued(coupon.campaignId, -1)
      }
    },
  }
}

/** Of a map of campaigns, those that issue by themselves: looked through once, not at every redemption. */
function automaticCampaigns(): (campaigns: ReadonlyMap<string, Campaign>) => readonly Campaign[] {
  let of: ReadonlyMap<string, Campaign> | null = null
  let found: readonly Campaign[] = []
  return (campaigns) => {
    if (of !== campaigns) {
      of = campaigns
      found = [...campaigns.values()].filter(({ rules }) => rules !== null && rules.issue.length > 0)
    }
    return found
  }
}

/** The id of what one thing brings of one campaign, the same however often it is decided. */
const couponId = (because: string, campaignId: string): string =>
  uuid7From(uuid7Time(because), sha256(Buffer.from(`issued ${because} ${campaignId}`)))
