import { Readable } from 'node:stream'

/**
 * Rows as CSV (RFC 4180) for spreadsheets: a byte order mark, so that Japanese is read as UTF-8, and no cell that a
 * spreadsheet would take for a formula, because titles and names are other people's text.
 */
export function csv(header: readonly string[], pages: AsyncIterable<readonly (readonly Cell[])[]>): Readable {
  return Readable.from(lines(header, pages), { objectMode: false })
}

export type Cell = string | number | null

async function* lines(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(header)}`
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map(csvLine).join('')
  }
}

/** One line with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
