import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { SearchResponse } from '../../../../core/contract/search.ts'
import { StoreUnavailable } from '../../commands.ts'
import type { SearchQuery, WrittenSearch } from '../../couponStore.ts'
import type { Decider } from '../decider.ts'
import {
  type Answered,
  type Asked,
  LOG_LOST,
  packCommands,
  packQueries,
  type Question,
  type ThreadData,
  unpackError,
  unpackResult,
} from './messages.ts'
import { packSettling } from './settling.ts'
import type { OthersTurns } from './turns.ts'

export interface DeciderInThread extends Decider {
  close(): Promise<void>
}

/** While one batch waits for the disk, or for our own thread, the next is decided. */
const BATCHES = 2

type Told = Exclude<Answered, { failed: unknown }>

/** A thread that was asked something, until it ends. */
interface Thread {
  ask(question: Question): Promise<Told>
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

  const searchWritten = async (queries: readonly SearchQuery[]): Promise<readonly WrittenSearch[]> => {
    const told = await begun().ask({ kind: 'search', text: packQueries(queries), now: 0 })
    return 'found' in told ? told.found : []
  }

  return {
    decidesAtOnce: BATCHES,
    searchesAtOnce: BATCHES,
    async decide(batch, now) {
      const told = await begun().ask({ kind: 'decide', text: packCommands(batch), now })
      return 'results' in told ? told.results.map(unpackResult) : []
    },
    settlesBeside: true,
    async settleEvents({ onFailure, ...command }) {
      const told = await begun().ask({ kind: 'settle', ...packSettling(command) })
      if (!('settled' in told)) throw new Error('the thread answered something else')
      for (const failure of told.failures) onFailure(unpackError(failure))
      return told.settled
    },
    searchWritten,
    search: async (queries) => (await searchWritten(queries)).map(({ json }) => JSON.parse(json) as SearchResponse),
    async close() {
      isClosed = true
      await thread?.end()
    },
  }
}

function beginThread(workerData: ThreadData, ended: () => void): Thread {
  const worker = new Worker(new URL('./decidingThread.ts', import.meta.url), { workerData })
  const waiting = new Map<number, { resolve(told: Told): void; reject(error: Error): void }>()
  let ids = 0
  // Nobody who asks for nothing is kept alive by it.
  worker.unref()

  worker.on('message', (answered: Answered) => {
    const asker = waiting.get(answered.id)
    waiting.delete(answered.id)
    if (waiting.size === 0) worker.unref()
    if ('failed' in answered) asker?.reject(unpackError(answered.failed))
    else asker?.resolve(answered)
  })
  let cause: unknown
  worker.once('error', (error) => {
    cause = error
  })
  const exit = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      // What this process sees of the database may be nowhere: started again, it sees what is there.
      if (code === LOG_LOST) throw new Error('the disk did not keep what was committed: the server ends')
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
