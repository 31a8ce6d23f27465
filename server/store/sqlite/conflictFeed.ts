import type { Database } from 'better-sqlite3'
import type { Change } from '../../../core/contract/changes.ts'
import type { StationContext } from '../commands.ts'
import { CONFLICT_COLUMNS, type ConflictRow } from './conflictRows.ts'

interface EndedRow extends ConflictRow {
  readonly change_seq: number
  /** NULL: nobody decided, or their name is not known any more. */
  readonly by_name: string | null
  readonly remaining: number
}

/** How conflicts about a station's own events ended: news for that station and no other, oldest first. */
export function conflictFeed(db: Database) {
  const ended = db.prepare<[string, number, number, number], EndedRow>(
    `SELECT ${CONFLICT_COLUMNS}, c.change_seq, o.name AS by_name,
       (SELECT count(*) FROM conflicts x
        WHERE x.station_id = c.station_id AND x.event_id = c.event_id AND x.outcome IS NULL) AS remaining
     FROM conflicts c LEFT JOIN operators o ON o.operator_id = c.resolved_by
     WHERE c.station_id = ? AND c.change_seq > ? AND c.change_seq <= ? ORDER BY c.change_seq LIMIT ?`,
  )
  return {
    read({ stationId }: Pick<StationContext, 'stationId'>, after: number, upTo: number, limit: number): Change[] {
      return ended.all(stationId, after, upTo, limit).flatMap((row): Change[] =>
        row.outcome === null || row.resolved_at === null
          ? []
          : [
              {
                kind: 'resolution',
                changeSeq: row.change_seq,
                conflictId: row.conflict_id,
                conflict: row.kind,
                eventId: row.event_id,
                redemptionId: row.redemption_id,
                acquisitionId: row.acquisition_id,
                outcome: row.outcome,
                by: row.by_name,
                reason: row.resolved_reason,
                at: new Date(row.resolved_at).toISOString(),
                remaining: row.remaining,
              },
            ],
      )
    },
  }
}
