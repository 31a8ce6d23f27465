import type { ConflictStory } from '../../../../core/contract/conflicts.ts'
import type { ConflictScope } from '../../conflictCommands.ts'
import { NAMED_CONFLICTS, type NamedConflictRow } from '../../rows/conflictRow.ts'
import {
  type CouponRow,
  type KeptRow,
  MOST_USES,
  namedIn,
  readKept,
  type StepRow,
  toStory,
  type UsageRow,
  type UseRow,
} from '../../rows/conflictStory.ts'
import type { DefinitionsIn } from '../definitions.ts'
import type { Queries } from '../desk.ts'

/** Both sides of one conflict; null for an id that is not there or not in the scope. */
export async function conflictStory(
  view: Queries,
  definitions: DefinitionsIn,
  conflictId: string,
  scope: ConflictScope,
): Promise<ConflictStory | null> {
  const row = await view.one<NamedConflictRow>(`${NAMED_CONFLICTS} WHERE c.conflict_id = $1`, [conflictId])
  if (!row || (scope.storeId !== null && row.store_id !== scope.storeId)) return null
  const { acquisition_id: acquisitionId, campaign_id: campaignId } = row
  const kept = await keptEvent(view, row)
  const coupon = await view.one<CouponRow>(
    'SELECT holder_id, uses_left, expires_at, revoked FROM acquisitions WHERE acquisition_id = $1',
    [acquisitionId],
  )
  const usage = await view.one<UsageRow>(
    'SELECT uses, value, forced_uses, forced_value FROM campaign_usage WHERE campaign_id = $1',
    [campaignId],
  )
  const uses = await view.all<UseRow>(
    `SELECT l.redemption_id, l.acquisition_id, r.store_id, r.station_id, s.name AS station_name, r.decided_at, r.origin,
       l.state, l.discount
     FROM redemption_lines l JOIN redemptions r USING (redemption_id) LEFT JOIN stations s USING (station_id)
     WHERE l.holder_id = $1 AND l.campaign_id = $2 AND NOT (l.redemption_id = $3 AND l.acquisition_id = $4)
     ORDER BY l.redemption_id DESC LIMIT $5`,
    [coupon?.holder_id ?? null, campaignId, row.redemption_id ?? '', acquisitionId ?? '', MOST_USES],
  )
  const steps = await view.all<StepRow>(
    `SELECT t.action, t.operator_id, o.name, t.reason, t.at
     FROM conflict_steps t LEFT JOIN operators o USING (operator_id) WHERE t.conflict_id = $1 ORDER BY t.position`,
    [conflictId],
  )
  const named = await view.all<{ acquisition_id: string; campaign_id: string }>(
    'SELECT acquisition_id, campaign_id FROM acquisitions WHERE acquisition_id = ANY($1::TEXT[])',
    [namedIn(readKept(kept).body)],
  )
  const campaignOf = new Map(named.map((one) => [one.acquisition_id, one.campaign_id]))
  return toStory({ conflict: row, kept, coupon, usage, uses, steps }, await definitions(view), campaignOf)
}

function keptEvent(view: Queries, row: NamedConflictRow): Promise<KeptRow | undefined> {
  return row.digest === null
    ? view.one('SELECT event, received_at FROM events WHERE station_id = $1 AND seq = $2', [row.station_id, row.seq])
    : view.one('SELECT event, received_at FROM quarantine WHERE station_id = $1 AND digest = $2', [
        row.station_id,
        row.digest,
      ])
}
