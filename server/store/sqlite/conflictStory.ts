import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { CampaignRules } from '../../../core/campaigns/rules.ts'
import type { ConflictOutcome, ConflictStory, RelatedUse } from '../../../core/contract/conflicts.ts'
import type { Params } from '../../../core/contract/problem.ts'
import { Entry, MediumType } from '../../../core/media/medium.ts'
import type { ConflictScope } from '../conflictCommands.ts'
import type { Definitions } from '../deciding/definitions.ts'
import { iso, NAMED_CONFLICTS, type NamedConflictRow, toConflict } from './conflictList.ts'

const MOST_USES = 20

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

interface KeptRow {
  readonly event: string | null
  readonly received_at: number
}

interface CouponRow {
  readonly holder_id: string
  readonly uses_left: number
  readonly expires_at: number | null
  readonly revoked: number
}

interface UsageRow {
  readonly uses: number
  readonly value: number
  readonly forced_uses: number
  readonly forced_value: number
}

interface UseRow {
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

interface StepRow {
  readonly action: 'opened' | ConflictOutcome
  readonly operator_id: string | null
  readonly name: string | null
  readonly reason: string | null
  readonly at: number
}

/** Both sides of one conflict; null for an id that is not there or not in the scope. */
export function conflictStories(db: Database, definitions: Definitions) {
  const find = db.prepare<[string], NamedConflictRow>(`${NAMED_CONFLICTS} WHERE c.conflict_id = ?`)
  const journalled = db.prepare<[string, number], KeptRow>(
    'SELECT event, received_at FROM events WHERE station_id = ? AND seq = ?',
  )
  const quarantined = db.prepare<[string, Uint8Array], KeptRow>(
    'SELECT event, received_at FROM quarantine WHERE station_id = ? AND digest = ?',
  )
  const coupon = db.prepare<[string], CouponRow>(
    'SELECT holder_id, uses_left, expires_at, revoked FROM acquisitions WHERE acquisition_id = ?',
  )
  const campaignOf = db
    .prepare<[string], string>('SELECT campaign_id FROM acquisitions WHERE acquisition_id = ?')
    .pluck()
  const usage = db.prepare<[string], UsageRow>(
    'SELECT uses, value, forced_uses, forced_value FROM campaign_usage WHERE campaign_id = ?',
  )
  const uses = db.prepare<[string, string, string, string, number], UseRow>(
    `SELECT l.redemption_id, l.acquisition_id, r.store_id, r.station_id, s.name AS station_name, r.decided_at, r.origin,
       l.state, l.discount
     FROM redemption_lines l JOIN redemptions r USING (redemption_id) LEFT JOIN stations s USING (station_id)
     WHERE l.holder_id = ? AND l.campaign_id = ? AND NOT (l.redemption_id = ? AND l.acquisition_id = ?)
     ORDER BY l.redemption_id DESC LIMIT ?`,
  )
  const steps = db.prepare<[string], StepRow>(
    `SELECT t.action, t.operator_id, o.name, t.reason, t.at
     FROM conflict_steps t LEFT JOIN operators o USING (operator_id) WHERE t.conflict_id = ? ORDER BY t.position`,
  )

  const stationSide = (row: NamedConflictRow): ConflictStory['station'] => {
    const kept =
      row.digest === null ? journalled.get(row.station_id, row.seq ?? -1) : quarantined.get(row.station_id, row.digest)
    const { data } = KeptEvent.safeParse(kept?.event ? JSON.parse(kept.event) : {})
    const body = data?.body ?? null
    const campaigns = definitions.current()
    return {
      type: data?.type ?? null,
      stationAt: data?.stationAt ?? null,
      correctedAt: data?.correctedAt ?? null,
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
    }
  }

  const serverSide = (row: NamedConflictRow): ConflictStory['server'] => {
    const { acquisition_id: acquisitionId, campaign_id: campaignId } = row
    const held = acquisitionId === null ? undefined : coupon.get(acquisitionId)
    const campaign = campaignId === null ? undefined : definitions.current().get(campaignId)
    const used = campaignId === null ? undefined : usage.get(campaignId)
    return {
      coupon: held
        ? {
            usesLeft: held.uses_left,
            expiresAt: held.expires_at === null ? null : iso(held.expires_at),
            revoked: held.revoked === 1,
          }
        : null,
      campaign: campaign
        ? {
            state: campaign.state,
            uses: used?.uses ?? 0,
            value: used?.value ?? 0,
            forcedUses: used?.forced_uses ?? 0,
            forcedValue: used?.forced_value ?? 0,
            limits: limitsOf(campaign.rules),
          }
        : null,
      uses:
        held && campaignId !== null
          ? uses
              .all(held.holder_id, campaignId, row.redemption_id ?? '', acquisitionId ?? '', MOST_USES)
              .map((use) => ({
                redemptionId: use.redemption_id,
                acquisitionId: use.acquisition_id,
                sameCoupon: use.acquisition_id === acquisitionId,
                storeId: use.store_id,
                stationId: use.station_id,
                stationName: use.station_name ?? '',
                at: iso(use.decided_at),
                origin: use.origin,
                state: use.state,
                discount: use.discount,
              }))
          : [],
    }
  }

  return (conflictId: string, scope: ConflictScope): ConflictStory | null => {
    const row = find.get(conflictId)
    if (!row || (scope.storeId !== null && row.store_id !== scope.storeId)) return null
    return {
      ...toConflict(row, definitions),
      station: stationSide(row),
      server: serverSide(row),
      history: steps.all(conflictId).map(({ action, operator_id: operatorId, name, reason, at }) => ({
        action,
        at: iso(at),
        by: operatorId === null ? null : { operatorId, name: name ?? '' },
        reason,
      })),
    }
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
