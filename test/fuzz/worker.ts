import { parentPort, workerData } from 'node:worker_threads'
import { FuzzFailure, type FuzzReport, type FuzzTarget } from './target.ts'

/** What a worker is started with: a run to make, or the place of an input to tell. */
export interface FuzzOrder {
  /** URL of a module that exports `FUZZ_TARGETS`. */
  readonly targets: string
  readonly name: string
  readonly inputs: number
  readonly seed: number
  /** Batch seed, place in the batch: what is under way, for the watchdog. */
  readonly progress: Int32Array
  readonly tell: { readonly batchSeed: number; readonly index: number } | null
}

/** What comes back. */
export type FuzzAnswer = { readonly report: FuzzReport } | { readonly failure: string } | { readonly input: string }

const { targets, name, inputs, seed, progress, tell }: FuzzOrder = workerData
const { FUZZ_TARGETS }: { readonly FUZZ_TARGETS: readonly FuzzTarget[] } = await import(targets)
const target = FUZZ_TARGETS.find((each) => each.name === name)
if (!target) throw new Error(`no codec is called ${name}`)
parentPort?.postMessage(await answer(target))

async function answer(target: FuzzTarget): Promise<FuzzAnswer> {
  if (tell) return { input: target.inputAt(tell.batchSeed, tell.index) }
  try {
    const report = await target.fuzz(inputs, seed, {
      batch(batchSeed) {
        progress[0] = batchSeed
        progress[1] = 0
      },
      input(index) {
        progress[1] = index
        progress[2] = ((progress[2] ?? 0) + 1) | 0
      },
    })
    return { report }
  } catch (error) {
    if (error instanceof FuzzFailure) return { failure: error.message }
    throw error
  }
}
