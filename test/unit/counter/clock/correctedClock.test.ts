import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Anchor, DRIFT } from '../../../../counter/clock/anchor.ts'
import { type ClockMemory, CorrectedClock, NO_MEMORY, UNMEASURED_MS } from '../../../../counter/clock/correctedClock.ts'
import { Computer } from './computer.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 10, 22, 12)
const iso = (time: number) => new Date(time).toISOString()

/** What a program that ended has left on disk. */
const disk = () => {
  const state: { anchor: Anchor | null; past: number | null; last: number | null; kept: number } = {
    anchor: null,
    past: null,
    last: null,
    kept: 0,
  }
  const memory = (): ClockMemory => ({
    anchor: state.anchor,
    past: state.past,
    journalLast: () => state.last,
    keep: (anchor) => {
      state.anchor = anchor
      state.kept += 1
    },
    changed: () => {},
  })
  return { state, memory }
}

const measured = (computer: Computer, memory: ClockMemory = NO_MEMORY) => {
  const clock = new CorrectedClock(computer.clock, memory)
  clock.observe(iso(computer.time), computer.clock.monotonic())
  return clock
}

describe('before the server has been heard', () => {
  it('time is the system’s, doubted, never before the journal’s last', () => {
    const computer = new Computer(NOON)
    const { state, memory } = disk()
    const clock = new CorrectedClock(computer.clock, memory())
    expect(clock.reading()).toMatchObject({ now: NOON, doubt: 'not_measured', wrong: false })
    state.last = NOON + 5
    expect(clock.now()).toBe(NOON + 5)
    state.last = NOON - 5
    expect(clock.now()).toBe(NOON)
  })

  it('it is certainly not before what is known to be past, and that moves on with the machine', () => {
    const computer = new Computer(NOON)
    const clock = new CorrectedClock(computer.clock, { ...NO_MEMORY, past: NOON - 2 * HOUR })
    computer.pass(10 * MINUTE)
    expect(clock.reading()).toMatchObject({
      earliest: NOON - 2 * HOUR + 10 * MINUTE * (1 - DRIFT),
      now: NOON + 10 * MINUTE,
      latest: NOON + 10 * MINUTE + UNMEASURED_MS,
    })
  })

  it('a clock a whole zone behind is believed to be that, and goes on from what is past', () => {
    const computer = new Computer(NOON)
    computer.set(-14 * HOUR)
    const clock = new CorrectedClock(computer.clock, { ...NO_MEMORY, past: NOON - MINUTE })
    expect(clock.reading()).toMatchObject({ now: NOON - MINUTE, wrong: false })
    expect(clock.reading().latest).toBeGreaterThan(computer.time)
  })

  it('a dead battery is wrong: nothing tells how late it is', () => {
    const computer = new Computer(NOON)
    computer.set(Date.UTC(1970, 0, 1) - NOON)
    const clock = new CorrectedClock(computer.clock, { ...NO_MEMORY, past: NOON - MINUTE })
    expect(clock.reading()).toMatchObject({ now: NOON - MINUTE, latest: null, wrong: true })
    expect(clock.system()).toBe(0)
  })

  it('a clock in the year 30000 can still be written down', () => {
    const computer = new Computer(NOON)
    computer.set(1e15)
    expect(new Date(new CorrectedClock(computer.clock).system()).getUTCFullYear()).toBe(9999)
  })
})

