import { parentPort, workerData } from 'node:worker_threads'
import type { SnapshotCheck } from './checkSnapshot.ts'
import { unpackAhead } from './unpackAhead.ts'

/** Entry of the thread that reads one snapshot: told `false` when more of it has come and `true` when that is all, it says what it found and ends. */
const snapshot = unpackAhead(workerData as SnapshotCheck)
parentPort?.on('message', async (isAll: boolean) => {
  if (!isAll) return snapshot.came()
  parentPort?.postMessage(await snapshot.check())
  parentPort?.close()
})
