import { describe, expect, test } from 'vitest'
import { PLANTED_BUGS } from './plantedBugs.ts'
import { simulate } from './simulate.ts'

/** Seeds that a planted bug is tried on, one after another, until it is caught. */
const SEEDS = [1, 2, 3, 4, 5]
const STEPS = 8_000

describe('a planted bug is caught within a short run', () => {
  for (const [name, { planted, caughtAs }] of Object.entries(PLANTED_BUGS)) {
    test(name, async () => {
      const caught: string[] = []
      for (const seed of SEEDS) {
        const { violations } = await simulate({ seed, steps: STEPS, planted })
        caught.push(...violations)
        if (violations.some((violation) => caughtAs.test(violation))) return
      }
      expect(caught).toContainEqual(expect.stringMatching(caughtAs))
    })
  }
})
