import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type { Sealer } from '../../station/sealer.ts'
import type { CounterStore } from '../counterStore.ts'
import { openDatabase, UnusableFile } from './database.ts'
import { sqliteJournal } from './journal.ts'
import { JOURNAL_MIGRATIONS } from './journalSchema.ts'
import { sqliteReplica } from './replica.ts'

export type OpenRefusal = {
  /** `journal_…`: the file that nothing can replace; nothing may be approved. */
  readonly code: `journal_${UnusableFile['code']}` | 'storage_failed'
  readonly detail: string
}

/**
 * Opens (or makes) `journal.db` and `replica.db` in `dataDir`. `maxJournalPages` bounds the journal's size as a full disk
 * would.
 */
export function openCounterStore(
  dataDir: string,
  seal: Sealer,
  options: { maxJournalPages?: number } = {},
): Outcome<CounterStore, OpenRefusal> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const replica = sqliteReplica(join(dataDir, 'replica.db'))
    try {
      const { maxJournalPages } = options
      const db = openDatabase(
        join(dataDir, 'journal.db'),
        JOURNAL_MIGRATIONS,
        maxJournalPages === undefined ? {} : { maxPages: maxJournalPages },
      )
      const close = () => {
        db.close()
        replica.close()
      }
      return accepted({ journal: sqliteJournal(db, seal), replica, close })
    } catch (error) {
      replica.close()
      if (error instanceof UnusableFile)
        return refused({ code: `journal_${error.code}` as const, detail: error.message })
      throw error
    }
  } catch (error) {
    return refused({ code: 'storage_failed' as const, detail: (error as Error).message })
  }
}
