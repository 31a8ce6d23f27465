import type { Database } from 'better-sqlite3'
import { AuditActorKind, AuditDetails, type AuditEntry } from '../../../core/contract/audit.ts'
import { type AuditHead, type AuditRow, NO_AUDIT, nextAuditRow } from '../../audit/entry.ts'
import type { AuditPageQuery, AuditStore } from '../auditCommands.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Runs } from './runs.ts'

interface Row {
  readonly position: number
  readonly at: number
  readonly actor_kind: string
  readonly actor_id: string
  readonly action: string
  readonly subject_kind: string
  readonly subject_id: string
  readonly content_hash: string | null
  readonly reason: string | null
  readonly details: string
  readonly prev_hash: Uint8Array
  readonly hash: Uint8Array
}

const COLUMNS =
  'position, at, actor_kind, actor_id, action, subject_kind, subject_id, content_hash, reason, details, prev_hash, hash'

/** Appends rows of the audit log to whatever transaction is open. */
export function auditTrail(db: Database): AuditTrail {
  const head = db.prepare<[], AuditHead>('SELECT position, hash FROM audit_log ORDER BY position DESC LIMIT 1')
  const insert = db.prepare(`INSERT INTO audit_log (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return {
    append(unit, entry) {
      const row = nextAuditRow(head.get() ?? NO_AUDIT, unit.now, entry)
      const { position, at, actor, action, subject, contentHash, reason, details, prevHash, hash } = row
      const who = [actor.kind, actor.id, action, subject.kind, subject.id]
      insert.run(position, at, ...who, contentHash, reason, JSON.stringify(details), prevHash, hash)
    },
  }
}

const readRow = (row: Row): AuditRow => ({
  position: row.position,
  at: row.at,
  actor: { kind: AuditActorKind.parse(row.actor_kind), id: row.actor_id },
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id },
  contentHash: row.content_hash,
  reason: row.reason,
  details: AuditDetails.parse(JSON.parse(row.details)),
  prevHash: row.prev_hash,
  hash: row.hash,
})

/** The part of a coupon store that reads the audit log. */
export function auditStore(db: Database, { read }: Pick<Runs, 'read'>): AuditStore {
  const after = db.prepare<[number, number], Row>(
    `SELECT ${COLUMNS} FROM audit_log WHERE position > ? ORDER BY position LIMIT ?`,
  )
  const operatorName = db.prepare<[string], string>('SELECT name FROM operators WHERE operator_id = ?').pluck()
  const stationName = db.prepare<[string], string>('SELECT name FROM stations WHERE station_id = ?').pluck()
  const keyName = db.prepare<[string], string>('SELECT name FROM api_keys WHERE key_id = ?').pluck()
  const names = { operator: operatorName, station: stationName, api_key: keyName }

  const nameOf = ({ kind, id }: AuditRow['actor']): string | null =>
    kind === 'command' || kind === 'server' ? null : (names[kind].get(id) ?? null)

  return {
    auditPage: (query) =>
      read(() => {
        const { where, values } = conditions(query)
        const rows = db
          .prepare<unknown[], Row>(`SELECT ${COLUMNS} FROM audit_log ${where} ORDER BY position DESC LIMIT ?`)
          .all(...values, query.limit + 1)
        const entries = rows.slice(0, query.limit).map((row): AuditEntry => {
          const { prevHash: _, actor, at, hash, ...rest } = readRow(row)
          return {
            ...rest,
            at: new Date(at).toISOString(),
            actor: { ...actor, name: nameOf(actor) },
            hash: Buffer.from(hash).toString('hex'),
          }
        })
        return { entries, next: rows.length > query.limit ? (entries.at(-1)?.position ?? null) : null }
      }),
    auditRows: (position, limit) => read(() => after.all(position, limit).map(readRow)),
  }
}

function conditions({ actorId, action, subjectId, from, until, before }: AuditPageQuery) {
  const parts: readonly (readonly [string, string | number | undefined])[] = [
    ['actor_id = ?', actorId],
    // An action by its whole name, or all of those with what stands before the dot.
    ["? IN (action, substr(action, 1, instr(action, '.') - 1))", action],
    ['subject_id = ?', subjectId],
    ['at >= ?', from],
    ['at < ?', until],
    ['position < ?', before],
  ]
  const given = parts.filter(([, value]) => value !== undefined)
  return {
    where: given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`,
    values: given.map(([, value]) => value),
  }
}
