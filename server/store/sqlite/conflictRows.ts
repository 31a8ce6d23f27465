import type { Database } from 'better-sqlite3'
import type { ConflictRows, StoredConflict } from '../deciding/conflicts.ts'
import { CONFLICT_COLUMNS, type ConflictRow } from '../rows/conflictRow.ts'

const readRow = (row: ConflictRow): StoredConflict => ({
  conflictId: row.conflict_id,
  kind: row.kind,
  storeId: row.store_id,
  redemptionId: row.redemption_id,
  acquisitionId: row.acquisition_id,
  outcome: row.outcome,
  resolvedReason: row.resolved_reason,
})

const readIfAny = (row: ConflictRow | undefined): StoredConflict | null => (row ? readRow(row) : null)

export function conflictRows(db: Database): ConflictRows {
  const find = db.prepare<[string], ConflictRow>(`SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE conflict_id = ?`)
  const byResolution = db.prepare<[string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE resolution_id = ?`,
  )
  const byLine = db.prepare<[string, string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c WHERE redemption_id = ? AND acquisition_id = ?`,
  )
  const quarantinedByEvent = db.prepare<[string, string], ConflictRow>(
    `SELECT ${CONFLICT_COLUMNS} FROM conflicts c
     WHERE station_id = ? AND event_id = ? AND kind = 'quarantined' AND outcome IS NULL`,
  )
  const insert = db.prepare<unknown[]>(
    `INSERT INTO conflicts (conflict_id, kind, station_id, store_id, event_id, seq, digest, redemption_id, acquisition_id,
       campaign_id, operator_id, discount, reason, happened_at, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const reopen = db.prepare<[string, number | null, string]>(
    `UPDATE conflicts SET reason = ?, discount = ?, outcome = NULL, resolution_id = NULL, resolved_by = NULL,
       resolved_at = NULL, resolved_reason = NULL, change_seq = NULL WHERE conflict_id = ?`,
  )
  const end = db.prepare<unknown[]>(
    `UPDATE conflicts SET outcome = ?, resolution_id = ?, resolved_by = ?, resolved_at = ?, resolved_reason = ?,
       change_seq = ? WHERE conflict_id = ?`,
  )
  const step = db.prepare<unknown[]>(
    `INSERT INTO conflict_steps (conflict_id, position, action, operator_id, reason, at)
     SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ? FROM conflict_steps WHERE conflict_id = ?`,
  )

  return {
    find: (conflictId) => readIfAny(find.get(conflictId)),
    byResolution: (resolutionId) => readIfAny(byResolution.get(resolutionId)),
    ofLine: (redemptionId, acquisitionId) => readIfAny(byLine.get(redemptionId, acquisitionId)),
    openOfEvent: (stationId, eventId) => quarantinedByEvent.all(stationId, eventId).map(readRow),
    insert: (conflictId, conflict, openedAt) =>
      void insert.run(
        conflictId,
        conflict.kind,
        conflict.stationId,
        conflict.storeId,
        conflict.eventId,
        conflict.seq,
        conflict.digest,
        conflict.redemptionId,
        conflict.acquisitionId,
        conflict.campaignId,
        conflict.operatorId,
        conflict.discount,
        conflict.reason,
        conflict.happenedAt,
        openedAt,
      ),
    reopen: (conflictId, reason, discount) => void reopen.run(reason, discount, conflictId),
    end(conflictId, outcome, verdict, at, changeSeq) {
      const { resolutionId = null, operatorId = null, reason = null } = verdict ?? {}
      end.run(outcome, resolutionId, operatorId, at, reason, changeSeq, conflictId)
    },
    addStep: (conflictId, { action, operatorId, reason, at }) =>
      void step.run(conflictId, action, operatorId, reason, at, conflictId),
  }
}
