import type { Database } from 'better-sqlite3'
import type { Conflict, ConflictPage } from '../../../core/contract/conflicts.ts'
import { isKnownReason, reasonGroup } from '../../../core/reasonCodes.ts'
import type { ConflictPlace, ConflictScope, ConflictsQuery } from '../conflictCommands.ts'
import type { Definitions } from '../deciding/definitions.ts'
import { CONFLICT_COLUMNS, type ConflictRow } from './conflictRows.ts'

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

interface Asked {
  readonly scope: string | null
  readonly storeId: string | null
  readonly stationId: string | null
  readonly campaignId: string | null
  readonly reason: string | null
  readonly kind: string | null
  readonly state: string | null
  readonly openedAt: number
  readonly conflictId: string
  readonly limit: number
}

export interface ConflictList {
  /** Newest first; where the next page begins, null after the last. */
  page(query: ConflictsQuery): Omit<ConflictPage, 'cursor'> & { readonly next: ConflictPlace | null }
}

/** Conflicts in the order in which they came, newest first. */
export function conflictList(db: Database, definitions: Definitions): ConflictList {
  const select = (open: 'open' | 'any') =>
    db.prepare<[Asked], NamedConflictRow>(
      `${NAMED_CONFLICTS}
       WHERE (c.opened_at, c.conflict_id) < (@openedAt, @conflictId)
         AND (@scope IS NULL OR c.store_id = @scope) AND (@storeId IS NULL OR c.store_id = @storeId)
         AND (@stationId IS NULL OR c.station_id = @stationId) AND (@campaignId IS NULL OR c.campaign_id = @campaignId)
         AND (@reason IS NULL OR c.reason = @reason) AND (@kind IS NULL OR c.kind = @kind)
         AND ${open === 'open' ? 'c.outcome IS NULL' : '(@state IS NULL OR c.outcome IS NOT NULL)'}
       ORDER BY c.opened_at DESC, c.conflict_id DESC LIMIT @limit`,
    )
  // The open ones have an index of their own, and are few.
  const openOnes = select('open')
  const any = select('any')
  const countOpen = db
    .prepare<[string | null, string | null], number>(
      'SELECT count(*) FROM conflicts WHERE outcome IS NULL AND (? IS NULL OR store_id = ?)',
    )
    .pluck()
  const openIn = ({ storeId }: ConflictScope): number => countOpen.get(storeId, storeId) ?? 0

  return {
    page({ scope, after, limit, state, kind, storeId, stationId, campaignId, reason }) {
      const found = (state === 'open' ? openOnes : any).all({
        scope: scope.storeId,
        storeId: storeId ?? null,
        stationId: stationId ?? null,
        campaignId: campaignId ?? null,
        reason: reason ?? null,
        kind: kind ?? null,
        state: state ?? null,
        openedAt: after?.openedAt ?? Number.MAX_SAFE_INTEGER,
        conflictId: after?.conflictId ?? '',
        limit: limit + 1,
      })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        conflicts: shown.map((row) => toConflict(row, definitions)),
        open: openIn(scope),
        next: last ? { openedAt: last.opened_at, conflictId: last.conflict_id } : null,
      }
    },
  }
}

/** A row as the wire has it. */
export function toConflict(row: NamedConflictRow, definitions: Definitions): Conflict {
  const campaign = row.campaign_id === null ? undefined : definitions.current().get(row.campaign_id)
  const known = isKnownReason(row.reason) ? row.reason : 'invalid_request'
  return {
    conflictId: row.conflict_id,
    kind: row.kind,
    state: row.outcome === null ? 'open' : 'resolved',
    storeId: row.store_id,
    storeName: (JSON.parse(row.store) as { name: string }).name,
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
