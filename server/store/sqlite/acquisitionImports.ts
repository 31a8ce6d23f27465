import type { Database } from 'better-sqlite3'
import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { byOperator } from '../../audit/entry.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { DecideRow, ImportRows } from '../deciding/importing.ts'
import { importPart } from '../deciding/importPart.ts'
import type { RegistrationStore } from '../registrationCommands.ts'
import { type ImportRow, progressOf } from '../rows/importRow.ts'
import type { Runs } from './runs.ts'

type Row = ImportRow & { readonly intent_hash: Uint8Array }

export function importRows(db: Database): ImportRows {
  const tries = db
    .prepare<[string, string], number>('SELECT times FROM acquisition_import_tries WHERE import_id = ? AND tried = ?')
    .pluck()
  const countTry = db.prepare<[string, string]>(
    `INSERT INTO acquisition_import_tries (import_id, tried, times) VALUES (?, ?, 1)
     ON CONFLICT (import_id, tried) DO UPDATE SET times = times + 1`,
  )
  const issued = db.prepare<[string], number>('SELECT issued FROM campaign_usage WHERE campaign_id = ?').pluck()
  return {
    tries: (importId, tried) => tries.get(importId, tried) ?? 0,
    countTry: (importId, tried) => void countTry.run(importId, tried),
    issued: (campaignId) => issued.get(campaignId) ?? 0,
  }
}

/** Lists of acquisitions, part by part: each part is one transaction, and knows how far those before it came. */
export function acquisitionImports(
  db: Database,
  { write, read }: Runs,
  audit: AuditTrail,
  decideRow: DecideRow,
): Pick<RegistrationStore, 'startImport' | 'importRows' | 'cancelImport' | 'import' | 'imports' | 'importFaults'> {
  const all = `SELECT i.*, o.name AS started_by_name FROM acquisition_imports i
     LEFT JOIN operators o ON o.operator_id = i.started_by`
  const find = db.prepare<[string], Row>(`${all} WHERE i.import_id = ?`)
  const newest = db.prepare<[number], Row>(`${all} ORDER BY i.import_id DESC LIMIT ?`)
  const insert = db.prepare<unknown[]>(
    `INSERT INTO acquisition_imports (import_id, intent_hash, header, campaign_id, store_id, dry_run, row_count, started_by,
       started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const move = db.prepare<[number, number, string, string, number | null, string]>(
    `UPDATE acquisition_imports SET next_row = ?, acquired = ?, reasons = ?, state = ?, ended_at = ? WHERE import_id = ?`,
  )
  const fault = db.prepare<[string, number, string]>(
    'INSERT INTO acquisition_import_faults (import_id, row_number, reason) VALUES (?, ?, ?)',
  )
  const faults = db.prepare<[string, number, number], { row: number; reason: string }>(
    `SELECT row_number AS row, reason FROM acquisition_import_faults
     WHERE import_id = ? AND row_number > ? ORDER BY row_number LIMIT ?`,
  )
  const found = (importId: string): ImportProgress | null => {
    const row = find.get(importId)
    return row ? progressOf(row) : null
  }
  const takePart = importPart(
    {
      find: found,
      move: (importId, { nextRow, acquired, reasons, endedAt }) => {
        const state = endedAt === null ? 'open' : 'finished'
        move.run(nextRow, acquired, JSON.stringify(reasons), state, endedAt, importId)
      },
      fault: (importId, row, reason) => void fault.run(importId, row, reason),
    },
    decideRow,
  )
  return {
    startImport: async (command) =>
      write(command.now, (unit) => {
        const { importId, intentHash, header, campaignId, storeId, dryRun, rows, by, now } = command
        const before = find.get(importId)
        if (before) return Buffer.compare(before.intent_hash, intentHash) === 0 ? progressOf(before) : 'differs'
        const of = [campaignId ?? null, storeId ?? null, Number(dryRun), rows ?? null]
        insert.run(importId, intentHash, header, ...of, by.id, now)
        const subject = { kind: 'acquisition-import', id: importId }
        const details = { dryRun, campaignId: campaignId ?? null }
        audit.append(unit, { actor: by, action: 'acquisition-import.start', subject, details })
        return found(importId) ?? 'differs'
      }),

    importRows: async (command) =>
      write(command.now, (unit) => takePart(unit, command, (rows, decide) => rows.forEach(decide))),

    cancelImport: async (importId, operatorId, now) =>
      write(now, (unit) => {
        const row = find.get(importId)
        if (!row) return null
        if (row.state !== 'open') return progressOf(row)
        move.run(row.next_row, row.acquired, row.reasons, 'cancelled', now, importId)
        const subject = { kind: 'acquisition-import', id: importId }
        audit.append(unit, { actor: byOperator(operatorId), action: 'acquisition-import.cancel', subject })
        return found(importId)
      }),

    import: (importId) =>
      read(() => {
        const row = find.get(importId)
        if (!row) return null
        return { progress: progressOf(row), header: row.header, campaignId: row.campaign_id, storeId: row.store_id }
      }),
    imports: (limit) => read(() => newest.all(limit).map(progressOf)),
    importFaults: (importId, after, limit) => read(() => faults.all(importId, after, limit)),
  }
}
