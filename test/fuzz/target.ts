import fc from 'fast-check'
import { grownHeapBytes } from './heap.ts'

/** How a codec stood its inputs. */
export interface FuzzReport {
  readonly name: string
  readonly inputs: number
  readonly seconds: number
  readonly slowestMs: number
  /** Most that the heap had grown, after garbage collection, since the codec was warm. */
  readonly grownBytes: number
}

/** One batch that was not stood: its message says how to see it again. */
export class FuzzFailure extends Error {}

/** Told before each batch and each input, for a watchdog that sees a hang. */
export interface FuzzProgress {
  batch(seed: number): void
  input(index: number): void
}

/** A codec and the inputs it is tried with. */
export interface FuzzTarget {
  readonly name: string
  /** Runs `inputs` inputs from `seed`; rejects with a `FuzzFailure` with the shrunk input. */
  fuzz(inputs: number, seed: number, progress?: FuzzProgress): Promise<FuzzReport>
  /** The input at this place of a batch, without running anything: what hung. */
  inputAt(batchSeed: number, index: number): string
}

/** Takes an input, looks at what the codec makes of it, and throws when something is wrong with that. */
type Check<Input> = (input: Input) => void | Promise<void>

/**
 * Long enough for any single input of 20,000 bytes and for looking at what comes out; what is worse than linear is not
 * done by then.
 */
const SLOW_MS = 250
/** From here on an input is tried again: a busy machine and the collector make one slow now and then, never thrice. */
const DOUBTFUL_MS = 5

/** After this many batches compiled code and caches are there, and whatever grows on is a leak. */
const WARM_BATCHES = 2
const MAX_GROWTH_BYTES = 4 * 1024 * 1024
const LARGEST_BATCH = 20_000

/** A codec that remembers nothing from one input to the next. */
export function fuzzTarget<Input>(name: string, inputs: fc.Arbitrary<Input>, check: Check<Input>): FuzzTarget {
  return target(name, inputs, () => check, null)
}

/**
 * A codec with a memory. `begin` returns a check on a new instance. Every input goes to one of these, on which a failure
 * is shrunk, and to one that lives as long as the run: whatever it keeps shows in the heap.
 */
export function fuzzStream<Input>(name: string, inputs: fc.Arbitrary<Input>, begin: () => Check<Input>): FuzzTarget {
  return target(name, inputs, begin, begin)
}

function target<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  fresh: () => Check<Input>,
  lasting: (() => Check<Input>) | null,
): FuzzTarget {
  return {
    name,
    async fuzz(count, seed, progress) {
      const batchSize = Math.min(LARGEST_BATCH, Math.ceil(count / (WARM_BATCHES + 2)))
      const started = performance.now()
      const longLived = lasting?.()
      const growth = grownHeapBytes()
      let slowestMs = 0
      let grownBytes = 0
      for (let batch = 0; batch * batchSize < count; batch += 1) {
        const batchSeed = (seed + batch) | 0
        progress?.batch(batchSeed)
        let index = 0
        const property = fc.asyncProperty(inputs, async (input) => {
          progress?.input(index)
          index += 1
          const ms = await timed(fresh, input)
          if (ms > slowestMs) slowestMs = ms
          if (ms > SLOW_MS) throw new Error(`took ${ms.toFixed(0)} ms, three times`)
          await longLived?.(input)
        })
        const result = await fc.check(property, {
          seed: batchSeed,
          numRuns: Math.min(batchSize, count - batch * batchSize),
        })
        if (result.failed) throw new FuzzFailure(failureText(name, seed, result))
        if (batch === WARM_BATCHES - 1) growth.rebase()
        if (batch >= WARM_BATCHES) grownBytes = Math.max(grownBytes, growth.bytes())
        if (grownBytes > MAX_GROWTH_BYTES) {
          throw new FuzzFailure(`${name}: the heap grew by ${grownBytes} bytes; seed ${seed}, batch seed ${batchSeed}`)
        }
      }
      return { name, inputs: count, seconds: (performance.now() - started) / 1_000, slowestMs, grownBytes }
    },
    inputAt(batchSeed, wanted) {
      let index = 0
      let found = ''
      const property = fc.property(inputs, (input) => {
        if (index === wanted) found = shortened(fc.stringify(input))
        index += 1
      })
      fc.check(property, { seed: batchSeed, numRuns: wanted + 1 })
      return found
    },
  }
}

/** Time that this thread has worked: a codec is not slow because the machine has other things to do. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Milliseconds that a fresh instance takes for an input: the least of three tries when they are doubtful. */
async function timed<Input>(begin: () => Check<Input>, input: Input): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 3 && least > DOUBTFUL_MS; attempt += 1) {
    const check = begin()
    const started = cpuMs()
    await check(input)
    least = Math.min(least, cpuMs() - started)
  }
  return least
}

function failureText<Input>(name: string, seed: number, result: fc.RunDetails<[Input]>): string {
  const { errorInstance, counterexample, counterexamplePath, numShrinks } = result
  return [
    `${name} is broken: seed ${seed}, batch seed ${result.seed}, path ${counterexamplePath}`,
    `input, shrunk ${numShrinks} times: ${shortened(fc.stringify(counterexample?.[0]))}`,
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance),
  ].join('\n')
}

/** What fits a screen: the seed and the path make the whole input again. */
function shortened(text: string): string {
  return text.length <= 2_000 ? text : `${text.slice(0, 2_000)}… (${text.length - 2_000} characters more)`
}
