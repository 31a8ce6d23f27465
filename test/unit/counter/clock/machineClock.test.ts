import { describe, expect, it } from 'vitest'
import { machineClock, type Platform } from '../../../../counter/clock/machineClock.ts'

const SECOND = 1_000

/** A kernel with Linux's three clocks, or one that has none of their files. */
const kernel = (files: { uptime: boolean; bootId: boolean } = { uptime: true, bootId: true }) => {
  let [monotonic, asleep, lookMs, set] = [5_000, 0, 0, 0]
  let looks = 0
  let pulse: () => void = () => {}
  const platform: Platform = {
    read(path) {
      if (path === '/proc/sys/kernel/random/boot_id') return files.bootId ? 'b00t-1\n' : null
      if (path !== '/proc/uptime' || !files.uptime) return null
      looks += 1
      const seen = ((monotonic + asleep) / SECOND).toFixed(2)
      monotonic += lookMs
      return `${seen} 12.34\n`
    },
    nanoseconds: () => BigInt(Math.round(monotonic * 1e6)),
    now: () => Math.round(1_700_000_000_000 + monotonic + asleep + set),
    every: (_ms, task) => {
      pulse = task
    },
  }
  return {
    platform,
    looks: () => looks,
    /** Time in which the program runs and its timers fire. */
    run(ms: number) {
      for (let passed = 0; passed < ms; passed += 2_000) {
        monotonic += Math.min(2_000, ms - passed)
        pulse()
      }
    },
    sleep(ms: number) {
      asleep += ms
    },
    /** Time that passes while nothing of the program runs. */
    freeze(ms: number) {
      monotonic += ms
    },
    /** A wall clock that did not notice the sleep. */
    sleepUnseen(ms: number) {
      asleep += ms
      set -= ms
    },
    slowLook(ms: number) {
      lookMs = ms
    },
  }
}

describe('on Linux', () => {
  it('the boot has the kernel’s name, and the monotonic clock is the same for every process', () => {
    const { platform, run } = kernel()
    const first = machineClock(platform)
    run(60_000)
    const second = machineClock(platform)
    expect(second.bootId).toBe('b00t-1')
    expect(second.bootId).toBe(first.bootId)
    expect(second.monotonic()).toBe(first.monotonic())
  })

  it('sleep is what the uptime counts and the monotonic clock does not', () => {
    const { platform, run, sleep } = kernel()
    const clock = machineClock(platform)
    const before = clock.suspendedMs()
    run(60_000)
    expect(clock.suspendedMs() - before).toBeCloseTo(0, -1.5)
    sleep(8_000_000)
    expect(clock.suspendedMs() - before).toBeCloseTo(8_000_000, -1.5)
  })

  it('a look during which the processor was lost is taken again, and is never taken for sleep', () => {
    const { platform, slowLook, looks, run } = kernel()
    const clock = machineClock(platform)
    const before = clock.suspendedMs()
    run(1_000)
    slowLook(3_000)
    const already = looks()
    expect(clock.suspendedMs()).toBe(before)
    expect(looks()).toBeGreaterThan(already + 1)
  })

  it('what is asked at once is answered by one look, but never across a sleep', () => {
    const { platform, sleep, looks, freeze } = kernel()
    const clock = machineClock(platform)
    const before = clock.suspendedMs()
    const already = looks()
    for (let times = 0; times < 10; times++) {
      freeze(1)
      clock.suspendedMs()
    }
    expect(looks()).toBe(already)
    sleep(1_000)
    expect(clock.suspendedMs() - before).toBeCloseTo(1_000, -1.5)
  })

  it('a sleep that the wall clock says nothing of is noticed within a twentieth of a second', () => {
    const { platform, sleepUnseen, freeze } = kernel()
    const clock = machineClock(platform)
    const before = clock.suspendedMs()
    sleepUnseen(60_000)
    freeze(50)
    expect(clock.suspendedMs() - before).toBeCloseTo(60_000, -1.5)
  })

  it('the machine that this test runs on agrees', () => {
    const [first, second] = [machineClock(), machineClock()]
    expect(first.monotonic()).toBeGreaterThan(0)
    expect(Math.abs(second.suspendedMs() - first.suspendedMs())).toBeLessThan(400)
    if (process.platform === 'linux') expect(second.bootId).toBe(first.bootId)
  })
})

describe('where no file tells', () => {
  const nothing = { uptime: false, bootId: false }

  it('every start of the program is another boot', () => {
    const { platform } = kernel(nothing)
    expect(machineClock(platform).bootId).not.toBe(machineClock(platform).bootId)
  })

  it('a pulse that stopped has slept; one that was late has not', () => {
    const { platform, run, freeze } = kernel(nothing)
    const clock = machineClock(platform)
    run(600_000)
    freeze(9_000)
    expect(clock.suspendedMs()).toBe(0)
    run(10_000)
    freeze(3_600_000)
    expect(clock.suspendedMs()).toBe(3_600_000)
    run(10_000)
    expect(clock.suspendedMs()).toBe(3_600_000)
  })
})
