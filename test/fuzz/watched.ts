import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FuzzReport } from './target.ts'
import { FuzzFailure } from './target.ts'
import type { FuzzAnswer, FuzzOrder } from './worker.ts'

interface Watch {
  /** A worker that has not taken up another input for so long hangs in one; collecting garbage never takes as long. */
  readonly hangMs: number
  /** The module whose `FUZZ_TARGETS` has the codec. */
  readonly targets: URL
}

const EVERY_CODEC: Watch = { hangMs: 15_000, targets: new URL('./targets.ts', import.meta.url) }

/**
 * Runs one codec in a thread of its own, so that one that never comes back is seen: then the input is worked out again
 * from the seed and named. Throws a `FuzzFailure` for whatever was not stood.
 */
export async function fuzzWatched(
  name: string,
  inputs: number,
  seed: number,
  { hangMs, targets }: Watch = EVERY_CODEC,
): Promise<FuzzReport> {
  const progress = new Int32Array(new SharedArrayBuffer(12))
  const order = { targets: targets.href, name, inputs, seed, progress, tell: null }
  const worker = start(order)
  let seen = 0
  let seenAt = performance.now()
  let hung = false
  const watchdog = setInterval(() => {
    const now = performance.now()
    const reached = progress[2] ?? 0
    if (reached !== seen) {
      seen = reached
      seenAt = now
    } else if (seen !== 0 && now - seenAt > hangMs) {
      hung = true
      void worker.terminate()
    }
  }, 500)
  try {
    const answer = await answerOf(worker)
    if (hung || answer === null) throw new FuzzFailure(await hangText(order))
    if ('failure' in answer) throw new FuzzFailure(answer.failure)
    if ('report' in answer) return answer.report
    throw new Error('an answer to another question')
  } finally {
    clearInterval(watchdog)
  }
}

async function hangText(order: FuzzOrder): Promise<string> {
  const { name, seed } = order
  const [batchSeed = 0, index = 0] = order.progress
  const answer = await answerOf(start({ ...order, tell: { batchSeed, index } }))
  const input = answer && 'input' in answer ? answer.input : '(not to be had)'
  return `${name} hangs: seed ${seed}, batch seed ${batchSeed}, input ${index}:\n${input}`
}

function start(order: FuzzOrder): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData: order })
}

/** null: the worker was stopped before it answered. */
async function answerOf(worker: Worker): Promise<FuzzAnswer | null> {
  const answered = once(worker, 'message').then(([answer]: FuzzAnswer[]) => answer ?? null)
  const stopped = once(worker, 'exit').then(() => null)
  return Promise.race([answered, stopped])
}
