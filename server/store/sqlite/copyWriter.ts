import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import type { CopyCommand, CopyWritten } from '../couponStore.ts'
import { writeCopy } from './writeCopy.ts'

/** How a store writes copies of the database behind `db`. */
export type CopyWriter = (db: Database, command: CopyCommand) => Promise<CopyWritten>

/** What the thread is started with: the file to read, or the bytes of a database in memory. */
export interface CopyThreadData {
  readonly source: string | Uint8Array
  readonly command: CopyCommand
}

/** On the caller's connection, which does nothing else meanwhile: where time is not real. */
export const copyInPlace: CopyWriter = async (db, command) => writeCopy(db, command)

/** In a thread with a connection of its own: whoever decides goes on. */
export const copyInThread: CopyWriter = (db, command) =>
  new Promise((resolve, reject) => {
    const workerData: CopyThreadData = { source: db.memory ? db.serialize() : db.name, command }
    const thread = new Worker(new URL('./copyThread.ts', import.meta.url), { workerData })
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the thread that writes a copy ended with ${code}`)))
  })
