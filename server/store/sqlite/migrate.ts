import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'

const FOLDER = new URL('../migrations/sqlite/', import.meta.url)

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** The numbered migrations, `NNNN_name.sql`, in order; throws when a number is missing or twice there. */
function readMigrations(folder: URL): readonly Migration[] {
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      version: Number.parseInt(name, 10),
      name,
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }))
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`migration ${migration.name} is out of order`)
  })
  return migrations
}

/** A database written by a newer program; opening it with this one could lose what it does not know. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema'
}

/**
 * Brings a database up to date: each missing migration in a transaction of its own together with its `user_version`, so
 * that an interrupted one leaves the version before. Throws `NewerSchema` for a database of a newer program.
 */
export function migrate(db: Database, folder: URL = FOLDER): void {
  const migrations = readMigrations(folder)
  const apply = db.transaction((): boolean => {
    // Read inside the transaction: another process may be migrating the same file.
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version > migrations.length) {
      throw new NewerSchema(
        `the database has schema version ${version}, this program knows up to ${migrations.length}: use a newer tapcoupon`,
      )
    }
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
