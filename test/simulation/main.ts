import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'
import { verdictOf } from './verdict.ts'

/**
 * `npm run -s simulate -- --seed N --steps N`: one run of the deterministic simulation. Prints one line of JSON; exit code
 * 1 when a rule was violated, or when too little happened for the run to be valid (`verdict.ts`), which stderr names.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, steps: { type: 'string', default: '20000' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const steps = Number(values.steps)

if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(steps) || steps < 1) {
  console.error('usage: npm run -s simulate -- --seed N --steps N')
  process.exitCode = 2
} else {
  process.on('unhandledRejection', (error) => {
    console.error(`seed ${seed}: the program under test threw`, error)
    process.exit(1)
  })
  const { missing, ...report } = await simulate({ seed, steps })
  console.log(JSON.stringify({ ...report, violations: report.violations.length }))
  for (const violation of report.violations) console.error(`seed ${seed}: ${violation}`)
  const { code, name, words } = verdictOf({ ...report, missing })
  if (name !== 'holds') console.error(`seed ${seed}: ${name}: ${words}`)
  process.exitCode = code
}
