import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../commands.ts'
import type { CopyCommand, CopyWritten } from '../../couponStore.ts'
import { openDesk } from '../desk.ts'
import { writeCopy } from './writeCopy.ts'

/** What the thread is started with. */
export interface CopyThreadData {
  readonly url: string
  readonly command: CopyCommand
}

/** Writes a copy in a thread with a connection of its own: whoever decides goes on. Rejects with `StoreUnavailable`. */
export function copyInThread(url: string, command: CopyCommand): Promise<CopyWritten> {
  return new Promise((resolve, reject) => {
    const workerData: CopyThreadData = { url, command }
    const fail = (cause: unknown) => reject(new StoreUnavailable('a copy could not be written', { cause }))
    const thread = new Worker(new URL('./copyThread.ts', import.meta.url), { workerData })
    thread.once('message', resolve)
    thread.once('error', fail)
    thread.once('exit', (code) => fail(new Error(`the thread that writes a copy ended with ${code}`)))
  })
}

/** In the caller's own thread, which is busy with every slice: where nobody else waits. */
export async function copyHere(url: string, command: CopyCommand): Promise<CopyWritten> {
  const desk = openDesk(url)
  try {
    return await writeCopy(desk, command)
  } finally {
    await desk.close()
  }
}
