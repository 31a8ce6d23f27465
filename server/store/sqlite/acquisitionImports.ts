import type { Database } from 'better-sqlite3'
import { type ImportProgress, ImportState } from '../../../core/contract/acquisitionImports.ts'
import { byOperator } from '../../audit/entry.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { DecideRow, ImportRows } from '../deciding/importing.ts'
import type { RegistrationStore } from '../registrationCommands.ts'
import type { Runs } from './runs.ts'

interface Row {
  readonly import_id: string
  readonly intent_hash: Uint8Array
  readonly header: string
  readonly campaign_id: string | null
  readonly store_id: string | null
  readonly dry_run: number
  readonly row_count: number | null
  readonly next_row: number
  readonly acquired: number
  readonly reasons: string
  readonly state: string
  readonly started_by: string
  readonly started_by_name: string | null
  readonly started_at: number
  readonly ended_at: number | null
}

const progressOf = (row: Row): ImportProgress => {
  const reasons: Record<string, number> = JSON.parse(row.reasons)
  return {
    importId: row.import_id,
    state: ImportState.parse(row.state),
    dryRun: row.dry_run === 1,
    campaignId: row.campaign_id,
    storeId: row.store_id,
    nextRow: row.next_row,
    rows: row.row_count,
    acquired: row.acquired,
    bad: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    reasons,
    startedBy: row.started_by,
    startedByName: row.started_by_name,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  }
}

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
  return {
    startImport: async (command) =>
      write(command.now, (unit) => {
        const { importId, intentHash, header, campaignId, storeId, dryRun, rows, operatorId, now } = command
        const before = find.get(importId)
        if (before) return Buffer.compare(before.intent_hash, intentHash) === 0 ? progressOf(before) : 'differs'
        const of = [campaignId ?? null, storeId ?? null, Number(dryRun), rows ?? null]
        insert.run(importId, intentHash, header, ...of, operatorId, now)
        const subject = { kind: 'acquisition-import', id: importId }
        const details = { dryRun, campaignId: campaignId ?? null }
        audit.append(unit, { actor: byOperator(operatorId), action: 'acquisition-import.start', subject, details })
        return found(importId) ?? 'differs'
      }),

    importRows: async ({ importId, firstRow, rows, last, now }) =>
      write(now, (unit) => {
        const row = find.get(importId)
        if (!row) return null
        const before = progressOf(row)
        if (before.state === 'finished' && firstRow + rows.length <= before.nextRow) return before
        if (before.state !== 'open') return 'over'
        if (firstRow > before.nextRow) return 'gap'
        let { nextRow, acquired } = before
        const reasons = { ...before.reasons }
        // What was taken already came again because its answer was lost.
        for (const arrived of rows.slice(before.nextRow - firstRow)) {
          const reason = decideRow(unit, importId, before.dryRun, nextRow, arrived)
          if (reason === null) acquired += 1
          else {
            reasons[reason] = (reasons[reason] ?? 0) + 1
            fault.run(importId, nextRow, reason)
          }
          nextRow += 1
        }
        move.run(nextRow, acquired, JSON.stringify(reasons), last ? 'finished' : 'open', last ? now : null, importId)
        return found(importId)
      }),

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
