import { type LeaseOverview, LeaseState } from '../../../core/contract/leases.ts'
import { iso } from './conflictRow.ts'

export interface OverviewRow {
  readonly lease_id: string
  readonly campaign_id: string
  readonly station_id: string
  readonly station_name: string
  readonly store_id: string
  readonly state: string
  readonly uses: number
  readonly value: number | null
  readonly drawn_uses: number
  readonly drawn_value: number
  readonly lent_at: number
  readonly spend_until: number
  readonly recalled_at: number | null
  readonly ended_at: number | null
  readonly ended_by: string | null
  readonly ended_reason: string | null
}

/** `l` are leases, `s` their stations. */
export const OVERVIEW_COLUMNS = `l.lease_id, l.campaign_id, l.station_id, s.name AS station_name, s.store_id, l.state, l.uses,
  l.value, l.drawn_uses, l.drawn_value, l.lent_at, l.spend_until, l.recalled_at, l.ended_at, l.ended_by, l.ended_reason`

/** Those that are lent, then those that ended last. */
export const OVERVIEW_ORDER = 'l.ended_at IS NOT NULL, coalesce(l.ended_at, 0) DESC, l.lease_id'

/** A lease as a manager sees it. */
export function toOverview(row: OverviewRow): LeaseOverview {
  return {
    leaseId: row.lease_id,
    campaignId: row.campaign_id,
    stationId: row.station_id,
    stationName: row.station_name,
    storeId: row.store_id,
    state: LeaseState.parse(row.state),
    uses: row.uses,
    value: row.value,
    drawnUses: row.drawn_uses,
    drawnValue: row.drawn_value,
    lentAt: iso(row.lent_at),
    spendUntil: iso(row.spend_until),
    recalledAt: row.recalled_at === null ? null : iso(row.recalled_at),
    ended: row.ended_at === null ? null : { at: iso(row.ended_at), operatorId: row.ended_by, reason: row.ended_reason },
  }
}
