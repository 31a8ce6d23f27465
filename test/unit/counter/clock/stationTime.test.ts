import { describe, expect, it, vi } from 'vitest'
import { uuid7Time } from '../../../../core/ids.ts'
import { stationTime } from '../../../../counter/clock/stationTime.ts'
import { eventWriter } from '../../../../counter/session/eventWriter.ts'
import { systemIds } from '../../../../counter/system.ts'
import { NOW, newStore } from '../counterParts.ts'
import { Computer } from './computer.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const HOUR = 3_600_000
const iso = (time: number) => new Date(time).toISOString()

const program = (computer: Computer, store = newStore()) => {
  const time = stationTime(computer.clock, systemIds, store, () => {})
  return { ...time, store, events: eventWriter(time.clock, time.ids) }
}

describe('a station’s time', () => {
  it('is kept in the journal for the next program of the same boot', () => {
    const computer = new Computer()
    const first = program(computer)
    first.clock.observe(iso(NOW), computer.clock.monotonic())
    computer.pass(HOUR)
    computer.turnTo(0)
    expect(program(computer, first.store).clock.reading()).toMatchObject({ now: NOW + HOUR, doubt: null })
  })

  it('after another boot is certainly not before the last event that nobody doubted', () => {
    const computer = new Computer()
    const { store, clock, events } = program(computer)
    clock.observe(iso(NOW), computer.clock.monotonic())
    computer.pass(5 * HOUR)
    store.journal.record(events.session('sign_in', 'rin'))
    computer.reboot(HOUR)
    // A year ahead, written down, and then put right: what was doubted proves nothing.
    computer.turnTo(NOW + 365 * 24 * HOUR)
    const wrong = program(computer, store)
    store.journal.record(wrong.events.session('sign_out', 'rin'))
    computer.turnTo(computer.time)
    expect(store.journal.lastTrustedAt()).toBe(NOW + 5 * HOUR)
    expect(program(computer, store).clock.reading()).toMatchObject({
      earliest: NOW + 5 * HOUR,
      // Never before the journal's last, whatever that was worth (CONTRACT.md §8).
      now: NOW + 365 * 24 * HOUR,
      doubt: 'restarted',
    })
  })

  it('is what ids bear', () => {
    const computer = new Computer()
    const { clock, ids } = program(computer)
    computer.turnTo(0)
    clock.observe(iso(NOW), computer.clock.monotonic())
    const made = Array.from({ length: 100 }, () => ids.uuid7())
    expect(made.map(uuid7Time)).toEqual(made.map(() => NOW))
    expect(made.toSorted()).toEqual(made)
  })
})
