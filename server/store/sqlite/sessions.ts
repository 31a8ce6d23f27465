import type { Database } from 'better-sqlite3'
import type { SessionChange } from '../../people/commands.ts'
import type { NewSession, SessionRecord, SignedIn } from '../officeCommands.ts'
import { type OperatorRow, readOperator } from '../rows/operatorRow.ts'

const MINUTE_MS = 60_000

export interface SessionRows {
  open(operatorId: string, session: Omit<NewSession, 'replaces'>, now: number): void
  find(tokenHash: Uint8Array, now: number): SignedIn | null
  /** Whether the minute of its last use is over. */
  isStale(session: SessionRecord, now: number): boolean
  touch(tokenHash: Uint8Array, now: number): void
  ofOperator(operatorId: string, now: number): SessionRecord[]
  /** One of a person's, or every one. */
  end(operatorId: string, which: Uint8Array | 'all'): number
  /** Every one but this, which goes on under its new token. */
  endOthers(operatorId: string, change: SessionChange): void
}

interface Row {
  readonly token_hash: Uint8Array
  readonly kind: SessionRecord['kind']
  readonly opened_at: number
  readonly seen_at: number
  readonly idle_ms: number
  readonly expires_at: number
  readonly agent: string | null
}

const readSession = (row: Row): SessionRecord => ({
  tokenHash: row.token_hash,
  kind: row.kind,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  idleMs: row.idle_ms,
  expiresAt: row.expires_at,
  agent: row.agent,
})

const COLUMNS = 's.token_hash, s.kind, s.opened_at, s.seen_at, s.idle_ms, s.expires_at, s.agent'
const GOOD = 's.expires_at > @now AND (s.idle_ms = 0 OR s.seen_at + s.idle_ms > @now)'

/** Who is signed in, by hash of token. */
export function sessionRows(db: Database): SessionRows {
  const insert = db.prepare(
    `INSERT INTO sessions (token_hash, operator_id, kind, opened_at, seen_at, idle_ms, expires_at, agent)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const dropEnded = db.prepare<[{ now: number }]>(`DELETE FROM sessions AS s WHERE NOT (${GOOD})`)
  const find = db.prepare<[{ now: number; hash: Uint8Array }], Row & OperatorRow & { second: number | null }>(
    `SELECT ${COLUMNS}, o.operator_id, o.name, o.role, o.active, o.store_id, o.pin, c.totp_confirmed AS second
     FROM sessions s JOIN operators o USING (operator_id) LEFT JOIN operator_credentials c USING (operator_id)
     WHERE s.token_hash = @hash AND o.active = 1 AND ${GOOD}`,
  )
  const touch = db.prepare<[number, Uint8Array]>('UPDATE sessions SET seen_at = ? WHERE token_hash = ?')
  const ofOperator = db.prepare<[{ now: number; operatorId: string }], Row>(
    `SELECT ${COLUMNS} FROM sessions s WHERE s.operator_id = @operatorId AND ${GOOD} ORDER BY s.opened_at DESC`,
  )
  const endOne = db.prepare<[string, Uint8Array]>('DELETE FROM sessions WHERE operator_id = ? AND token_hash = ?')
  const endAll = db.prepare<[string]>('DELETE FROM sessions WHERE operator_id = ?')
  const endOthers = db.prepare<[string, Uint8Array]>('DELETE FROM sessions WHERE operator_id = ? AND token_hash <> ?')
  const rename = db.prepare<[Uint8Array, Uint8Array]>('UPDATE sessions SET token_hash = ? WHERE token_hash = ?')

  return {
    open(operatorId, { tokenHash, kind, idleMs, expiresAt, agent }, now) {
      dropEnded.run({ now })
      insert.run(tokenHash, operatorId, kind, now, now, idleMs, expiresAt, agent)
    },
    find(hash, now) {
      const row = find.get({ hash, now })
      return row ? { operator: readOperator(row), session: readSession(row), hasSecondFactor: row.second === 1 } : null
    },
    isStale: ({ seenAt }, now) => now - seenAt >= MINUTE_MS,
    touch: (tokenHash, now) => void touch.run(now, tokenHash),
    ofOperator: (operatorId, now) => ofOperator.all({ operatorId, now }).map(readSession),
    end: (operatorId, which) =>
      which === 'all' ? endAll.run(operatorId).changes : endOne.run(operatorId, which).changes,
    endOthers(operatorId, { tokenHash, newTokenHash }) {
      endOthers.run(operatorId, tokenHash)
      rename.run(newTokenHash, tokenHash)
    },
  }
}
