import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { ASKED, DONE, ENDED } from './flusher.ts'

/** Entry of the thread that brings one file onto the disk whenever it is asked, until it is told to end. */
const { path, state } = workerData as { path: string; state: Int32Array<SharedArrayBuffer> }

const file = openSync(path, 'r+')
let done = 0
parentPort?.postMessage('ready')
for (;;) {
  Atomics.wait(state, ASKED, done)
  const asked = Atomics.load(state, ASKED)
  if (asked === ENDED) break
  try {
    fdatasyncSync(file)
  } catch {
    Atomics.store(state, DONE, ENDED)
    Atomics.notify(state, DONE)
    break
  }
  done = asked
  Atomics.store(state, DONE, done)
  Atomics.notify(state, DONE)
}
closeSync(file)
