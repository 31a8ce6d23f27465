import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_RESTART_POLICY, NO_FAILURES, nextRestart } from '../../../../counter/supervisor/restartBackoff.ts'

describe('nextRestart', () => {
  it('doubles the wait with every early exit and stays at the longest', () => {
    const waits: number[] = []
    let history = NO_FAILURES
    for (let exit = 0; exit < 9; exit += 1) {
      const next = nextRestart(history, 10, DEFAULT_RESTART_POLICY)
      waits.push(next.delayMs)
      history = next.history
    }
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
  })

  it('forgets early exits once a process has been up long enough', () => {
    const next = nextRestart({ failures: 7 }, DEFAULT_RESTART_POLICY.stableAfterMs, DEFAULT_RESTART_POLICY)
    expect(next).toEqual({ delayMs: 100, history: { failures: 1 } })
  })

  it('never waits less than the first nor more than the longest, whatever happened before', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (failures, uptimeMs) => {
        const { delayMs } = nextRestart({ failures }, uptimeMs, DEFAULT_RESTART_POLICY)
        expect(delayMs).toBeGreaterThanOrEqual(DEFAULT_RESTART_POLICY.firstMs)
        expect(delayMs).toBeLessThanOrEqual(DEFAULT_RESTART_POLICY.longestMs)
      }),
    )
  })
})
