import type { Call, Row, Statement } from './connection.ts'

/** A statement over `unnest` of its parameters, a column each; nothing when there is no row. */
export function put(statement: Statement, rows: readonly Row[]): readonly Call[] {
  const [first] = rows
  if (!first) return []
  return [{ statement, values: first.map((_, column) => rows.map((row) => row[column])) }]
}

/** An UPDATE over `unnest` that must find every row as it was: otherwise the transaction is decided again. */
export const mustFindAll = (update: string, what: string): string =>
  `WITH found AS (${update} RETURNING 1) SELECT must_hold((SELECT count(*) FROM found) = cardinality($1), '${what}')`
