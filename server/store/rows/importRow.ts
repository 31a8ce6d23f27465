import { type ImportProgress, ImportState } from '../../../core/contract/acquisitionImports.ts'

/** A row of acquisition_imports, with the name of who started it. */
export interface ImportRow {
  readonly import_id: string
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

/** How far a list is, as everybody sees it. */
export function progressOf(row: ImportRow): ImportProgress {
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
