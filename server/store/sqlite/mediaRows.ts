import type { Database } from 'better-sqlite3'
import { MediumType } from '../../../core/media/medium.ts'
import type { MediaRows } from '../deciding/media.ts'

interface Row {
  readonly medium_id: string
  readonly key_version: number
  readonly type: string
  readonly holder_id: string
  readonly blocked: number
}

export function mediaRows(db: Database): MediaRows {
  const byKey = db.prepare<[Uint8Array, number], Row>(
    'SELECT medium_id, key_version, type, holder_id, blocked FROM media WHERE key = ? AND key_version = ?',
  )
  const rekey = db.prepare<[Uint8Array, number, number, string]>(
    'UPDATE media SET key = ?, key_version = ?, change_seq = ? WHERE medium_id = ?',
  )
  const insertHolder = db.prepare<[string, number]>(
    'INSERT INTO holders (holder_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const hasHolder = db.prepare<[string], number>('SELECT 1 FROM holders WHERE holder_id = ?').pluck()
  const insert = db.prepare<[string, number, Uint8Array, string, string, number, number]>(
    `INSERT INTO media (medium_id, key_version, key, type, holder_id, blocked, change_seq) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )

  return {
    byKey({ v, key }) {
      const row = byKey.get(Buffer.from(key, 'hex'), v)
      return row
        ? {
            mediumId: row.medium_id,
            keyVersion: row.key_version,
            type: MediumType.parse(row.type),
            holderId: row.holder_id,
            blocked: row.blocked === 1,
          }
        : null
    },
    rekey: ({ mediumId }, { v, key }, changeSeq) => void rekey.run(Buffer.from(key, 'hex'), v, changeSeq, mediumId),
    insert: ({ mediumId, type, holderId, blocked }, { v, key }, changeSeq) =>
      void insert.run(mediumId, v, Buffer.from(key, 'hex'), type, holderId, Number(blocked), changeSeq),
    hasHolder: (holderId) => hasHolder.get(holderId) !== undefined,
    insertHolder: (holderId, createdAt) => void insertHolder.run(holderId, createdAt),
  }
}
