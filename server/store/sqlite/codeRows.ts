import type { Database } from 'better-sqlite3'
import type { CodeRows, FoundCode } from '../deciding/codeRows.ts'

type Found = Omit<FoundCode, 'key'>

export function codeRows(db: Database): CodeRows {
  const find = db.prepare<[Uint8Array, number], Found>(
    `SELECT c.list_id AS listId, l.campaign_id AS campaignId, c.uses_left AS usesLeft, l.until
     FROM codes c JOIN code_lists l ON l.list_id = c.list_id WHERE c.key = ? AND c.key_version = ?`,
  )
  const take = db.prepare<[Uint8Array, number]>(
    'UPDATE codes SET uses_left = uses_left - 1 WHERE key = ? AND key_version = ? AND uses_left > 0',
  )
  const count = db.prepare<[string]>('UPDATE code_lists SET redeemed = redeemed + 1 WHERE list_id = ?')
  return {
    find(keys) {
      for (const key of keys) {
        const found = find.get(Buffer.from(key.key, 'hex'), key.v)
        if (found) return { ...found, key }
      }
      return null
    },
    take({ key, listId }) {
      if (take.run(Buffer.from(key.key, 'hex'), key.v).changes !== 1) throw new Error('a code that had a use has none')
      count.run(listId)
    },
  }
}
