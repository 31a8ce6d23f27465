export const JOURNAL_FILE = 'journal.db'
export const REPLICA_FILE = 'replica.db'

/** What SQLite keeps beside a WAL database. */
export const BESIDE = ['-wal', '-shm'] as const
