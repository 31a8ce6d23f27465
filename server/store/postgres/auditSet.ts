import { type AuditHead, type NewAuditEntry, NO_AUDIT, nextAuditRow } from '../../audit/entry.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Call, Connection, Row } from './connection.ts'
import { OFFICE_LOCK } from './locks.ts'
import { put } from './put.ts'

const LOCK = { statement: { name: 'lock_audit', text: `SELECT pg_advisory_xact_lock(${OFFICE_LOCK})` }, values: [] }
const HEAD = {
  statement: { name: 'audit_head', text: 'SELECT position, hash FROM audit_log ORDER BY position DESC LIMIT 1' },
  values: [],
}
const INSERT = {
  name: 'new_audit_rows',
  text: `INSERT INTO audit_log (position, at, actor_kind, actor_id, action, subject_kind, subject_id, content_hash, reason, details,
      prev_hash, hash)
    SELECT * FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], $8::TEXT[],
      $9::TEXT[], $10::TEXT[], $11::BYTEA[], $12::BYTEA[])`,
}

export interface AuditSet {
  readonly trail: AuditTrail
  /** Chains what was noted to the log, which nobody else writes from then on until the transaction ends. */
  writes(on: Connection): Promise<readonly Call[]>
}

/** What a transaction notes in the audit log; the log is looked at when all is decided, and only if there is anything. */
export function auditSet(): AuditSet {
  const entries: { readonly at: number; readonly entry: NewAuditEntry }[] = []
  return {
    trail: { append: ({ now }, entry) => void entries.push({ at: now, entry }) },
    async writes(on) {
      if (entries.length === 0) return []
      const [, found] = await on.run([LOCK, HEAD])
      const [position, hash] = (found?.[0] ?? []) as [number?, Uint8Array?]
      let head: AuditHead = position === undefined || hash === undefined ? NO_AUDIT : { position, hash }
      const rows = entries.map(({ at, entry }): Row => {
        const row = nextAuditRow(head, at, entry)
        head = row
        const { actor, action, subject, contentHash, reason, details } = row
        const who = [actor.kind, actor.id, action, subject.kind, subject.id]
        return [row.position, row.at, ...who, contentHash, reason, JSON.stringify(details), row.prevHash, row.hash]
      })
      return put(INSERT, rows)
    },
  }
}
