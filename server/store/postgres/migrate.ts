import pg from 'pg'
import { StoreUnavailable } from '../commands.ts'
import { mustKnow, NewerSchema, readMigrations } from '../migrations.ts'
import { asStoreError, configOf } from './connection.ts'

const FOLDER = new URL('../migrations/postgres/', import.meta.url)

/** Two processes that start together migrate one after the other. */
const LOCK = 31336

/**
 * Brings a database up to date: each missing migration in a transaction of its own together with its version, under a lock.
 * Rejects with `NewerSchema` for a database of a newer program, and with `StoreUnavailable`.
 */
export async function migrate(url: string, folder: URL = FOLDER): Promise<void> {
  const migrations = readMigrations(folder)
  const client = new pg.Client(configOf(url))
  // Told by whatever is asked next.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query('CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, name TEXT NOT NULL)')
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_versions',
    )
    const version = rows[0]?.version ?? 0
    mustKnow(version, migrations)
    for (const { version: next, name, sql } of migrations.slice(version)) {
      await client.query('BEGIN')
      await client.query(sql)
      await client.query('INSERT INTO schema_versions (version, name) VALUES ($1, $2)', [next, name])
      await client.query('COMMIT')
    }
  } catch (error) {
    if (error instanceof NewerSchema) throw error
    const named = asStoreError(error)
    throw named instanceof StoreUnavailable ? new StoreUnavailable(`${named.message}: is the database there?`) : named
  } finally {
    // Its locks, and a transaction that was not finished, end with it.
    await client.end().catch(() => {})
  }
}
