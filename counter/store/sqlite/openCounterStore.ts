import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type { Sealer } from '../../station/sealer.ts'
import type { CounterStore } from '../counterStore.ts'
import { checkBeside, type SnapshotChecker } from './checker.ts'
import { type Db, isDamage, openDatabase, storageFault, UnusableFile } from './database.ts'
import { JOURNAL_FILE, REPLICA_FILE } from './files.ts'
import { type Flusher, flushInPlace } from './flusher.ts'
import { sqliteJournal } from './journal.ts'
import { checkAtStart, claimJournal, isMarked, mark } from './journalCheck.ts'
import { JOURNAL_MIGRATIONS } from './journalSchema.ts'
import { sqliteReplica } from './replica.ts'
import { exportTo } from './rescue.ts'
import { snapshotInbox } from './snapshotInbox.ts'
import { watchful } from './watchful.ts'

/** It is written at its end and seldom read elsewhere; better-sqlite3's 16 MB only fill up all day. */
const JOURNAL_CACHE_KIB = 4 * 1024

export type OpenRefusal = {
  /** `journal_…`: the file that nothing can replace; nothing may be approved. */
  readonly code: `journal_${UnusableFile['code']}` | 'storage_failed'
  readonly detail: string
}

export interface OpenStoreOptions {
  /** Bounds the journal's size, as a full disk would. */
  readonly maxJournalPages?: number
  /** Reads snapshots through; by default in a thread of its own. */
  readonly snapshotChecker?: SnapshotChecker
  /** Brings a file onto the disk while the counter decides: `flushBeside`; by default nothing is done beside it. */
  readonly flusher?: (path: string) => Flusher
  /** Told when a page of the journal cannot be read: this program must not go on with it. */
  readonly damaged?: (detail: string) => void
}

/** Opens (or makes) `journal.db` and `replica.db` in `dataDir`. */
export function openCounterStore(
  dataDir: string,
  sealer: Sealer,
  options: OpenStoreOptions = {},
): Outcome<CounterStore, OpenRefusal> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const path = join(dataDir, JOURNAL_FILE)
    const db = openJournal(path, sealer, options.maxJournalPages)
    try {
      const replicaPath = join(dataDir, REPLICA_FILE)
      const replica = sqliteReplica(replicaPath)
      const checker = options.snapshotChecker ?? checkBeside()
      const snapshots = snapshotInbox(replicaPath, replica, checker)
      const disk = (options.flusher ?? flushInPlace)(`${path}-wal`)
      const close = () => {
        checker.forget()
        disk.close()
        db.close()
        replica.close()
      }
      const damaged = (detail: string) => {
        mark(path, detail)
        options.damaged?.(detail)
      }
      const exportQueue = (now: number) => exportTo(dataDir, now)
      return accepted({
        journal: watchful(sqliteJournal(db, sealer, disk), damaged),
        replica,
        snapshots,
        exportQueue,
        close,
      })
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    if (error instanceof UnusableFile) return refused({ code: `journal_${error.code}` as const, detail: error.message })
    return refused({ code: 'storage_failed' as const, detail: (error as Error).message })
  }
}

function openJournal(path: string, sealer: Sealer, maxPages: number | undefined): Db {
  const options = { readWhole: isMarked(path), ...(maxPages === undefined ? {} : { maxPages }) }
  const db = openDatabase(path, JOURNAL_MIGRATIONS, options)
  try {
    const publicKey = sealer.publicKey()
    db.pragma(`cache_size = -${JOURNAL_CACHE_KIB}`)
    claimJournal(db, publicKey)
    checkAtStart(db, path, publicKey)
    return db
  } catch (error) {
    db.close()
    if (error instanceof UnusableFile) throw error
    const fault = isDamage(error) ? 'corrupt' : storageFault(error)
    if (fault === null) throw error
    throw new UnusableFile(fault, (error as Error).message)
  }
}
