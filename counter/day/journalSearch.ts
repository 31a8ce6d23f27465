import type { JournalQuery, JournalRow } from '../../core/counter/dayDesk.ts'
import { type Cell, CSV_BEGINNING, csvLine } from '../../core/csv.ts'
import type { Store } from '../../core/objective.ts'
import { businessDayAt } from '../../core/qualification/periods.ts'
import type { DayBook } from '../store/dayBook.ts'
import { around, epochDay } from './books.ts'

const BATCH = 500
/** Events that one question looks through: it answers in a moment, and the next one goes on from there. */
const LOOKED_THROUGH = 20_000
const PAGE = 50
/** What people typed may be somebody's number. */
const LONG_NUMBER = /\d[\d\s-]{5,}\d/g

export interface SearchParts {
  readonly journal: Pick<DayBook, 'eventRows'>
  readonly store: Store
  readonly nameOf: (operatorId: string) => string | null
}

/** Events that fit, newest first, below `before`. `before` of the answer: where to go on; null: nothing older is there. */
export function searchJournal(
  query: JournalQuery,
  before: number | null,
  parts: SearchParts,
  limit: number = PAGE,
): { readonly rows: readonly JournalRow[]; readonly before: number | null } {
  const rows: JournalRow[] = []
  let from = before
  for (let looked = 0; looked < LOOKED_THROUGH && rows.length < limit; looked += BATCH) {
    const batch = batchOf(query, from, parts)
    for (const row of batch) {
      from = row.seq
      const shown = shownRow(row, parts)
      if (isAsked(shown, query, parts.store)) rows.push(shown)
      if (rows.length === limit) break
    }
    if (batch.length < BATCH && rows.length < limit) return { rows, before: null }
  }
  return { rows, before: from }
}

const HEADER = [
  'number',
  'time',
  'type',
  'action',
  'operator',
  'redemption',
  'sale',
  'medium',
  'discount',
  'reason',
  'state',
]

/** Everything that fits as CSV, newest first, in pieces; nothing in it says who a customer is. */
export function* journalCsv(query: JournalQuery, parts: SearchParts): Generator<{ text: string; rows: number }> {
  yield { text: CSV_BEGINNING + csvLine(HEADER), rows: 0 }
  let before: number | null = null
  do {
    const page = searchJournal(query, before, parts, BATCH)
    yield { text: page.rows.map((row) => csvLine(cellsOf(row))).join(''), rows: page.rows.length }
    before = page.before
  } while (before !== null)
}

const cellsOf = (row: JournalRow): readonly Cell[] => [
  row.seq,
  new Date(row.at).toISOString(),
  row.type,
  row.action,
  row.operatorName ?? row.operatorId,
  row.redemptionId,
  row.saleId,
  row.mediumType,
  row.discount,
  row.reason,
  row.fate,
]

function batchOf({ from, until, types }: JournalQuery, before: number | null, { journal }: SearchParts) {
  const span = {
    ...(from === undefined ? {} : { from: around(epochDay(from), epochDay(from)).from }),
    ...(until === undefined ? {} : { until: around(epochDay(until), epochDay(until)).until }),
  }
  return journal.eventRows(before, { ...span, types }, BATCH)
}

function shownRow(row: Omit<JournalRow, 'operatorName'>, { nameOf }: SearchParts): JournalRow {
  return {
    ...row,
    operatorName: row.operatorId === null ? null : nameOf(row.operatorId),
    reason: row.reason?.replace(LONG_NUMBER, '•••') ?? null,
  }
}

function isAsked(row: JournalRow, { from, until, text }: JournalQuery, store: Store): boolean {
  const day = businessDayAt(row.at, store)
  if (from !== undefined && day < epochDay(from)) return false
  if (until !== undefined && day > epochDay(until)) return false
  if (text === '') return true
  const words = text.toLowerCase()
  const { action, operatorName, redemptionId, saleId, reason, type } = row
  return [type, action, operatorName, redemptionId, saleId, reason].some((told) => told?.toLowerCase().includes(words))
}