describe('once measured', () => {
  it('time is the server’s, whatever somebody does to the clock', () => {
    const computer = new Computer(NOON)
    computer.set(-3 * HOUR)
    const clock = measured(computer)
    for (const by of [-DAY, 365 * DAY, -20_000 * DAY]) {
      computer.set(by)
      computer.pass(1_000)
      expect(clock.now()).toBe(computer.time)
      expect(clock.reading()).toMatchObject({ doubt: null, wrong: false })
    }
  })

  it('screens count on the system’s clock', () => {
    const computer = new Computer(NOON)
    computer.set(3 * HOUR)
    const clock = measured(computer)
    expect(clock.toSystem(clock.now() + 5_000)).toBe(NOON + 3 * HOUR + 5_000)
  })

  it('supposes that the server answered half-way, and knows how little it knows', () => {
    const computer = new Computer(NOON)
    const clock = new CorrectedClock(computer.clock)
    const sentAt = computer.clock.monotonic()
    computer.pass(200)
    clock.observe(iso(NOON), sentAt)
    expect(clock.reading()).toMatchObject({ now: NOON + 100, earliest: NOON, latest: NOON + 200 })
  })

  it('grows less certain as its anchor ages: the true time stays within for any crystal', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -400e-6, max: 400e-6, noNaN: true }),
        fc.integer({ min: 0, max: 30 * DAY }),
        fc.integer({ min: 0, max: 3_000 }),
        (drift, age, trip) => {
          const computer = new Computer(NOON)
          const clock = new CorrectedClock(computer.clock)
          const sentAt = computer.clock.monotonic()
          const asOf = computer.time
          computer.pass(trip)
          clock.observe(iso(asOf), sentAt)
          computer.pass(age, 1 + drift)
          const { earliest, latest } = clock.reading()
          expect(earliest).toBeLessThanOrEqual(computer.time)
          expect(latest).toBeGreaterThanOrEqual(computer.time)
        },
      ),
    )
  })

  it('a slow answer does not replace a quick one, until that has drifted as far', () => {
    const computer = new Computer(NOON)
    const clock = measured(computer)
    const slowly = () => {
      const sentAt = computer.clock.monotonic()
      const asOf = computer.time
      computer.pass(2_000)
      clock.observe(iso(asOf + 600), sentAt)
    }
    slowly()
    expect(clock.now()).toBe(computer.time)
    computer.pass(HOUR)
    slowly()
    expect(clock.now()).toBe(computer.time - 1_000 + 600)
  })

  it('a server whose clock was set is followed at once', () => {
    const computer = new Computer(NOON)
    const clock = measured(computer)
    computer.pass(1_000)
    clock.observe(iso(computer.time + HOUR), computer.clock.monotonic() - 40)
    expect(clock.now()).toBe(computer.time + HOUR + 20)
  })
})

describe('a restart of the program', () => {
  it('in the same boot keeps the time, however the clock was set meanwhile', () => {
    const computer = new Computer(NOON)
    const { memory } = disk()
    measured(computer, memory())
    computer.pass(5 * MINUTE)
    computer.set(-DAY)
    const clock = new CorrectedClock(computer.clock, memory())
    expect(clock.reading()).toMatchObject({ now: computer.time, doubt: null })
  })

  it('in another boot does not: the clock is the system’s and doubted', () => {
    const computer = new Computer(NOON)
    const { memory } = disk()
    measured(computer, memory())
    computer.reboot(HOUR)
    const clock = new CorrectedClock(computer.clock, memory())
    expect(clock.reading()).toMatchObject({ now: computer.time, earliest: NOON, doubt: 'restarted', wrong: false })
    clock.observe(iso(computer.time), computer.clock.monotonic())
    expect(clock.reading().doubt).toBeNull()
  })

  it('after a power cut with a dead battery goes on from what is known to be past', () => {
    const computer = new Computer(NOON)
    const { memory } = disk()
    measured(computer, memory())
    computer.reboot(HOUR, false)
    const clock = new CorrectedClock(computer.clock, memory())
    computer.pass(MINUTE)
    const passed = NOON + MINUTE * (1 - DRIFT)
    expect(clock.reading()).toMatchObject({ now: passed, earliest: passed, latest: null, wrong: true })
  })

  it('after a suspend knows that it has slept', () => {
    const computer = new Computer(NOON)
    const { memory } = disk()
    measured(computer, memory())
    computer.pass(MINUTE)
    computer.sleep(8 * HOUR)
    const { doubt, earliest } = new CorrectedClock(computer.clock, memory()).reading()
    expect(doubt).toBe('suspended')
    expect(earliest).toBe(NOON + MINUTE * (1 - DRIFT))
  })

  it('does not write at every answer', () => {
    const computer = new Computer(NOON)
    const { state, memory } = disk()
    const clock = measured(computer, memory())
    for (let answer = 0; answer < 1_200; answer++) {
      computer.pass(3_000)
      clock.observe(iso(computer.time), computer.clock.monotonic() - 20)
    }
    expect(state.kept).toBeLessThanOrEqual(1 + 6)
    expect(state.kept).toBeGreaterThan(1)
  })
})

