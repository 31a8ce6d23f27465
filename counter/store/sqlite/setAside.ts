import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, openDatabase } from './database.ts'
import { JOURNAL_FILE, REPLICA_FILE, removeDatabase } from './files.ts'
import { JOURNAL_MIGRATIONS } from './journalSchema.ts'

/**
 * What the station that this machine was leaves behind: its copy goes, its journal stays under another name, with whatever
 * is still in its outbox. Nothing happens when that has been done. Throws what SQLite or the disk throws.
 */
export function setAsideFilesOf(stationId: string, dataDir: string): void {
  const path = join(dataDir, JOURNAL_FILE)
  const aside = join(dataDir, `journal-of-${stationId.replace(/[^A-Za-z0-9-]/g, '_')}.db`)
  if (existsSync(aside) || !existsSync(path)) return
  removeReplica(dataDir)
  // One file can be renamed in one step: first everything must be in it.
  const db: Db = openDatabase(path, JOURNAL_MIGRATIONS)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  renameSync(path, aside)
}

export function removeReplica(dataDir: string): void {
  removeDatabase(join(dataDir, REPLICA_FILE))
}
