import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../commands.ts'
import type { Decider } from '../decider.ts'
import {
  type Answered,
  type Asked,
  packCommands,
  packQueries,
  type ThreadData,
  unpackError,
  unpackResponses,
  unpackResults,
} from './messages.ts'
import type { OthersTurns } from './turns.ts'

export interface DeciderInThread extends Decider {
  close(): Promise<void>
}

/** While one batch waits for the disk, or for our own thread, the next is decided. */
const BATCHES = 2

/** A thread that was asked something, until it ends. */
interface Thread {
  ask(question: Omit<Asked, 'id'>): Promise<string>
  end(): Promise<void>
}

/**
 * Decides in a thread of its own, which begins when it is first asked, over a connection of its own to the file at `path`.
 * One that dies takes what it was asked with it, and the next question begins another.
 */
export function deciderInThread(path: string, memory: SharedArrayBuffer, turns: OthersTurns): DeciderInThread {
  let thread: Thread | null = null
  let isClosed = false

  const begun = (): Thread => {
    if (isClosed) throw new StoreUnavailable('the store was closed')
    thread ??= beginThread({ path, turns: memory }, () => {
      thread = null
      syncLog(path)
      turns.abandoned()
    })
    return thread
  }

  return {
    decidesAtOnce: BATCHES,
    searchesAtOnce: BATCHES,
    decide: async (batch, now) => unpackResults(await begun().ask({ kind: 'decide', text: packCommands(batch), now })),
    search: async (queries) =>
      unpackResponses(await begun().ask({ kind: 'search', text: packQueries(queries), now: 0 })),
    async close() {
      isClosed = true
      await thread?.end()
    },
  }
}

function beginThread(workerData: ThreadData, ended: () => void): Thread {
  const worker = new Worker(new URL('./decidingThread.ts', import.meta.url), { workerData })
  const waiting = new Map<number, { resolve(text: string): void; reject(error: Error): void }>()
  let ids = 0
  // Nobody who asks for nothing is kept alive by it.
  worker.unref()

  worker.on('message', (answered: Answered) => {
    const asker = waiting.get(answered.id)
    waiting.delete(answered.id)
    if (waiting.size === 0) worker.unref()
    if ('text' in answered) asker?.resolve(answered.text)
    else asker?.reject(unpackError(answered.failed))
  })
  let cause: unknown
  worker.once('error', (error) => {
    cause = error
  })
  const exit = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      ended()
      for (const { reject } of waiting.values())
        reject(new StoreUnavailable('the thread that decides ended', { cause }))
      resolve()
    })
  })

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.size === 0) worker.ref()
        ids += 1
        waiting.set(ids, { resolve, reject })
        worker.postMessage({ id: ids, ...question } satisfies Asked)
      }),
    async end() {
      worker.ref()
      worker.postMessage(null)
      await exit
    },
  }
}

/** What a thread had committed when it died may not be on disk yet, and is seen already. */
function syncLog(path: string): void {
  const file = openSync(`${path}-wal`, 'r+')
  try {
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
}
