import { Worker } from 'node:worker_threads'
import { refused } from '../../../core/outcome.ts'
import { checkSnapshot, type SnapshotCheck, type SnapshotVerdict } from './checkSnapshot.ts'

/** How a snapshot is read through. */
export type SnapshotChecker = (check: SnapshotCheck) => Promise<SnapshotVerdict>

/** On the caller's thread: where time is not real. */
export const checkInPlace: SnapshotChecker = async (check) => checkSnapshot(check)

/** Beside the bundle that Electron runs, and here as it is. */
const THREAD = import.meta.url.endsWith('.ts') ? './checkThread.ts' : './checkThread.mjs'

/** In a thread of its own, because it takes as long as reading the whole file: taps go on. */
export const checkInThread: SnapshotChecker = (check) =>
  new Promise((resolve) => {
    const failed = (detail: string) => resolve(refused({ fault: 'storage_failed' as const, detail }))
    const thread = new Worker(new URL(THREAD, import.meta.url), { workerData: check })
    thread.once('message', resolve)
    thread.once('error', (error) => failed(error.message))
    thread.once('exit', (code) => failed(`the thread ended with ${code}`))
  })
