import type { Database } from 'better-sqlite3'
import type { ConflictStory } from '../../../core/contract/conflicts.ts'
import type { ConflictScope } from '../conflictCommands.ts'
import type { Definitions } from '../deciding/definitions.ts'
import { NAMED_CONFLICTS, type NamedConflictRow } from '../rows/conflictRow.ts'
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
} from '../rows/conflictStory.ts'
import { LINES_OF_HOLDER } from './linesOfHolder.ts'

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
    `${LINES_OF_HOLDER}
     SELECT l.redemption_id, l.acquisition_id, r.store_id, r.station_id, s.name AS station_name, r.decided_at, r.origin,
       l.state, l.discount
     FROM line JOIN redemption_lines l USING (redemption_id, acquisition_id) JOIN redemptions r USING (redemption_id)
       LEFT JOIN stations s USING (station_id)
     WHERE l.campaign_id = ? AND NOT (l.redemption_id = ? AND l.acquisition_id = ?)
     ORDER BY l.redemption_id DESC LIMIT ?`,
  )
  const steps = db.prepare<[string], StepRow>(
    `SELECT t.action, t.operator_id, o.name, t.reason, t.at
     FROM conflict_steps t LEFT JOIN operators o USING (operator_id) WHERE t.conflict_id = ? ORDER BY t.position`,
  )

  return (conflictId: string, scope: ConflictScope): ConflictStory | null => {
    const row = find.get(conflictId)
    if (!row || (scope.storeId !== null && row.store_id !== scope.storeId)) return null
    const { acquisition_id: acquisitionId, campaign_id: campaignId } = row
    const kept =
      row.digest === null ? journalled.get(row.station_id, row.seq ?? -1) : quarantined.get(row.station_id, row.digest)
    const held = acquisitionId === null ? undefined : coupon.get(acquisitionId)
    const named = namedIn(readKept(kept).body)
    const campaigns = named.flatMap((id) => {
      const of = campaignOf.get(id)
      return of === undefined ? [] : [[id, of] as const]
    })
    return toStory(
      {
        conflict: row,
        kept,
        coupon: held,
        usage: campaignId === null ? undefined : usage.get(campaignId),
        uses:
          held && campaignId !== null
            ? uses.all(held.holder_id, campaignId, row.redemption_id ?? '', acquisitionId ?? '', MOST_USES)
            : [],
        steps: steps.all(conflictId),
      },
      definitions.current(),
      new Map(campaigns),
    )
  }
}
