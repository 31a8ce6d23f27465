import { scryptSync } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import { uuid7Time } from '../../../../core/ids.ts'
import { stationTime } from '../../../../counter/clock/stationTime.ts'
import { approve } from '../../../../counter/session/approve.ts'
import { eventWriter } from '../../../../counter/session/eventWriter.ts'
import { SignIn } from '../../../../counter/session/signIn.ts'
import { systemIds } from '../../../../counter/system.ts'
import { Computer } from '../clock/computer.ts'
import { NOW, newParts, type TestParts } from '../counterParts.ts'
import { ask, changes } from './redeeming.ts'
import { id } from './visits.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (time: number) => new Date(time).toISOString()

/** The parts of a program that starts on this computer, over the store that another may have left. */
const started = (machine: Computer, before: TestParts = newParts()): TestParts => {
  const { clock, ids } = stationTime(machine.clock, systemIds, before.store, () => {})
  return { ...before, clock, ids, events: eventWriter(clock, ids) }
}

interface Coupon {
  readonly from?: number
  readonly until?: number
  readonly conditions?: object[]
  readonly limits?: object
}

/** A copy of now in which one customer has one coupon. */
const copyWith = (
  { store }: TestParts,
  { from = NOW - 30 * DAY, until = NOW + 90 * DAY, ...more }: Coupon,
  asOf = NOW,
) => {
  const rules = { validFrom: iso(from), validUntil: iso(until), ...more }
  const applied = store.replica.apply(changes({}, rules, 3), { cursor: 'c1', changeSeq: 1, asOf })
  if (!applied.ok) throw new Error(applied.detail)
}

let redemptions = 10
/** What one more tap at the offline counter comes to. */
const tap = async (parts: TestParts): Promise<string> => {
  parts.connectivity.heard({ kind: 'unreachable', cause: 'connection' })
  const decided = await approve(parts, ask({ redemptionId: id(redemptions++) }))
  return decided.kind === 'approved' ? decided.approval.certainty : decided.refused.reason
}

const journaled = ({ store }: TestParts) => store.journal.due(NOW * 2, 100, 1e6)

describe('a counter that starts without the server', () => {
  it('gives what is valid far around, refuses what is not certain, and flags what it writes', async () => {
    for (const [coupon, outcome] of [
      [{}, 'stored'],
      [{ until: NOW + 12 * HOUR }, 'clock_untrusted'],
      [{ from: NOW + HOUR }, 'clock_untrusted'],
      [{ until: NOW - 1 }, 'expired'],
      [{ conditions: [{ kind: 'hours', from: '09:00', until: '21:00' }] }, 'clock_untrusted'],
      [{ conditions: [{ kind: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] }] }, 'stored'],
    ] as const) {
      const machine = new Computer()
      const before = newParts()
      copyWith(before, coupon as Coupon)
      machine.pass(HOUR)
      const parts = started(machine, before)
      expect(await tap(parts), JSON.stringify(coupon)).toBe(outcome)
      expect(journaled(parts)[0]).toMatchObject({ body: { clockDoubt: 'not_measured' } })
    }
  })

  it('is certain again as soon as the server is measured', async () => {
    const machine = new Computer()
    const before = newParts()
    copyWith(before, { until: NOW + 12 * HOUR })
    const parts = started(machine, before)
    parts.clock.observe(iso(NOW), machine.clock.monotonic())
    expect(await tap(parts)).toBe('stored')
    expect(journaled(parts)[0]?.body).not.toHaveProperty('clockDoubt')
  })
})

