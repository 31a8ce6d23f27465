import { type AuditHead, auditBreak, NO_AUDIT } from '../audit/entry.ts'
import type { AuditStore } from '../store/auditCommands.ts'

/** Rows that are looked at in one go. */
const PAGE = 1_000

export interface AuditVerdict {
  /** How many rows follow each other unbroken, and the hash of the last one: noted elsewhere, it vouches for all of them. */
  readonly rows: number
  readonly head: string
  /** null: nothing is wrong. */
  readonly broken: string | null
}

/**
 * Checks that every row of the audit log is what was written, after the one before it. `noted` is what a check said
 * earlier (`POSITION:HASH`): the log must still contain it, so that a log that was cut off, or written anew from its
 * beginning, is found out.
 */
export async function verifyAudit(store: AuditStore, noted: string | null): Promise<AuditVerdict> {
  let head: AuditHead = NO_AUDIT
  let seen = false
  const verdict = (broken: string | null): AuditVerdict => ({ rows: head.position, head: named(head), broken })
  for (;;) {
    const rows = await store.auditRows(head.position, PAGE)
    for (const row of rows) {
      const broken = auditBreak(head, row)
      if (broken) return verdict(broken)
      head = row
      seen ||= named(row) === noted
    }
    if (rows.length < PAGE) break
  }
  return verdict(noted === null || seen ? null : `the log does not contain ${noted} any more`)
}

const named = ({ position, hash }: AuditHead): string => `${position}:${Buffer.from(hash).toString('hex')}`
