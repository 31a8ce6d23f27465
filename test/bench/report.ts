/** One measured number. A ratio is ours against a limit that was measured interleaved in the same run. */
export interface BenchRow {
  readonly row: string
  readonly value: number
  /** `ms`, `mb`, `1/s`, `ratio`. */
  readonly unit: string
  /** What was compared, sample sizes, the spread. */
  readonly detail?: unknown
}

export type Report = (row: BenchRow) => void

/** What a file test/bench/NAME.ts exports. `options` are the words after NAME but for `--json`. */
export interface Bench {
  run(report: Report, options: readonly string[]): Promise<void>
}

/** A row as one line of JSON, or as text for a person. */
export function formatRow(bench: string, { row, value, unit, detail }: BenchRow, json: boolean): string {
  if (json) return JSON.stringify({ bench, row, value, unit, detail: detail ?? null })
  const shown = Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(4)
  const words = detail === undefined ? '' : `  ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`
  return `${row.padEnd(36)} ${shown.padStart(12)} ${unit}${words}`
}
