import { describe, expect, test } from 'vitest'
import { PLANTED_BUGS } from './plantedBugs.ts'
import { simulate } from './simulate.ts'

const STEPS = 2_500
/** Tried one after another once a bug's own seed catches it no more: any change of the product moves what a seed leads to. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)

describe('a planted bug is caught within a short run', () => {
  for (const [name, { planted, caughtAs, seed: own, steps = STEPS, conditions = {} }] of Object.entries(PLANTED_BUGS)) {
    test(name, async () => {
      const caught: string[] = []
      for (const seed of [own, ...SEEDS.filter((seed) => seed !== own)]) {
        const { violations } = await simulate({ seed, steps, planted, conditions })
        caught.push(...violations)
        if (violations.some((violation) => caughtAs.test(violation))) return
      }
      expect(caught).toContainEqual(expect.stringMatching(caughtAs))
    })
  }
})
