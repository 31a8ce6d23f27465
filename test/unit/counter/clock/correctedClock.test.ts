import { describe, expect, it } from 'vitest'
import { CorrectedClock } from '../../../../counter/clock/correctedClock.ts'

/** An operating system whose clock a person can turn. */
const machine = (now: number) => {
  let [os, running] = [now, 0]
  return {
    clock: { now: () => os, monotonic: () => running },
    pass(ms: number) {
      os += ms
      running += ms
    },
    turn(ms: number) {
      os += ms
    },
  }
}
const NOON = Date.UTC(2026, 10, 22, 12)
const iso = (time: number) => new Date(time).toISOString()

describe('corrected time', () => {
  it('is the system’s until the server has been heard, never before the journal’s last', () => {
    expect(new CorrectedClock(machine(NOON).clock, null).now()).toBe(NOON)
    expect(new CorrectedClock(machine(NOON).clock, NOON + 5).now()).toBe(NOON + 5)
    expect(new CorrectedClock(machine(NOON).clock, NOON - 5).now()).toBe(NOON)
  })

  it('is the server’s from then on, whatever somebody does to the clock', () => {
    const { clock, pass, turn } = machine(NOON)
    const corrected = new CorrectedClock(clock, null)
    corrected.observe(iso(NOON + 60_000), 0)
    turn(-86_400_000)
    pass(1_000)
    expect(corrected.now()).toBe(NOON + 61_000)
    expect(corrected.system()).toBe(NOON - 86_400_000 + 1_000)
  })

  it('supposes that the server answered half-way', () => {
    const { clock, pass } = machine(NOON)
    const corrected = new CorrectedClock(clock, null)
    pass(200)
    corrected.observe(iso(NOON), 0)
    expect(corrected.now()).toBe(NOON + 100)
  })

  it('a slow answer does not replace a quick one, until that is old', () => {
    const { clock, pass } = machine(NOON)
    const corrected = new CorrectedClock(clock, null)
    corrected.observe(iso(NOON), 0)
    pass(2_000)
    corrected.observe(iso(NOON + 50_000), 0)
    expect(corrected.now()).toBe(NOON + 2_000)
    pass(11 * 60_000)
    corrected.observe(iso(NOON + 50_000), clock.monotonic() - 2_000)
    expect(corrected.now()).toBe(NOON + 51_000)
  })
})
