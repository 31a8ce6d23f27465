import { z } from 'zod'
import { CampaignAction, CampaignState } from '../campaigns/campaign.ts'
import { ConflictKind, ConflictOutcome } from './conflicts.ts'
import { RedemptionState, SaleRef } from './redemptions.ts'

/**
 * What others are told of: by webhook and as server-sent events, from one outbox. Ids, states, reasons and money; never a
 * medium's identifier or key, and no holder.
 */
export const NOTICE_DATA = {
  'redemption.approved': z.object({
    redemptionId: z.string(),
    storeId: z.string(),
    stationId: z.string(),
    /** `offline`: the station decided it, and it has been settled. */
    origin: z.enum(['online', 'offline']),
    decidedAt: z.iso.datetime(),
    totalDiscount: z.int(),
    lines: z.array(z.object({ acquisitionId: z.string(), discount: z.int() })),
    saleRef: SaleRef.nullable(),
  }),
  'redemption.rolled_back': z.object({
    redemptionId: z.string(),
    storeId: z.string(),
    stationId: z.string(),
    state: RedemptionState,
    /** Whose uses came back. */
    acquisitionIds: z.array(z.string()),
  }),
  /** It happened offline and would have been refused online. */
  'redemption.forced': z.object({
    redemptionId: z.string(),
    storeId: z.string(),
    stationId: z.string(),
    acquisitionId: z.string(),
    campaignId: z.string().nullable(),
    discount: z.int(),
    reason: z.string(),
  }),
  'acquisition.issued': z.object({
    acquisitionId: z.string(),
    campaignId: z.string(),
    /** null: it came by itself, or on the web. */
    storeId: z.string().nullable(),
  }),
  'campaign.changed': z.object({
    campaignId: z.string(),
    version: z.int(),
    state: CampaignState,
    action: CampaignAction,
  }),
  'conflict.opened': z.object({
    conflictId: z.string(),
    kind: ConflictKind,
    storeId: z.string(),
    stationId: z.string(),
    redemptionId: z.string().nullable(),
    acquisitionId: z.string().nullable(),
    reason: z.string(),
  }),
  'conflict.resolved': z.object({
    conflictId: z.string(),
    kind: ConflictKind,
    storeId: z.string(),
    redemptionId: z.string().nullable(),
    acquisitionId: z.string().nullable(),
    outcome: ConflictOutcome,
  }),
  'station.revoked': z.object({ stationId: z.string(), storeId: z.string() }),
  /** To one endpoint, when somebody asks for it. */
  'webhook.test': z.object({ endpointId: z.string() }),
} as const

export const NOTICE_TYPES = Object.keys(NOTICE_DATA) as readonly (keyof typeof NOTICE_DATA)[]
export const NoticeType = z.enum(Object.keys(NOTICE_DATA) as [keyof typeof NOTICE_DATA])
export type NoticeType = z.infer<typeof NoticeType>

/** What one notice says besides when and where. */
export type NoticeContent = {
  readonly [Type in NoticeType]: { readonly type: Type; readonly data: z.infer<(typeof NOTICE_DATA)[Type]> }
}[NoticeType]

/** One notice, as it travels: the body of a webhook, the data of a server-sent event. The same id is the same notice. */
export const Notice = z.object({
  id: z.string(),
  /** Receivers ignore types that they do not know. */
  type: z.string(),
  /** When it happened. */
  timestamp: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
})
export type Notice = z.infer<typeof Notice>
