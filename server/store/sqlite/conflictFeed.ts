import type { Database } from 'better-sqlite3'
import type { Change } from '../../../core/contract/changes.ts'
import type { StationContext } from '../commands.ts'
import { type EndedConflictRow, type Positioned, resolutionChanges } from '../rows/changeRows.ts'
import { CONFLICT_COLUMNS } from '../rows/conflictRow.ts'

/** How conflicts about a station's own events ended: news for that station and no other, oldest first. */
export function conflictFeed(db: Database) {
  const ended = db.prepare<[string, number, number, number], Positioned & EndedConflictRow>(
    `SELECT ${CONFLICT_COLUMNS}, c.change_seq, o.name AS by_name,
       (SELECT count(*) FROM conflicts x
        WHERE x.station_id = c.station_id AND x.event_id = c.event_id AND x.outcome IS NULL) AS remaining
     FROM conflicts c LEFT JOIN operators o ON o.operator_id = c.resolved_by
     WHERE c.station_id = ? AND c.change_seq > ? AND c.change_seq <= ? ORDER BY c.change_seq LIMIT ?`,
  )
  return {
    read({ stationId }: Pick<StationContext, 'stationId'>, after: number, upTo: number, limit: number): Change[] {
      return ended.all(stationId, after, upTo, limit).flatMap(resolutionChanges)
    },
  }
}
