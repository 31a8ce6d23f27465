import { availableParallelism } from 'node:os'
import type { FuzzReport } from '../fuzz/target.ts'
import { FUZZ_TARGETS } from '../fuzz/targets.ts'
import { fuzzWatched } from '../fuzz/watched.ts'

/**
 * `npm run proof -- fuzz [INPUTS] [SEED] [CODEC]`: by default 1,000,000 random and mutated inputs to every codec, from a
 * seed that is printed. CODEC: only those whose name holds it. Prints a table; throws when a codec threw, hung, was slow,
 * grew or answered something malformed, with the seed and the shrunk input.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const inputs = Number(options[0] ?? 1_000_000)
  const seed = Number(options[1] ?? Date.now() % 1_000_000_000)
  const targets = FUZZ_TARGETS.filter(({ name }) => name.includes(options[2] ?? ''))
  if (!(inputs > 0) || !Number.isSafeInteger(seed) || targets.length === 0) {
    throw new Error('usage: npm run proof -- fuzz [INPUTS] [SEED] [CODEC]')
  }
  say(`seed ${seed}`)
  say('| codec | inputs | seconds | slowest ms | max heap growth KiB |')
  say('|---|--:|--:|--:|--:|')
  const waiting = [...targets]
  const broken: string[] = []
  const next = async (): Promise<void> => {
    for (let target = waiting.shift(); target; target = waiting.shift()) {
      try {
        say(row(await fuzzWatched(target.name, inputs, seed)))
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error)
        say(text)
        broken.push(text)
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, next))
  if (broken.length > 0) throw new Error(`${broken.length} of ${targets.length} codecs did not stand it; seed ${seed}`)
}

function row({ name, inputs, seconds, slowestMs, grownBytes }: FuzzReport): string {
  const cells = [name, inputs, seconds.toFixed(1), slowestMs.toFixed(1), Math.ceil(grownBytes / 1024)]
  return `| ${cells.join(' | ')} |`
}
