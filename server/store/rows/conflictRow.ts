import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Conflict, ConflictKind, ConflictOutcome } from '../../../core/contract/conflicts.ts'
import { isKnownReason, reasonGroup } from '../../../core/reasonCodes.ts'

export interface ConflictRow {
  readonly conflict_id: string
  readonly kind: ConflictKind
  readonly station_id: string
  readonly store_id: string
  readonly event_id: string | null
  readonly seq: number | null
  readonly digest: Uint8Array | null
  readonly redemption_id: string | null
  readonly acquisition_id: string | null
  readonly campaign_id: string | null
  readonly operator_id: string | null
  readonly discount: number | null
  readonly reason: string
  readonly happened_at: number | null
  readonly opened_at: number
  readonly outcome: ConflictOutcome | null
  readonly resolution_id: string | null
  readonly resolved_by: string | null
  readonly resolved_at: number | null
  readonly resolved_reason: string | null
}

/** Everything about a row that is read. */
export const CONFLICT_COLUMNS = `c.conflict_id, c.kind, c.station_id, c.store_id, c.event_id, c.seq, c.digest,
  c.redemption_id, c.acquisition_id, c.campaign_id, c.operator_id, c.discount, c.reason, c.happened_at, c.opened_at,
  c.outcome, c.resolution_id, c.resolved_by, c.resolved_at, c.resolved_reason`

export interface NamedConflictRow extends ConflictRow {
  readonly station_name: string
  readonly store: string
  readonly operator_name: string | null
  readonly resolver_name: string | null
}

/** Rows with the names that people know. */
export const NAMED_CONFLICTS = `SELECT ${CONFLICT_COLUMNS}, s.name AS station_name, st.store, o.name AS operator_name,
    r.name AS resolver_name
  FROM conflicts c JOIN stations s USING (station_id) JOIN stores st ON st.store_id = c.store_id
  LEFT JOIN operators o ON o.operator_id = c.operator_id LEFT JOIN operators r ON r.operator_id = c.resolved_by`

/** A row as the wire has it. */
export function toConflict(row: NamedConflictRow, campaigns: ReadonlyMap<string, Campaign>): Conflict {
  const campaign = row.campaign_id === null ? undefined : campaigns.get(row.campaign_id)
  const known = isKnownReason(row.reason) ? row.reason : 'invalid_request'
  const store = JSON.parse(row.store) as { name: string; currency: string }
  return {
    conflictId: row.conflict_id,
    kind: row.kind,
    state: row.outcome === null ? 'open' : 'resolved',
    storeId: row.store_id,
    storeName: store.name,
    stationId: row.station_id,
    stationName: row.station_name,
    openedAt: iso(row.opened_at),
    happenedAt: row.happened_at === null ? null : iso(row.happened_at),
    reason: row.reason,
    reasonGroup: reasonGroup(known),
    eventId: row.event_id,
    seq: row.seq,
    redemptionId: row.redemption_id,
    acquisitionId: row.acquisition_id,
    campaignId: row.campaign_id,
    title: campaign?.title ?? '',
    titles: { ...campaign?.titles },
    discount: row.discount,
    currency: campaign?.rules?.currency ?? store.currency,
    operator: row.operator_id === null ? null : { operatorId: row.operator_id, name: row.operator_name ?? '' },
    resolution:
      row.outcome === null || row.resolved_at === null
        ? null
        : {
            outcome: row.outcome,
            at: iso(row.resolved_at),
            by: row.resolved_by === null ? null : { operatorId: row.resolved_by, name: row.resolver_name ?? '' },
            reason: row.resolved_reason,
          },
  }
}

export const iso = (at: number): string => new Date(at).toISOString()
