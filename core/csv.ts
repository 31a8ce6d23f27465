export type Cell = string | number | null

/** A byte order mark, so that spreadsheets read Japanese as UTF-8. */
export const CSV_BEGINNING = '\uFEFF'

/**
 * One line of CSV (RFC 4180) with its end; no cell that a spreadsheet would take for a formula (full-width signs too), because
 * titles, names and reasons are other people's text.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
