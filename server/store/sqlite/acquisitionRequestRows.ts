import type { Database } from 'better-sqlite3'
import type { AcquisitionRequestRows } from '../deciding/acquire.ts'

export function acquisitionRequestRows(db: Database): AcquisitionRequestRows {
  const find = db.prepare<[string], { intent_hash: Uint8Array; answer: string }>(
    'SELECT intent_hash, answer FROM acquisition_requests WHERE acquisition_id = ?',
  )
  const insert = db.prepare<[string, Uint8Array, string]>(
    'INSERT INTO acquisition_requests (acquisition_id, intent_hash, answer) VALUES (?, ?, ?)',
  )
  return {
    find(acquisitionId) {
      const row = find.get(acquisitionId)
      return row ? { intentHash: row.intent_hash, answer: JSON.parse(row.answer) } : null
    },
    insert: (acquisitionId, intentHash, answer) => void insert.run(acquisitionId, intentHash, JSON.stringify(answer)),
  }
}
