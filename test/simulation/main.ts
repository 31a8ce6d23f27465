import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'

/**
 * `npm run -s simulate -- --seed N --steps N`: one run of the deterministic simulation. Prints one line of JSON; exit code
 * 1 when a rule was violated, or when too little happened for the run to be valid.
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
  if (report.violations.length > 0) {
    console.error(`seed ${seed}: a rule was violated`)
    process.exitCode = 1
  } else if (missing.length > 0) {
    console.error(`seed ${seed}: not a valid run, it lacks ${missing.join(', ')}`)
    process.exitCode = 1
  }
}
