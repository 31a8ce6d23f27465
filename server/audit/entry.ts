import { canonicalJson } from '../../core/canonicalJson.ts'
import type { AuditAction, AuditActorKind, AuditDetails } from '../../core/contract/audit.ts'
import { sha256 } from '../system.ts'

/** Who did something. `command` and `server` have no id of their own. */
export interface AuditActor {
  readonly kind: AuditActorKind
  readonly id: string
}

/** The server's own command line. */
export const BY_COMMAND: AuditActor = { kind: 'command', id: '' }

/** Whoever it was is not known, or the server acted by itself. */
export const BY_SERVER: AuditActor = { kind: 'server', id: '' }

export const byOperator = (operatorId: string): AuditActor => ({ kind: 'operator', id: operatorId })

/** One thing to be written down, by the unit of work that does it. */
export interface NewAuditEntry {
  readonly actor: AuditActor
  readonly action: AuditAction
  readonly subject: { readonly kind: string; readonly id: string }
  readonly contentHash?: string | null
  readonly reason?: string | null
  readonly details?: AuditDetails
}

/** A row as it is kept; `at` in epoch milliseconds. */
export interface AuditRow extends Required<Omit<NewAuditEntry, 'action'>> {
  readonly position: number
  readonly at: number
  readonly action: string
  readonly prevHash: Uint8Array
  readonly hash: Uint8Array
}

/** Where the chain ends. */
export interface AuditHead {
  readonly position: number
  readonly hash: Uint8Array
}

/** Before the first row. */
export const NO_AUDIT: AuditHead = { position: 0, hash: new Uint8Array(32) }

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** SHA-256 of the canonical JSON (RFC 8785) of everything in the row, the hash before it among that. */
export function auditHash({ hash: _, prevHash, ...row }: Omit<AuditRow, 'hash'> & { hash?: Uint8Array }): Uint8Array {
  return sha256(Buffer.from(canonicalJson({ ...row, prevHash: hex(prevHash) }), 'utf8'))
}

/** The row that comes after `head`. */
export function nextAuditRow(head: AuditHead, at: number, entry: NewAuditEntry): AuditRow {
  const { actor, action, subject, contentHash = null, reason = null, details = {} } = entry
  const row = {
    position: head.position + 1,
    at,
    actor: { kind: actor.kind, id: actor.id },
    action,
    subject: { kind: subject.kind, id: subject.id },
    contentHash,
    reason: reason?.toWellFormed() ?? null,
    details,
    prevHash: head.hash,
  }
  return { ...row, hash: auditHash(row) }
}

/** What is wrong with a row that stands after `head`; null: nothing. */
export function auditBreak(head: AuditHead, row: AuditRow): string | null {
  if (row.position !== head.position + 1) return `row ${head.position + 1} is missing`
  if (hex(row.prevHash) !== hex(head.hash)) return `row ${row.position} does not follow the one before it`
  return hex(auditHash(row)) === hex(row.hash) ? null : `row ${row.position} was changed`
}
