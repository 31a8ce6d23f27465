import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayReload } from '../../../../renderer/kiosk/reloads.ts'

const MINUTE = 60_000

function storage() {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
}

describe('a page that failed', () => {
  it('loads itself again three times in five minutes, and then waits for somebody', () => {
    const tab = storage()
    expect([1, 2, 3, 4].map((minute) => mayReload(tab, minute * MINUTE))).toEqual([true, true, true, false])
    expect(mayReload(tab, 6 * MINUTE + 1)).toBe(true)
  })

  it('never more often than that, whenever it fails', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * MINUTE }), { maxLength: 50 }), (pauses) => {
        const tab = storage()
        const allowed: number[] = []
        let now = 10 * MINUTE
        for (const pause of pauses) {
          now += pause
          if (mayReload(tab, now)) allowed.push(now)
        }
        for (const [index, time] of allowed.entries()) {
          const fourth = allowed[index + 3]
          if (fourth !== undefined) expect(fourth - time).toBeGreaterThanOrEqual(5 * MINUTE)
        }
      }),
    )
  })

  it('does not where it cannot remember, or where what it remembers is damaged', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    expect(mayReload(full, MINUTE)).toBe(false)
    expect(mayReload({ getItem: () => 'NaN x 9e99', setItem: () => {} }, MINUTE)).toBe(true)
  })
})
