import { fdatasyncSync, openSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { ThreadData } from './messages.ts'
import { flushCommits } from './turns.ts'

/**
 * Entry of the thread that brings SQLite's log onto the disk, as a COMMIT does under `synchronous=FULL`, though nobody who
 * decides waits for it: what is committed meanwhile goes along the next time. The log is one file for as long as a connection
 * to the database is open. A disk that fails ends the thread.
 */
const { path, turns } = workerData as ThreadData
const log = openSync(`${path}-wal`, 'r+')
flushCommits(turns, () => fdatasyncSync(log))
