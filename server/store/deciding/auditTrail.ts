import type { NewAuditEntry } from '../../audit/entry.ts'
import type { Unit } from './unit.ts'

/** Where units of work write down what they do, in their own transaction. */
export interface AuditTrail {
  append(unit: Unit, entry: NewAuditEntry): void
}
