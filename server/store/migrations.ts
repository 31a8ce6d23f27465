import { readdirSync, readFileSync } from 'node:fs'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** The numbered migrations, `NNNN_name.sql`, in order; throws when a number is missing or twice there. */
export function readMigrations(folder: URL): readonly Migration[] {
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

/** Throws `NewerSchema` for a version that this program's migrations do not reach. */
export function mustKnow(version: number, migrations: readonly Migration[]): void {
  if (version <= migrations.length) return
  throw new NewerSchema(
    `the database has schema version ${version}, this program knows up to ${migrations.length}: use a newer tapcoupon`,
  )
}
