import { parentPort, workerData } from 'node:worker_threads'
import { openDesk } from '../desk.ts'
import type { CopyThreadData } from './copyInThread.ts'
import { writeCopy } from './writeCopy.ts'

/** Entry of the thread that writes one copy and ends. */
const { url, command } = workerData as CopyThreadData
const desk = openDesk(url)
try {
  parentPort?.postMessage(await writeCopy(desk, command))
} finally {
  await desk.close()
}
