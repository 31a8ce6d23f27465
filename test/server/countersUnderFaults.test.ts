import { expect, test } from 'vitest'
import { type CountersReport, serveUnderFaults } from '../rigs/countersUnderFaults.ts'
import { verdictOn } from '../rigs/countersVerdict.ts'

/** Enough for a kill, a cut and a new customer; `npm run proof -- offline` is the long form. */
const ROUNDS = 12

test('three counters, killed and cut off, end with what was shown, nothing twice, and forced to the unit', {
  timeout: 280_000,
}, async () => {
  const seed = Number(process.env.TAPCOUPON_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}; run it again with TAPCOUPON_SEED=${seed}`)
  const judge = (report: CountersReport) => {
    expect(verdictOn(report).wrong).toEqual([])
    expect(report.shown.size).toBeGreaterThan(0)
  }
  await serveUnderFaults(ROUNDS, seed, () => {}, judge)
})
