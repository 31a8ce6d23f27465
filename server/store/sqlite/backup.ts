import Sqlite, { type Database } from 'better-sqlite3'

/** All pages in one step: one view of the database, which writers neither change nor wait for. */
const ALL_PAGES = 2 ** 31 - 1

/** What a file holds, after all of it was read and checked. Throws in words what is wrong with it. */
export function checkedCopy(path: string): { readonly changeSeq: number; readonly version: number } {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    const version = Number(db.pragma('user_version', { simple: true }))
    const verdict = db.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`${path} is damaged: ${verdict}`)
    const broken = db.pragma('foreign_key_check') as readonly unknown[]
    if (broken.length > 0) throw new Error(`${path} is damaged: ${broken.length} rows refer to what is not there`)
    const changeSeq = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck().get()
    if (changeSeq === undefined) throw new Error(`${path} is no coupon database`)
    return { changeSeq, version }
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    if (typeof code === 'string')
      throw new Error(`${path} is no coupon database, or damaged (${code})`, { cause: error })
    throw error
  } finally {
    db.close()
  }
}

/** Copies a database that others are writing to, to a new file, and checks the copy. */
export async function backupDatabase(from: string, to: string): Promise<{ readonly changeSeq: number }> {
  const db = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    await db.backup(to, { progress: () => ALL_PAGES })
  } finally {
    db.close()
  }
  withoutLog(to)
  return checkedCopy(to)
}

/** One file with everything in it: a copy of a database in WAL mode would make a log beside it when it is read. */
function withoutLog(path: string): void {
  const db = new Sqlite(path)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

/** A database that somebody works with. */
export class InUse extends Error {
  override readonly name = 'InUse'
}

/**
 * Takes a database for oneself; null: it is damaged, so that nobody can work with it. Throws `InUse` when another process
 * has it open: a connection in WAL mode keeps a lock on the file as long as it is open, and leaving that mode needs the
 * file alone. What stood in its log is in the file then.
 */
export function takeAlone(path: string): Database | null {
  const db = new Sqlite(path, { fileMustExist: true, timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db.close()
    const { code = '' } = error as { readonly code?: string }
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) throw new InUse('a server works with this database: end it first')
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return null
    throw error
  }
}
