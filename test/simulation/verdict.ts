import type { SimulationReport } from './simulate.ts'

/** From so many steps on a run is held to what makes it valid: what is rare has had its time. */
export const FEWEST_STEPS = 5_000
/** From so many on somebody has redeemed something, or the run shows nothing at all. */
const FEWEST_WITH_REDEMPTIONS = 1_000

/** What a run says; `code` is what the program ends with. */
export interface Verdict {
  readonly code: 0 | 1
  /** `holds`: and it was valid. `too_short`: nothing was violated, and it is not long enough to say how much that means. */
  readonly name: 'holds' | 'too_short' | 'rule_violated' | 'no_redemptions' | 'not_valid'
  /** For people. */
  readonly words: string
}

/** Judges a run: a violation first, then whether enough happened for it to be worth anything. */
export function verdictOf(run: Pick<SimulationReport, 'steps' | 'redemptions' | 'violations' | 'missing'>): Verdict {
  const { steps, redemptions, violations, missing } = run
  if (violations.length > 0) return { code: 1, name: 'rule_violated', words: 'a rule was violated' }
  if (redemptions === 0 && steps >= FEWEST_WITH_REDEMPTIONS) {
    return { code: 1, name: 'no_redemptions', words: 'not a valid run, nobody redeemed anything' }
  }
  if (missing.length === 0) return { code: 0, name: 'holds', words: 'every rule holds' }
  const lacks = `it lacks ${missing.join(', ')}`
  if (steps >= FEWEST_STEPS) return { code: 1, name: 'not_valid', words: `not a valid run, ${lacks}` }
  const words = `no rule was violated; a run of fewer than ${FEWEST_STEPS} steps is not judged by what it lacks: ${lacks}`
  return { code: 0, name: 'too_short', words }
}
