import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import type { CopyThreadData } from './copyWriter.ts'
import { writeCopy } from './writeCopy.ts'

/** Entry of the thread that writes one copy and ends. */
const { source, command } = workerData as CopyThreadData
const db = new Sqlite(typeof source === 'string' ? source : Buffer.from(source))
try {
  db.pragma('temp_store = MEMORY')
  parentPort?.postMessage(writeCopy(db, command))
} finally {
  db.close()
}
