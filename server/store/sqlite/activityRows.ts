import type { Database } from 'better-sqlite3'
import type { ActivityRows } from '../deciding/activity.ts'

export function activityRows(db: Database): ActivityRows {
  const lastDay = db
    .prepare<[string, string], number>('SELECT day FROM holder_activity WHERE store_id = ? AND holder_id = ?')
    .pluck()
  const put = db.prepare<[string, string, number, number]>(
    `INSERT INTO holder_activity (store_id, holder_id, day, change_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_id, holder_id) DO UPDATE SET day = excluded.day, change_seq = excluded.change_seq`,
  )
  return {
    lastDay: (storeId, holderId) => lastDay.get(storeId, holderId) ?? null,
    put: (storeId, holderId, day, changeSeq) => void put.run(storeId, holderId, day, changeSeq),
  }
}
