import { spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * `npm run simulation`: what CI runs. 100,000 steps on fixed seeds, two runs at a time; exit code 1 when one of them fails.
 * Then a fresh seed, which is told and decides nothing: a failure there is one to look into.
 */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const STEPS = 10_000
const AT_ONCE = 2

function run(seed: number): Promise<boolean> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, '--seed', String(seed), '--steps', String(STEPS)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)))
}

const left = [...SEEDS]
let failed = 0
const worker = async (): Promise<void> => {
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    if (!(await run(seed))) failed += 1
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker))
const fresh = Math.trunc(Date.now() / 1_000) % 1_000_000
console.log(`fresh seed ${fresh}: ${(await run(fresh)) ? 'holds' : 'FAILED, look into it'}`)
console.log(`${SEEDS.length - failed} of ${SEEDS.length} fixed seeds hold`)
process.exitCode = failed > 0 ? 1 : 0
