import type { Database } from 'better-sqlite3'
import type { ConflictPage } from '../../../core/contract/conflicts.ts'
import type { ConflictPlace, ConflictScope, ConflictsQuery } from '../conflictCommands.ts'
import type { Definitions } from '../deciding/definitions.ts'
import { NAMED_CONFLICTS, type NamedConflictRow, toConflict } from '../rows/conflictRow.ts'

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
        conflicts: shown.map((row) => toConflict(row, definitions.current())),
        open: openIn(scope),
        next: last ? { openedAt: last.opened_at, conflictId: last.conflict_id } : null,
      }
    },
  }
}
