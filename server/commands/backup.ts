import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { backupDatabase } from '../store/sqlite/backup.ts'

export interface BackupMade {
  readonly file: string
  readonly bytes: number
  /** The position of the change feed that it contains. */
  readonly changeSeq: number
}

/**
 * `backup FILE`: a copy of a SQLite database at one moment, while servers go on writing to it. It is checked and on disk
 * before it has its name, and takes no other file's place. Keys are not in it.
 */
export async function backupCommand(file: string, databasePath: string): Promise<BackupMade> {
  if (!existsSync(databasePath)) throw new Error(`there is no database ${databasePath}`)
  if (existsSync(file)) throw new Error(`${file} is there already: a backup replaces nothing`)
  const part = `${file}.${process.pid}.part`
  try {
    const { changeSeq } = await backupDatabase(databasePath, part)
    sync(part)
    // Unlike a rename, this replaces nothing that came meanwhile.
    linkSync(part, file)
    sync(dirname(file))
    return { file, bytes: statSync(file).size, changeSeq }
  } finally {
    rmSync(part, { force: true })
  }
}

/** Until a file, or the names in a folder, are on disk. */
export function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