describe('a suspend', () => {
  it('voids the anchor, and the time is never before what it was', () => {
    const computer = new Computer(NOON)
    const changes: (string | null)[] = []
    const clock: CorrectedClock = new CorrectedClock(computer.clock, {
      ...NO_MEMORY,
      changed: () => changes.push(clock.reading().doubt),
    })
    clock.observe(iso(computer.time), computer.clock.monotonic())
    computer.pass(MINUTE)
    computer.set(-DAY)
    computer.sleep(8 * HOUR)
    const awake = NOON + MINUTE * (1 - DRIFT)
    expect(clock.reading()).toMatchObject({ doubt: 'suspended', now: awake, earliest: awake })
    clock.observe(iso(computer.time), computer.clock.monotonic())
    expect(clock.reading()).toMatchObject({ doubt: null, now: computer.time })
    expect(changes).toEqual([null, 'suspended', null])
  })

  it('an answer that was under way while the machine slept measures nothing', () => {
    const computer = new Computer(NOON)
    const clock = measured(computer)
    const sentAt = computer.clock.monotonic()
    const asOf = computer.time
    computer.sleep(8 * HOUR)
    computer.pass(50)
    clock.observe(iso(asOf), sentAt)
    expect(clock.reading().doubt).toBe('suspended')
    expect(clock.now()).toBe(computer.time)
  })

  it('whatever happens to it, a clock that is not doubted is right, and one that is has the truth in its window', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2 * DAY }) }),
      fc.record({ kind: fc.constant('set' as const), ms: fc.integer({ min: -400 * DAY, max: 400 * DAY }) }),
      fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 1_000, max: 3 * DAY }) }),
      fc.record({ kind: fc.constant('reboot' as const), ms: fc.integer({ min: 1_000, max: 3 * DAY }) }),
      fc.record({ kind: fc.constant('dead' as const), ms: fc.integer({ min: 1_000, max: 3 * DAY }) }),
      fc.record({ kind: fc.constant('restart' as const), ms: fc.constant(0) }),
      fc.record({ kind: fc.constant('answer' as const), ms: fc.integer({ min: 0, max: 3_000 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const computer = new Computer(NOON)
        const { memory } = disk()
        let clock = measured(computer, memory())
        for (const { kind, ms } of steps) {
          if (kind === 'pass') computer.pass(ms, 1 + 200e-6)
          if (kind === 'set') computer.set(ms)
          if (kind === 'sleep') computer.sleep(ms)
          if (kind === 'reboot' || kind === 'dead') computer.reboot(ms, kind === 'reboot')
          if (kind === 'restart' || kind === 'reboot' || kind === 'dead') {
            clock = new CorrectedClock(computer.clock, memory())
          }
          if (kind === 'answer') {
            const [sentAt, asOf] = [computer.clock.monotonic(), computer.time]
            computer.pass(ms)
            clock.observe(iso(asOf), sentAt)
          }
          const reading = clock.reading()
          // Not before what is certain, on any machine; as late as can be, as far as nobody sets clocks by days.
          expect(reading.earliest).toBeLessThanOrEqual(computer.time + 1)
          if (reading.doubt === null) expect(reading.latest).toBeGreaterThanOrEqual(computer.time - 1)
          expect(reading.now).toBeGreaterThanOrEqual(reading.earliest)
        }
      }),
    )
  })
})
