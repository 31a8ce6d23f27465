import type { NoticeContent } from '../../../core/contract/notices.ts'
import type { RedemptionDecided } from '../../../core/contract/redemptions.ts'
import { SaleRef } from '../../../core/contract/redemptions.ts'
import type { StationContext } from '../commands.ts'
import type { NewRedemption } from './redemptionRows.ts'
import type { UsedLine } from './uses.ts'

/** That a redemption is approved; `decision` holds what was given. */
export function approvedNotice(
  redemption: Pick<NewRedemption, 'stationId' | 'storeId' | 'origin' | 'decidedAt' | 'saleRef'>,
  decision: Extract<RedemptionDecided, { status: 'approved' }>,
): NoticeContent {
  const { stationId, storeId, origin, decidedAt, saleRef } = redemption
  const { redemptionId, totalDiscount } = decision
  const lines = decision.lines.map(({ acquisitionId, discount }) => ({ acquisitionId, discount: discount.total }))
  const sale = saleRef === null ? null : SaleRef.safeParse(saleRef)
  return {
    type: 'redemption.approved',
    data: {
      redemptionId,
      storeId,
      stationId,
      origin,
      decidedAt: new Date(decidedAt).toISOString(),
      totalDiscount,
      lines,
      saleRef: sale?.success ? sale.data : null,
    },
  }
}

/** That a line happened offline and would have been refused. */
export function forcedNotice(
  redemptionId: string,
  { stationId, store: { storeId } }: StationContext,
  { acquisitionId, campaignId, discount }: UsedLine,
  reason: string,
): NoticeContent {
  const about = { acquisitionId, campaignId: campaignId === '' ? null : campaignId, discount, reason }
  return { type: 'redemption.forced', data: { redemptionId, storeId, stationId, ...about } }
}
