import type { CampaignUse } from '../../core/contract/campaigns.ts'
import type { RedemptionEntry, RedemptionFilter } from '../../core/contract/redemptionList.ts'
import type { StationEntry } from '../../core/contract/stationList.ts'
import type { StoreRecord } from './couponStore.ts'

/** Of the one store that somebody looks after; null: of all. */
export interface StoreScope {
  readonly storeId: string | null
}

/** Where a page of redemptions begins: after this one, in the order of the list. */
export interface RedemptionPlace {
  /** Days since 1970. */
  readonly day: number
  readonly redemptionId: string
}

export interface RedemptionListQuery extends RedemptionFilter {
  readonly scope: StoreScope
  readonly after: RedemptionPlace | null
  readonly limit: number
}

export interface RedemptionListPage {
  readonly redemptions: readonly RedemptionEntry[]
  /** Where the next page begins; null after the last. So many rows are looked through for one page, whatever fits. */
  readonly next: RedemptionPlace | null
}

/** What happened of one campaign at one store on one business day. `storeId` '': at no store. */
export interface DailyFigures {
  /** Days since 1970. */
  readonly day: number
  readonly campaignId: string
  readonly storeId: string
  readonly issued: number
  /** Uses that the issued coupons had. */
  readonly issuedUses: number
  readonly acquired: number
  readonly redeemed: number
  readonly discount: number
  readonly forced: number
  readonly forcedDiscount: number
  readonly rolledBack: number
}

export interface FiguresQuery {
  /** First and last day, days since 1970. */
  readonly from: number
  readonly until: number
  readonly campaignId: string | null
  readonly storeId: string | null
  /** Which of day, campaign and store are kept apart; what is not is summed, and named '' or 0. */
  readonly by: readonly ('day' | 'campaign' | 'store')[]
}

export interface StationSeen {
  readonly stationId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly program: string | null
  /** The version of its settings that it said it goes by. */
  readonly settings: string | null
}

/** What head office looks at; a part of `CouponStore`. Nothing here grows with the number of acquisitions. */
export interface OfficeReads {
  storeRecord(storeId: string): Promise<StoreRecord | null>
  stores(scope: StoreScope): Promise<readonly StoreRecord[]>
  stationList(scope: StoreScope): Promise<readonly StationEntry[]>
  /** Notes when stations were last heard of; an older time than is noted changes nothing. */
  noteStationsSeen(seen: readonly StationSeen[], now: number): Promise<void>
  redemptionList(query: RedemptionListQuery): Promise<RedemptionListPage>
  dailyFigures(query: FiguresQuery): Promise<readonly DailyFigures[]>
  /** What campaigns have given in all, and the uses that all their coupons had, by campaign. */
  campaignUses(): Promise<ReadonlyMap<string, CampaignUse & { readonly issuedUses: number }>>
}
