import { parentPort, workerData } from 'node:worker_threads'
import { checkSnapshot, type SnapshotCheck } from './checkSnapshot.ts'

/** Entry of the thread that checks one snapshot and ends. */
parentPort?.postMessage(checkSnapshot(workerData as SnapshotCheck))
