import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Ids } from '../../core/ports/ids.ts'
import { checkedCopy, takeAlone } from '../store/sqlite/backup.ts'
import { openSqliteCouponStore } from '../store/sqlite/sqliteCouponStore.ts'
import { sync } from './backup.ts'

export interface Restored {
  readonly database: string
  readonly changeSeq: number
  /** Where what was there before has been put; null: there was nothing. */
  readonly before: string | null
}

/**
 * `restore FILE`: puts a backup in a database's place, while no server works with it. What was there is kept beside it under
 * another name. The change feed goes on in a new epoch, so that stations notice, take a new copy and send again what the
 * backup does not know.
 */
export async function restoreCommand(file: string, databasePath: string, now: number, ids: Ids): Promise<Restored> {
  if (databasePath === ':memory:') throw new Error('a database in memory cannot be restored to')
  if (!existsSync(file)) throw new Error(`there is no file ${file}`)
  const { changeSeq } = checkedCopy(file)
  mkdirSync(dirname(databasePath), { recursive: true })
  const part = `${databasePath}.${process.pid}.part`
  const isThere = existsSync(databasePath)
  const before = isThere ? `${databasePath}.before-${new Date(now).toISOString().replace(/[:.]/g, '-')}` : null
  const taken = isThere ? takeAlone(databasePath) : null
  try {
    copyFileSync(file, part)
    sync(part)
    if (before !== null) {
      for (const suffix of ['', '-wal', '-shm']) {
        if (existsSync(databasePath + suffix)) renameSync(databasePath + suffix, before + suffix)
      }
    }
    renameSync(part, databasePath)
    sync(dirname(databasePath))
  } finally {
    taken?.close()
    rmSync(part, { force: true })
  }
  // Brings it up to date and begins the new epoch.
  await openSqliteCouponStore({ path: databasePath, ids }).close()
  return { database: databasePath, changeSeq, before }
}
