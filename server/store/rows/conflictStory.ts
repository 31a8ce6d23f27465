import { z } from 'zod'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { CampaignRules } from '../../../core/campaigns/rules.ts'
import type { ConflictOutcome, ConflictStory, RelatedUse } from '../../../core/contract/conflicts.ts'
import type { Params } from '../../../core/contract/problem.ts'
import { Entry, MediumType } from '../../../core/media/medium.ts'
import { iso, type NamedConflictRow, toConflict } from './conflictRow.ts'

/** Uses of a story. */
export const MOST_USES = 20

/** What can be read of an event that was kept as it came. A part that cannot be read is left out, not the whole. */
const KeptEvent = z.object({
  type: z.string().nullable().catch(null),
  stationAt: z.iso.datetime().nullable().catch(null),
  correctedAt: z.iso.datetime().nullable().catch(null),
  body: z
    .object({
      decided: z.enum(['offline', 'online']).nullable().catch(null),
      entry: Entry.nullable().catch(null),
      medium: z
        .object({ type: MediumType.nullable().catch(null) })
        .nullable()
        .catch(null),
      totalDiscount: z.int().min(0).nullable().catch(null),
      lines: z
        .array(
          z.object({
            acquisitionId: z.string(),
            discount: z.object({ total: z.int().min(0) }),
            leaseId: z.string().optional(),
          }),
        )
        .catch([]),
    })
    .nullable()
    .catch(null),
})

export interface KeptRow {
  readonly event: string | null
  readonly received_at: number
}

export interface CouponRow {
  readonly holder_id: string
  readonly uses_left: number
  readonly expires_at: number | null
  readonly revoked: number
}

export interface UsageRow {
  readonly uses: number
  readonly value: number
  readonly forced_uses: number
  readonly forced_value: number
}

export interface UseRow {
  readonly redemption_id: string
  readonly acquisition_id: string
  readonly store_id: string
  readonly station_id: string
  readonly station_name: string | null
  readonly decided_at: number
  readonly origin: 'online' | 'offline'
  readonly state: RelatedUse['state']
  readonly discount: number
}

export interface StepRow {
  readonly action: 'opened' | ConflictOutcome
  readonly operator_id: string | null
  readonly name: string | null
  readonly reason: string | null
  readonly at: number
}

/** What the parts of a story are made of. */
export interface StoryRows {
  readonly conflict: NamedConflictRow
  /** Its event; undefined: it is not there any more. */
  readonly kept: KeptRow | undefined
  readonly coupon: CouponRow | undefined
  readonly usage: UsageRow | undefined
  /** Other uses of the same customer, newest first. */
  readonly uses: readonly UseRow[]
  readonly steps: readonly StepRow[]
}

type KeptBody = NonNullable<z.infer<typeof KeptEvent>['body']>

/** An event as it was kept, as far as it can be read. */
export function readKept(kept: KeptRow | undefined) {
  const { data } = KeptEvent.safeParse(kept?.event ? JSON.parse(kept.event) : {})
  return {
    type: data?.type ?? null,
    stationAt: data?.stationAt ?? null,
    correctedAt: data?.correctedAt ?? null,
    body: data?.body ?? null,
  }
}

/** The coupons that an event names. */
export const namedIn = (body: KeptBody | null): readonly string[] =>
  (body?.lines ?? []).map((line) => line.acquisitionId)

/** Both sides of one conflict. `campaignOf`: of each coupon that its event names, where it is known. */
export function toStory(
  { conflict: row, kept, coupon, usage, uses, steps }: StoryRows,
  campaigns: ReadonlyMap<string, Campaign>,
  campaignOf: ReadonlyMap<string, string>,
): ConflictStory {
  const { body, ...event } = readKept(kept)
  const campaign = row.campaign_id === null ? undefined : campaigns.get(row.campaign_id)
  return {
    ...toConflict(row, campaigns),
    station: {
      ...event,
      receivedAt: iso(kept?.received_at ?? row.opened_at),
      decided: body?.decided ?? null,
      entry: body?.entry ?? null,
      mediumType: body?.medium?.type ?? null,
      lines: (body?.lines ?? []).map(({ acquisitionId, discount, leaseId }) => ({
        acquisitionId,
        discount: discount.total,
        leased: leaseId !== undefined,
        title: campaigns.get(campaignOf.get(acquisitionId) ?? '')?.title ?? '',
      })),
      totalDiscount: body?.totalDiscount ?? null,
    },
    server: {
      coupon: coupon
        ? {
            usesLeft: coupon.uses_left,
            expiresAt: coupon.expires_at === null ? null : iso(coupon.expires_at),
            revoked: coupon.revoked === 1,
          }
        : null,
      campaign: campaign
        ? {
            state: campaign.state,
            uses: usage?.uses ?? 0,
            value: usage?.value ?? 0,
            forcedUses: usage?.forced_uses ?? 0,
            forcedValue: usage?.forced_value ?? 0,
            limits: limitsOf(campaign.rules),
          }
        : null,
      uses: uses.map((use) => ({
        redemptionId: use.redemption_id,
        acquisitionId: use.acquisition_id,
        sameCoupon: use.acquisition_id === row.acquisition_id,
        storeId: use.store_id,
        stationId: use.station_id,
        stationName: use.station_name ?? '',
        at: iso(use.decided_at),
        origin: use.origin,
        state: use.state,
        discount: use.discount,
      })),
    },
    history: steps.map(({ action, operator_id: operatorId, name, reason, at }) => ({
      action,
      at: iso(at),
      by: operatorId === null ? null : { operatorId, name: name ?? '' },
      reason,
    })),
  }
}

/** Those that a line can be forced for. */
function limitsOf(rules: CampaignRules | null): Params {
  const { campaignUses, campaignValue, holderUses, holderPeriod, acquisitionUses } = rules?.limits ?? {}
  return {
    ...(campaignUses === undefined ? {} : { campaignUses }),
    ...(campaignValue === undefined ? {} : { campaignValue }),
    ...(holderUses === undefined ? {} : { holderUses }),
    ...(holderPeriod === undefined ? {} : { holderPeriodUses: holderPeriod.uses, period: holderPeriod.period }),
    ...(acquisitionUses === undefined ? {} : { acquisitionUses }),
  }
}
