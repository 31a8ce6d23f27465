import { accessSync, constants } from 'node:fs'
import Database from 'better-sqlite3'
import { ZodError } from 'zod'
import { accepted, refused } from '../../../core/outcome.ts'
import type { StorageFault, Stored } from '../counterStore.ts'
import type { Flusher } from './flusher.ts'

export type Db = Database.Database

/** Each entry brings the schema from its index to the next version; `user_version` says how far a file is. */
export type Migrations = readonly string[]

/** A write-ahead log that has grown larger is cut back to this. */
const LOG_BYTES = 8 * 1024 * 1024

/** A file that cannot be used, by name. */
export class UnusableFile extends Error {
  readonly code: 'schema_too_new' | 'of_another_key' | 'corrupt' | 'io' | 'full'

  constructor(code: UnusableFile['code'], detail: string) {
    super(detail)
    this.name = 'UnusableFile'
    this.code = code
  }
}

export interface OpenOptions {
  /** Bounds the file's size, as a full disk would. */
  readonly maxPages?: number
  /** Reads the whole file first; otherwise whoever reads a damaged page meets it. */
  readonly readWhole?: boolean
}

/**
 * Opens a WAL file that keeps what it has said it keeps: `synchronous=FULL` (better-sqlite3 opens WAL files with NORMAL),
 * migrated to the newest schema. A new file can be made smaller again (`incremental_vacuum`).
 *
 * @throws UnusableFile when the file is damaged, newer than this program, or cannot be opened.
 */
export function openDatabase(path: string, migrations: Migrations, options: OpenOptions = {}): Db {
  let db: Db | undefined
  try {
    db = new Database(path, { timeout: 5_000 })
    // SQLite opens what it may only read without a word, and here that is no use.
    accessSync(path, constants.W_OK)
    // Counts only for a file that is new, and would write into any other before it is known whether we may.
    if (db.pragma('page_count', { simple: true }) === 0) db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    db.pragma(`journal_size_limit = ${LOG_BYTES}`)
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`)
    const check = options.readWhole ? db.pragma('quick_check(1)', { simple: true }) : 'ok'
    if (check !== 'ok') throw new UnusableFile('corrupt', String(check))
    migrate(db, migrations)
    return db
  } catch (error) {
    db?.close()
    if (error instanceof UnusableFile) throw error
    const fault = isMissingRight(error) ? 'io' : storageFault(error)
    if (fault === null) throw error
    throw new UnusableFile(fault, (error as Error).message)
  }
}

const isMissingRight = (error: unknown): boolean =>
  ['EROFS', 'EACCES'].includes(String((error as { code?: unknown }).code))

function migrate(db: Db, migrations: Migrations): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > migrations.length) {
    throw new UnusableFile('schema_too_new', `schema ${version}, this program knows ${migrations.length}`)
  }
  for (let next = version; next < migrations.length; next++) {
    db.transaction(() => {
      db.exec(migrations[next] ?? '')
      db.pragma(`user_version = ${next + 1}`)
    }).immediate()
  }
}

/** Sorts an error of SQLite by what can be done about it; null: not SQLite's, a bug. */
export function storageFault(error: unknown): StorageFault | null {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return null
  if (code.startsWith('SQLITE_FULL')) return 'full'
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return 'corrupt'
  // A constraint that breaks is a bug of ours and must not look like a bad disk.
  if (code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_ERROR' || code === 'SQLITE_MISUSE') return null
  return 'io'
}

/** Whether an error comes of a damaged page: SQLite says so, or what stands there is nothing that we ever wrote. */
export function isDamage(error: unknown): boolean {
  const nonsense = error instanceof SyntaxError || error instanceof RangeError || error instanceof ZodError
  return nonsense || storageFault(error) === 'corrupt'
}

interface Bounds {
  readonly begin: Database.Statement
  readonly commit: Database.Statement
  readonly rollback: Database.Statement
}
const boundsOf = new WeakMap<Db, Bounds>()
const undoneOf = new WeakMap<Db, (() => void)[]>()

/** Calls `listener` whenever a transaction came to nothing: what is remembered of the file may be of that. */
export function onUndone(db: Db, listener: () => void): void {
  undoneOf.set(db, [...(undoneOf.get(db) ?? []), listener])
}

/** What `db.transaction(work).immediate()` does, without making its functions anew for every approval. */
function atOnce<Value>(db: Db, work: () => Value): Value {
  const bounds = boundsOf.get(db) ?? {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
  }
  boundsOf.set(db, bounds)
  bounds.begin.run()
  try {
    const value = work()
    bounds.commit.run()
    return value
  } catch (error) {
    // After SQLITE_FULL or an I/O error SQLite may have rolled back on its own.
    if (db.inTransaction) bounds.rollback.run()
    for (const tell of undoneOf.get(db) ?? []) tell()
    throw error
  }
}

/** Runs `work` as one `BEGIN IMMEDIATE` transaction; when it returns a value, that is on disk. */
export function write<Value>(db: Db, work: () => Value): Stored<Value> {
  try {
    return accepted(atOnce(db, work))
  } catch (error) {
    const fault = storageFault(error)
    if (fault === null) throw error
    return refused({ fault, detail: (error as Error).message })
  }
}

/**
 * Runs `work` as `write` does, and `meanwhile` while the disk is at it; when it returns, what `work` wrote is on disk.
 * `meanwhile` writes nothing: its value is what comes back.
 */
export function writeMeanwhile<Value>(db: Db, disk: Flusher, work: () => void, meanwhile: () => Value): Stored<Value> {
  // The commit leaves it to the flusher to wait for the disk.
  db.exec('PRAGMA synchronous = NORMAL')
  try {
    const written = write(db, work)
    if (!written.ok) return written
    disk.begin()
  } finally {
    db.exec('PRAGMA synchronous = FULL')
  }
  const value = meanwhile()
  try {
    disk.end()
  } catch (error) {
    return refused({ fault: 'io', detail: (error as Error).message })
  }
  return accepted(value)
}