describe('a dead battery', () => {
  const afterPowerCut = (coupon: Coupon) => {
    const machine = new Computer()
    const first = started(machine)
    copyWith(first, coupon)
    first.clock.observe(iso(NOW), machine.clock.monotonic())
    machine.reboot(0)
    machine.turnTo(Date.UTC(1970, 0, 1))
    return { machine, parts: started(machine, first) }
  }

  it('allows what is valid until the copy is too old for anything', async () => {
    expect(await tap(afterPowerCut({}).parts)).toBe('stored')
    expect(await tap(afterPowerCut({ until: NOW + 73 * HOUR }).parts)).toBe('stored')
    expect(await tap(afterPowerCut({ until: NOW + 71 * HOUR }).parts)).toBe('clock_untrusted')
  })

  it('makes no id and no event of 1970: a server would have forgotten them long ago', async () => {
    const { parts } = afterPowerCut({})
    await tap(parts)
    const [event] = journaled(parts)
    expect(uuid7Time(event?.id ?? '')).toBeGreaterThanOrEqual(NOW)
    expect(uuid7Time(parts.ids.uuid7())).toBeGreaterThanOrEqual(NOW)
    expect(event).toMatchObject({ correctedAt: iso(NOW), stationAt: '1970-01-01T00:00:00.000Z' })
    expect(event?.body).toMatchObject({ clockDoubt: 'restarted' })
  })

  it('a limit per day counts the uses of every day that it may be', async () => {
    const limits = { holderPeriod: { period: 'day', uses: 1 }, acquisitionUses: 3 }
    const { parts, machine } = afterPowerCut({ limits })
    expect(await tap(parts)).toBe('stored')
    expect(await tap(parts)).toBe('clock_untrusted')
    parts.clock.observe(iso(NOW + 2 * DAY), machine.clock.monotonic())
    expect(await tap(parts)).toBe('stored')
    expect(await tap(parts)).toBe('holder_limit_reached')
  })

  it('somebody who sets the clock right helps, until the server is there', async () => {
    const { parts, machine } = afterPowerCut({ until: NOW + 60 * HOUR })
    expect(await tap(parts)).toBe('clock_untrusted')
    machine.turnTo(NOW + HOUR)
    expect(await tap(parts)).toBe('stored')
  })
})

describe('a clock that is set', () => {
  it('back, to revive a coupon that has ended, revives nothing', async () => {
    const machine = new Computer()
    const parts = started(machine)
    copyWith(parts, { until: NOW + HOUR })
    parts.clock.observe(iso(NOW), machine.clock.monotonic())
    machine.pass(2 * HOUR)
    machine.turnTo(NOW - DAY)
    expect(await tap(parts)).toBe('expired')
    machine.reboot(0)
    machine.turnTo(NOW - DAY)
    // The journal knows better what is past.
    expect(await tap(started(machine, parts))).toBe('expired')
  })

  it('after sleep nothing near its end is given', async () => {
    const machine = new Computer()
    const parts = started(machine)
    copyWith(parts, { until: NOW + 10 * HOUR })
    parts.clock.observe(iso(NOW), machine.clock.monotonic())
    expect(await tap(parts)).toBe('stored')
    machine.sleep(9 * HOUR)
    expect(await tap(parts)).toBe('clock_untrusted')
    expect(journaled(parts).at(-1)?.body).toMatchObject({ clockDoubt: 'suspended' })
  })

  it.each([-365 * DAY, 365 * DAY])('by %i ms stops no event on its way', (by) => {
    const machine = new Computer()
    const { store, events, clock } = started(machine)
    clock.observe(iso(NOW), machine.clock.monotonic())
    store.journal.record(events.session('sign_in', 'rin'))
    const [event] = store.journal.due(clock.system(), 10, 1e6)
    // The server asked for it again, a little later.
    store.journal.settle([event!], [], 1, clock.system(), clock.system() + 5_000)
    expect(store.journal.due(clock.system(), 10, 1e6)).toEqual([])
    machine.turnTo(NOW + by)
    expect(store.journal.due(clock.system(), 10, 1e6)).toHaveLength(1)
  })

  it('neither locks a cashier out nor lets a guesser in', async () => {
    const salt = Buffer.alloc(16, 7)
    const cost = { N: 1_024, r: 8, p: 1 } as const
    const hash = scryptSync('1234', salt, 32, cost).toString('base64url')
    const pin = { algorithm: 'scrypt' as const, ...cost, salt: salt.toString('base64url'), hash }
    const machine = new Computer()
    const { store, clock } = started(machine)
    clock.observe(iso(NOW), machine.clock.monotonic())
    const rin: Change = {
      kind: 'operator',
      changeSeq: 1,
      operatorId: 'rin',
      name: 'Rin',
      role: 'cashier',
      active: true,
      pin,
    }
    store.replica.apply([rin], { cursor: 'c1', changeSeq: 1, asOf: NOW })
    const signIn = new SignIn(store, () => clock.now())
    for (let guess = 0; guess < 5; guess++) await signIn.attempt('rin', '0000')
    for (const by of [-365 * DAY, 365 * DAY]) {
      machine.turnTo(NOW + by)
      expect(await signIn.attempt('rin', '1234')).toMatchObject({
        ok: false,
        problem: 'throttled',
        retryAt: NOW + 5_000,
      })
    }
    machine.pass(5_000)
    expect(await signIn.attempt('rin', '1234')).toMatchObject({ ok: true })
  })
})
