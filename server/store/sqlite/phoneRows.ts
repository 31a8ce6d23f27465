import type { Database } from 'better-sqlite3'
import type { PhoneRows } from '../deciding/phones.ts'

export function phoneRows(db: Database): PhoneRows {
  const forgetCodes = db.prepare<[string]>('DELETE FROM phone_codes WHERE holder_id = ?')
  const forgetUsedCodes = db.prepare<[string]>('DELETE FROM phone_codes WHERE holder_id = ? AND used_by IS NOT NULL')
  const putCode = db.prepare<[string, Uint8Array, Uint8Array | null, string, number, number]>(
    `INSERT INTO phone_codes (locator, secret_hash, used_by, holder_id, tries_left, expires_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (locator) DO UPDATE SET secret_hash = excluded.secret_hash, used_by = excluded.used_by,
       holder_id = excluded.holder_id, tries_left = excluded.tries_left, expires_at = excluded.expires_at`,
  )
  const code = db.prepare<[string], NonNullable<ReturnType<PhoneRows['code']>>>(
    `SELECT secret_hash AS secretHash, used_by AS usedBy, holder_id AS holderId, tries_left AS triesLeft, expires_at AS expiresAt
     FROM phone_codes WHERE locator = ?`,
  )
  const spendTry = db.prepare<[string]>('UPDATE phone_codes SET tries_left = tries_left - 1 WHERE locator = ?')
  const markUsed = db.prepare<[Uint8Array, string]>('UPDATE phone_codes SET used_by = ? WHERE locator = ?')
  const dropCode = db.prepare<[string]>('DELETE FROM phone_codes WHERE locator = ?')
  const putSession = db.prepare<[Uint8Array, string, number]>(
    'INSERT INTO phone_sessions (token_hash, holder_id, expires_at) VALUES (?, ?, ?)',
  )
  const session = db.prepare<[Uint8Array], { holderId: string; expiresAt: number }>(
    'SELECT holder_id AS holderId, expires_at AS expiresAt FROM phone_sessions WHERE token_hash = ?',
  )
  const dropSession = db.prepare<[Uint8Array]>('DELETE FROM phone_sessions WHERE token_hash = ?')
  return {
    forgetCodes: (holderId) => void forgetCodes.run(holderId),
    forgetUsedCodes: (holderId) => void forgetUsedCodes.run(holderId),
    putCode: (locator, { secretHash, usedBy, holderId, triesLeft, expiresAt }) =>
      void putCode.run(locator, secretHash, usedBy, holderId, triesLeft, expiresAt),
    code: (locator) => code.get(locator) ?? null,
    spendTry: (locator) => void spendTry.run(locator),
    markUsed: (locator, usedBy) => void markUsed.run(usedBy, locator),
    dropCode: (locator) => void dropCode.run(locator),
    putSession: (tokenHash, holderId, expiresAt) => void putSession.run(tokenHash, holderId, expiresAt),
    session: (tokenHash) => session.get(tokenHash) ?? null,
    dropSession: (tokenHash) => void dropSession.run(tokenHash),
  }
}
