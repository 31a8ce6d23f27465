import Sqlite from 'better-sqlite3'

/** What `read` sees in a SQLite file, over a connection of its own that changes nothing. */
export function readInDatabase<Result>(path: string, read: (db: Sqlite.Database) => Result): Result {
  const db = new Sqlite(path, { readonly: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

/** The first row that a statement finds. */
export function firstRow<Row>(path: string, sql: string, ...values: unknown[]): Row {
  return readInDatabase(path, (db) => db.prepare(sql).get(...values) as Row)
}
