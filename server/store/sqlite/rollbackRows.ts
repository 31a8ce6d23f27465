import type { Database } from 'better-sqlite3'
import type { RollbackRows } from '../deciding/rollback.ts'

export function rollbackRows(db: Database): RollbackRows {
  const find = db.prepare<[string], { intent_hash: Uint8Array; answer: string }>(
    'SELECT intent_hash, answer FROM rollbacks WHERE rollback_id = ?',
  )
  const insert = db.prepare<unknown[]>(
    `INSERT INTO rollbacks (rollback_id, redemption_id, station_id, operator_id, reason, intent_hash, at, state, answer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const waiting = db
    .prepare<[string, string], string>(
      `SELECT rollback_id FROM rollbacks
       WHERE redemption_id = ? AND state = 'waiting' AND (station_id IS NULL OR station_id = ?)`,
    )
    .pluck()
  const setApplied = db.prepare<[string, string]>(
    "UPDATE rollbacks SET state = 'applied', answer = ? WHERE rollback_id = ?",
  )
  const isManager = db
    .prepare<[string], number>(
      "SELECT 1 FROM operators WHERE operator_id = ? AND active = 1 AND role IN ('manager', 'admin')",
    )
    .pluck()

  return {
    find(rollbackId) {
      const row = find.get(rollbackId)
      return row ? { intentHash: row.intent_hash, answer: JSON.parse(row.answer) } : null
    },
    insert({ rollbackId, redemptionId, stationId, operatorId, reason, intentHash, at, state, answer }) {
      const text = JSON.stringify(answer)
      insert.run(rollbackId, redemptionId, stationId, operatorId, reason, intentHash, at, state, text)
    },
    waiting: (redemptionId, stationId) => waiting.all(redemptionId, stationId),
    setApplied: (rollbackId, answer) => void setApplied.run(JSON.stringify(answer), rollbackId),
    isManager: (operatorId) => isManager.get(operatorId) === 1,
  }
}
