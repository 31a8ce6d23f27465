import { Readable } from 'node:stream'
import { type Cell, CSV_BEGINNING, csvLine } from '../../core/csv.ts'

/** Rows as CSV for spreadsheets, sent as they are read. */
export function csv(header: readonly string[], pages: AsyncIterable<readonly (readonly Cell[])[]>): Readable {
  return Readable.from(lines(header, pages), { objectMode: false })
}

async function* lines(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<string> {
  yield CSV_BEGINNING + csvLine(header)
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map(csvLine).join('')
  }
}
