import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import type { ImportRows } from '../deciding/importing.ts'
import type { ImportLists } from '../deciding/importPart.ts'
import { type ImportRow, progressOf } from '../rows/importRow.ts'
import type { Call, Row, Statement } from './connection.ts'
import { lookedUp } from './lookedUp.ts'
import { put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

const LOAD: Statement = {
  name: 'load_imports',
  text: `SELECT (SELECT json_agg(row_to_json(i)) FROM (
      SELECT i.import_id, i.header, i.campaign_id, i.store_id, i.dry_run, i.row_count, i.next_row, i.acquired, i.reasons, i.state,
        i.started_by, o.name AS started_by_name, i.started_at, i.ended_at
      FROM acquisition_imports AS i LEFT JOIN operators AS o ON o.operator_id = i.started_by
      WHERE i.import_id = ANY ($1::TEXT[])) AS i),
    (SELECT json_agg(json_build_array(t.import_id, t.tried, t.times)) FROM unnest($1::TEXT[]) AS n (id), unnest($2::TEXT[]) AS w (tried),
       ${lookedUp('acquisition_import_tries AS t', 't.import_id = n.id AND t.tried = w.tried')} AS t)`,
}

export type ImportsLoaded = readonly [
  readonly ImportRow[] | null,
  readonly (readonly [string, string, number])[] | null,
]
export const NO_IMPORTS: ImportsLoaded = [null, null]

/** Loads lists that arrive in parts, and what their dry runs have tried; null when none is wanted. */
export const loadImports = ({ imports, tries }: Wants): Call | null =>
  imports.size === 0 ? null : { statement: LOAD, values: [[...imports], [...tries]] }

const FAULTS: Statement = {
  name: 'new_import_faults',
  text: `INSERT INTO acquisition_import_faults (import_id, row_number, reason)
    SELECT * FROM unnest($1::TEXT[], $2::BIGINT[], $3::TEXT[])`,
}
const TRIES: Statement = {
  name: 'put_import_tries',
  text: `INSERT INTO acquisition_import_tries (import_id, tried, times) SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[])
    ON CONFLICT (import_id, tried) DO UPDATE SET times = excluded.times`,
}
const MOVES: Statement = {
  name: 'move_imports',
  text: `UPDATE acquisition_imports AS i SET next_row = x.next_row, acquired = x.acquired, reasons = x.reasons, state = x.state,
      ended_at = x.ended_at
    FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[])
      AS x (import_id, next_row, acquired, reasons, state, ended_at) WHERE i.import_id = x.import_id`,
}

export interface ImportSet extends ImportRows {
  readonly lists: ImportLists
  writes(): readonly Call[]
}

/** Lists of acquisitions as far as they have come, in memory for one transaction. `issued`: coupons of a campaign, so far. */
export function importSet(
  wants: Wants,
  [found, triesLoaded]: ImportsLoaded,
  issued: (campaignId: string) => number,
): ImportSet {
  const rows = new Map((found ?? []).map((row) => [row.import_id, row]))
  const moved = new Set<string>()
  const nameOf = (importId: string, tried: string) => `${importId} ${tried}`
  const times = new Map((triesLoaded ?? []).map(([importId, tried, count]) => [nameOf(importId, tried), count]))
  const tried = new Map<string, Row>()
  const faults: Row[] = []
  const timesOf = (importId: string, what: string): number => {
    if (!wants.tries.has(what)) throw new Missing('tries', what)
    return times.get(nameOf(importId, what)) ?? 0
  }

  return {
    tries: timesOf,
    countTry(importId, what) {
      const count = timesOf(importId, what) + 1
      times.set(nameOf(importId, what), count)
      tried.set(nameOf(importId, what), [importId, what, count])
    },
    issued,
    lists: {
      find(importId): ImportProgress | null {
        if (!wants.imports.has(importId)) throw new Missing('imports', importId)
        const row = rows.get(importId)
        return row ? progressOf(row) : null
      },
      move(importId, { nextRow, acquired, reasons, endedAt }) {
        const row = rows.get(importId)
        if (!row) return
        const state = endedAt === null ? 'open' : 'finished'
        const to = { next_row: nextRow, acquired, reasons: JSON.stringify(reasons), state, ended_at: endedAt }
        rows.set(importId, { ...row, ...to })
        moved.add(importId)
      },
      fault: (importId, row, reason) => void faults.push([importId, row, reason]),
    },
    writes() {
      const moves = [...moved].flatMap((importId): Row[] => {
        const row = rows.get(importId)
        return row ? [[importId, row.next_row, row.acquired, row.reasons, row.state, row.ended_at]] : []
      })
      return [...put(FAULTS, faults), ...put(TRIES, [...tried.values()]), ...put(MOVES, moves)]
    },
  }
}
