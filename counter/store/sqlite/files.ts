import { rmSync } from 'node:fs'

export const JOURNAL_FILE = 'journal.db'
export const REPLICA_FILE = 'replica.db'

/** What SQLite keeps beside a WAL database. */
export const BESIDE = ['-wal', '-shm'] as const

/** Removes a database and whatever lies beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...BESIDE]) rmSync(path + suffix, { force: true })
}
