import type { Database } from 'better-sqlite3'
import { mustKnow, readMigrations } from '../migrations.ts'

const FOLDER = new URL('../migrations/sqlite/', import.meta.url)

/**
 * Brings a database up to date: each missing migration in a transaction of its own together with its `user_version`, so
 * that an interrupted one leaves the version before. Throws `NewerSchema` for a database of a newer program.
 */
export function migrate(db: Database, folder: URL = FOLDER): void {
  const migrations = readMigrations(folder)
  const apply = db.transaction((): boolean => {
    // Read inside the transaction: another process may be migrating the same file.
    const version = Number(db.pragma('user_version', { simple: true }))
    mustKnow(version, migrations)
    const next = migrations[version]
    if (!next) return false
    db.exec(next.sql)
    db.pragma(`user_version = ${next.version}`)
    return true
  })
  while (apply.immediate()) {
    // One migration a round.
  }
}
