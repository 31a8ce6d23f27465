import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { ApiScope } from '../../../core/contract/apiKeys.ts'
import { accepted, refused } from '../../../core/outcome.ts'
import { byOperator } from '../../audit/entry.ts'
import type { AddApiKeyCommand, ApiKeyRecord, ApiKeyStore } from '../apiKeyCommands.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Runs } from './runs.ts'
import type { Stations } from './stations.ts'

const HOUR_MS = 3_600_000

interface Row {
  readonly key_id: string
  readonly name: string
  readonly scopes: string
  readonly store_id: string | null
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number
  readonly last_used_at: number | null
  readonly revoked_at: number | null
}

const Scopes = z.array(ApiScope)

const readKey = (row: Row): ApiKeyRecord => ({
  keyId: row.key_id,
  name: row.name,
  scopes: Scopes.parse(JSON.parse(row.scopes)),
  storeId: row.store_id,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})

/** Whether a command asks for the key that is there already; when it ends may differ by the time between two requests. */
const isSame = (key: ApiKeyRecord, { name, scopes, storeId }: AddApiKeyCommand): boolean =>
  key.revokedAt === null &&
  key.name === name &&
  key.storeId === storeId &&
  JSON.stringify(key.scopes) === JSON.stringify(scopes)

const COLUMNS = 'key_id, name, scopes, store_id, created_by, created_at, expires_at, last_used_at, revoked_at'

/** The part of a coupon store that keeps integrators' keys. */
export function apiKeyStore(db: Database, { write, read }: Runs, stations: Stations, audit: AuditTrail): ApiKeyStore {
  const byId = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM api_keys WHERE key_id = ?`)
  const byToken = db.prepare<[Uint8Array, number], Row>(
    `SELECT ${COLUMNS} FROM api_keys WHERE token_hash = ? AND expires_at > ? AND revoked_at IS NULL`,
  )
  const newest = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at DESC, key_id LIMIT ?`)
  const older = db.prepare<[number, number, string, number], Row>(
    `SELECT ${COLUMNS} FROM api_keys WHERE created_at < ? OR (created_at = ? AND key_id > ?)
     ORDER BY created_at DESC, key_id LIMIT ?`,
  )
  const insert = db.prepare(
    `INSERT INTO api_keys (key_id, token_hash, name, scopes, store_id, created_by, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const renew = db.prepare<[Uint8Array, string]>('UPDATE api_keys SET token_hash = ? WHERE key_id = ?')
  const touch = db.prepare<[number, string]>('UPDATE api_keys SET last_used_at = ? WHERE key_id = ?')
  const revoke = db.prepare<[number, string]>(
    'UPDATE api_keys SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL',
  )
  const storeKnown = db.prepare<[string], number>('SELECT count(*) FROM stores WHERE store_id = ?').pluck()
  const found = (keyId: string): ApiKeyRecord | null => {
    const row = byId.get(keyId)
    return row ? readKey(row) : null
  }
  const gone = (keyId: string): Error => new Error(`API key ${keyId} is gone while it is being changed`)

  return {
    addApiKey: async (command) =>
      write(command.now, (unit) => {
        const { keyId, tokenHash, name, scopes, storeId, createdBy, expiresAt, reason, now } = command
        const before = found(keyId)
        if (before && !isSame(before, command)) return refused({ problem: 'differs' as const })
        if (before) {
          renew.run(tokenHash, keyId)
          return accepted(before)
        }
        if (storeId !== null && storeKnown.get(storeId) === 0) return refused({ problem: 'no_such_store' as const })
        // A key of one store acts as a till: its id is a station's, and no other station's.
        if (storeId !== null && stations.byId(keyId)) return refused({ problem: 'differs' as const })
        insert.run(keyId, tokenHash, name, JSON.stringify(scopes), storeId, createdBy, now, expiresAt)
        if (storeId !== null) stations.putOfKey({ stationId: keyId, storeId, name, now })
        audit.append(unit, {
          actor: byOperator(createdBy),
          action: 'api-key.add',
          subject: { kind: 'api_key', id: keyId },
          reason,
          details: { scopes: scopes.join(' '), storeId, expiresAt },
        })
        const made = found(keyId)
        if (!made) throw gone(keyId)
        return accepted(made)
      }),
    apiKeys: (limit, after) =>
      read(() => {
        const rows = after ? older.all(after.createdAt, after.createdAt, after.keyId, limit) : newest.all(limit)
        return rows.map(readKey)
      }),
    async apiKeyByToken(tokenHash, now) {
      const found = await read(() => {
        const row = byToken.get(tokenHash, now)
        return row && { row, station: row.store_id === null ? null : stations.byId(row.key_id) }
      })
      if (!found) return null
      const { row, station } = found
      if (now - (row.last_used_at ?? 0) >= HOUR_MS) await write(now, () => touch.run(now, row.key_id))
      return { key: readKey(row), station }
    },
    revokeApiKey: async ({ keyId, operatorId, reason, now }) =>
      write(now, (unit) => {
        if (!found(keyId)) return null
        if (revoke.run(now, keyId).changes === 1) {
          stations.revoke(keyId, now)
          const subject = { kind: 'api_key', id: keyId }
          audit.append(unit, { actor: byOperator(operatorId), action: 'api-key.revoke', subject, reason })
        }
        return found(keyId)
      }),
  }
}
