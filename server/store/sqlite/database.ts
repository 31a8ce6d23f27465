import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { StoreUnavailable } from '../commands.ts'
import { migrate } from './migrate.ts'

/** So long a connection waits for others. */
const BUSY_MS = 2_000

/** A database that cannot be used, in words that say what to do. It was left as it is. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase'
}

const WHY_UNUSABLE: readonly (readonly [RegExp, string])[] = [
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'database_corrupt: the file is damaged, or no database. It was left as it is: keep a copy, then restore a backup; counters send again what they have not had an answer for',
  ],
  [/^SQLITE_FULL/, 'disk_full: there is no room on the disk of the database; make some and start again'],
  [/^SQLITE_READONLY/, 'database_read_only: the file, its folder or its disk cannot be written'],
  [
    /^SQLITE_(CANTOPEN|IOERR)/,
    'database_unreadable: the file cannot be opened: does its folder exist, may this user use it?',
  ],
  [/^SQLITE_(BUSY|LOCKED)/, 'database_busy: another program holds the file'],
]

/**
 * Opens (and makes) a coupon database and brings it up to date. `path` is a file or `:memory:`.
 * Throws `NewerSchema` for a file of a newer program, `UnusableDatabase` for one that is damaged or cannot be written.
 */
export function openDatabase(path: string): Database {
  try {
    return open(path)
  } catch (error) {
    throw unusable(error) ?? error
  }
}

function unusable(error: unknown): UnusableDatabase | null {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string') return null
  if (code === 'EROFS' || code === 'EACCES') {
    return new UnusableDatabase('database_read_only: its folder cannot be made', { cause: error })
  }
  const words = WHY_UNUSABLE.find(([pattern]) => pattern.test(code))?.[1]
  return words === undefined ? null : new UnusableDatabase(`${words} (${code})`, { cause: error })
}

function open(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new Sqlite(path, { timeout: BUSY_MS })
  try {
    db.pragma('journal_mode = WAL')
    // better-sqlite3 opens WAL files with NORMAL, which may lose commits at a power cut.
    db.pragma('synchronous = FULL')
    setUp(db)
    migrate(db)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/**
 * A second connection to a file that is open already. Its commits are in the log when they return and not on disk: whoever
 * says that they are has to see to it.
 */
export function connectBeside(path: string): Database {
  const db = new Sqlite(path, { timeout: BUSY_MS, fileMustExist: true })
  db.pragma('synchronous = NORMAL')
  setUp(db)
  return db
}

const SMALL_CACHE_KIB = 8 * 1024
const LARGE_CACHE_KIB = 64 * 1024
/** SQLite's lock byte: the page that holds it, if there is one, is never used. */
const LOCK_BYTE = 2 ** 30

/** What every connection that decides has in common. */
export function setUp(db: Database): void {
  db.pragma('foreign_keys = ON')
  // Rare, larger checkpoints: measured, a third more redemptions a second than with the default of 1,000 pages.
  db.pragma('wal_autocheckpoint = 10000')
  // Pages that move through the lock byte's number make every commit look through the whole cache, as long as the file ends
  // before it: measured, 64 MiB cost a fifth of a redemption. What is not in it is in the system's cache.
  const bytes = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  db.pragma(`cache_size = -${bytes > LOCK_BYTE ? LARGE_CACHE_KIB : SMALL_CACHE_KIB}`)
  db.pragma('temp_store = MEMORY')
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
