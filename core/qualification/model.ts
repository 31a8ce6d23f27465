import type { Campaign } from '../campaigns/campaign.ts'
import type { Params } from '../contract/problem.ts'
import type { LeaseRoom } from '../leases/draw.ts'
import type { Amount } from '../money.ts'
import type { PlacedObjective } from '../objective.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import type { OfflineTerms } from './offlineTerms.ts'

/** Both ends of what the time may be, epoch milliseconds, inclusive. */
export interface TimeWindow {
  readonly earliest: number
  readonly latest: number
}

/** One coupon of one campaign, held by a holder, with uses left. Times are epoch milliseconds. */
export interface Acquisition {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly usesLeft: number
  readonly expiresAt: number | null
  readonly revoked: boolean
}

/** What has been used of one campaign, as far as its limits need to know. */
export interface CampaignUsage {
  /** Whole campaign; null when the decider cannot know it (offline). */
  readonly campaign: { readonly uses: number; readonly value: Amount } | null
  /** Offline: what this station was lent and may still draw; absent: nothing. */
  readonly lease?: LeaseRoom
  /** By this holder, ever. */
  readonly holderUses: number
  /** By this holder in the period of `periodKey(...)` that contains now; of several that may, the most. */
  readonly holderPeriodUses: number
  /** Of several periods that may contain now, the least; absent: there is but one. */
  readonly holderPeriodUsesLeast?: number
}

export const NO_USAGE: CampaignUsage = { campaign: { uses: 0, value: 0 }, holderUses: 0, holderPeriodUses: 0 }

/** Everything the rules look at. The same input gives the same answer on the server and at the counter. */
export interface QualifyInput {
  readonly campaigns: ReadonlyMap<string, Campaign>
  readonly acquisitions: readonly Acquisition[]
  /** By campaign; a campaign that is not there has `NO_USAGE`. */
  readonly usage: Pick<ReadonlyMap<string, CampaignUsage>, 'get'>
  readonly objective: PlacedObjective
  /** Epoch milliseconds, corrected time. */
  readonly now: number
  /** Where the clock cannot be trusted: now is certainly in here. Absent: it is `now`. */
  readonly window?: TimeWindow
  /**
   * false: decided by the server. Otherwise on a station's own copy: campaigns' offline policy applies, and with terms the
   * store's too.
   */
  readonly offline: boolean | OfflineTerms
}

export interface Discount {
  readonly total: Amount
  /** By line, only lines that get something; adds up to `total`. */
  readonly allocations: readonly { readonly lineId: string; readonly amount: Amount }[]
}

export interface UsableCoupon {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly campaignVersion: number
  readonly title: string
  readonly titles: Readonly<Record<string, string>>
  /** What it gives alone. */
  readonly discount: Discount
  readonly usesLeft: number
  readonly expiresAt: number | null
  readonly priority: number
  readonly group?: string
  readonly exclusive: boolean
}

export interface UnusableCoupon {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly title: string
  readonly titles: Readonly<Record<string, string>>
  readonly reason: ReasonCode
  /** What the words need: `{missing: 300}` for `min_spend_not_met`, `{from: '…'}` for `not_yet_valid`. */
  readonly params: Params
}

/** Coupons used together; each line's discount is what it gives in this company, in the order of CONTRACT.md §9. */
export interface Combination {
  readonly lines: readonly CombinationLine[]
  readonly totalDiscount: Amount
  /** false when the search stopped at its node budget. */
  readonly exact: boolean
}

export interface CombinationLine {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly campaignVersion: number
  readonly discount: Discount
}

export interface Qualification {
  /** Largest discount first, ties as in CONTRACT.md §9. */
  readonly usable: readonly UsableCoupon[]
  readonly unusable: readonly UnusableCoupon[]
  /** The best combination; without lines when nothing is usable. */
  readonly best: Combination
}
