import { closeSync, fdatasyncSync, openSync, realpathSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { SearchResponse } from '../../../../core/contract/search.ts'
import { StoreUnavailable } from '../../commands.ts'
import type { SearchQuery, WrittenSearch } from '../../couponStore.ts'
import type { Decider } from '../decider.ts'
import {
  type Answered,
  type Asked,
  packCommands,
  packQueries,
  type Question,
  type ThreadData,
  type Told,
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

/** After the disk has failed, whoever waits is still told so. */
const LAST_WORDS_MS = 250

type Done = Exclude<Told, { failed: unknown }>

/** Threads that were asked something, until they end. */
interface Threads {
  ask(question: Question): Promise<Done>
  end(): Promise<void>
}

/**
 * Decides in a thread of its own, which begins when it is first asked, over a connection of its own to the file at `path`;
 * another thread brings the log onto the disk, and nobody is told anything before that. A thread that dies takes what it was asked
 * with it, and the next question begins another. When the disk fails everybody is refused (`StoreUnavailable`), and the process ends:
 * what it sees of the database may be nowhere.
 */
export function deciderInThread(path: string, memory: SharedArrayBuffer, turns: OthersTurns): DeciderInThread {
  let threads: Threads | null = null
  let isClosed = false
  let isLost = false

  const lost = (cause: unknown): void => {
    if (isLost) return
    isLost = true
    setTimeout(() => {
      throw new Error('the disk did not keep what was committed: the server ends', { cause })
    }, LAST_WORDS_MS)
  }
  const begun = (): Threads => {
    if (isClosed) throw new StoreUnavailable('the store was closed')
    if (isLost) throw new StoreUnavailable('the disk did not keep what was committed')
    // SQLite calls its log by the file's own name.
    threads ??= beginThreads({ path: realpathSync(path), turns: memory }, turns, lost, () => {
      threads = null
    })
    return threads
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
      await threads?.end()
    },
  }
}

function beginThreads(
  workerData: ThreadData,
  turns: OthersTurns,
  lost: (cause: unknown) => void,
  ended: () => void,
): Threads {
  const start = (entry: URL): Worker => {
    const worker = new Worker(entry, { workerData })
    // Nobody who asks for nothing is kept alive by it.
    worker.unref()
    return worker
  }
  const deciding = start(new URL('./decidingThread.ts', import.meta.url))
  const flushing = start(new URL('./flushingThread.ts', import.meta.url))
  const waiting = new Map<number, { resolve(done: Done): void; reject(error: Error): void }>()
  let ids = 0

  const refuseAll = (why: string, cause: unknown): void => {
    for (const { reject } of waiting.values()) reject(new StoreUnavailable(why, { cause }))
    waiting.clear()
  }
  const tell = ({ id, told }: Answered): void => {
    const asker = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) deciding.unref()
    if ('failed' in told) asker?.reject(unpackError(told.failed))
    else asker?.resolve(told)
  }
  deciding.on('message', (answered: Answered) => {
    const onDisk = turns.synced(answered.commits)
    if (onDisk) void onDisk.then(() => tell(answered))
    else tell(answered)
  })
  let cause: unknown
  deciding.once('error', (error) => {
    cause = error
  })
  const exit = new Promise<void>((resolve) => {
    deciding.once('exit', async () => {
      // From here on nobody else says what is on disk.
      await flushing.terminate()
      try {
        // What it had committed when it died is seen already.
        syncLog(workerData.path)
        turns.abandoned()
      } catch (error) {
        lost(error)
      }
      ended()
      refuseAll('the thread that decides ended', cause)
      resolve()
    })
  })
  flushing.once('error', (error) => {
    lost(error)
    refuseAll('the disk did not keep what was committed', error)
  })

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.size === 0) deciding.ref()
        ids += 1
        waiting.set(ids, { resolve, reject })
        deciding.postMessage({ id: ids, ...question } satisfies Asked)
      }),
    async end() {
      deciding.ref()
      deciding.postMessage(null)
      await exit
    },
  }
}

function syncLog(path: string): void {
  const file = openSync(`${path}-wal`, 'r+')
  try {
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
}
