import type { ConflictsQuery } from '../../conflictCommands.ts'
import type { CouponStore } from '../../couponStore.ts'
import { NAMED_CONFLICTS, type NamedConflictRow, toConflict } from '../../rows/conflictRow.ts'
import type { DefinitionsIn } from '../definitions.ts'
import type { Queries } from '../desk.ts'

/** Conflicts in the order in which they came, newest first. */
export async function conflictPage(
  view: Queries,
  definitions: DefinitionsIn,
  query: ConflictsQuery,
): ReturnType<CouponStore['conflicts']> {
  const { scope, after, limit, state, kind, storeId, stationId, campaignId, reason } = query
  // The open ones have an index of their own, and are few.
  const standing = { open: 'c.outcome IS NULL', resolved: 'c.outcome IS NOT NULL', any: 'TRUE' }[state ?? 'any']
  const found = await view.all<NamedConflictRow>(
    `${NAMED_CONFLICTS}
     WHERE (c.opened_at, c.conflict_id) < ($1::BIGINT, $2) AND ${standing}
       AND ($3::TEXT IS NULL OR c.store_id = $3) AND ($4::TEXT IS NULL OR c.store_id = $4)
       AND ($5::TEXT IS NULL OR c.station_id = $5) AND ($6::TEXT IS NULL OR c.campaign_id = $6)
       AND ($7::TEXT IS NULL OR c.reason = $7) AND ($8::TEXT IS NULL OR c.kind = $8)
     ORDER BY c.opened_at DESC, c.conflict_id DESC LIMIT $9`,
    [
      after?.openedAt ?? Number.MAX_SAFE_INTEGER,
      after?.conflictId ?? '',
      scope.storeId,
      storeId ?? null,
      stationId ?? null,
      campaignId ?? null,
      reason ?? null,
      kind ?? null,
      limit + 1,
    ],
  )
  const open = await view.one<{ open: number }>(
    'SELECT count(*) AS open FROM conflicts WHERE outcome IS NULL AND ($1::TEXT IS NULL OR store_id = $1)',
    [scope.storeId],
  )
  const campaigns = await definitions(view)
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return {
    conflicts: shown.map((row) => toConflict(row, campaigns)),
    open: open?.open ?? 0,
    next: last ? { openedAt: last.opened_at, conflictId: last.conflict_id } : null,
  }
}
