import type { Database } from 'better-sqlite3'
import type { SettledRows } from '../deciding/settledThrough.ts'

export function settledRows(db: Database): SettledRows {
  const read = db.prepare<[string], number>('SELECT settled_through FROM stations WHERE station_id = ?').pluck()
  const write = db.prepare<[number, string]>('UPDATE stations SET settled_through = ? WHERE station_id = ?')
  const isAnswered = db
    .prepare<[string, number, string, number], number>(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM events WHERE station_id = ? AND seq = ?)
         OR EXISTS (SELECT 1 FROM quarantine WHERE station_id = ? AND seq = ?)`,
    )
    .pluck()
  return {
    read: (stationId) => read.get(stationId) ?? null,
    write: (stationId, through) => void write.run(through, stationId),
    isAnswered: (stationId, seq) => isAnswered.get(stationId, seq, stationId, seq) === 1,
  }
}
