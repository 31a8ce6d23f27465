import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OfflineSettings } from '../../../../core/contract/stations.ts'
import { CorrectedClock } from '../../../../counter/clock/correctedClock.ts'
import { Overrides } from '../../../../counter/offline/overrides.ts'
import { eventWriter } from '../../../../counter/session/eventWriter.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import type { CounterStore } from '../../../../counter/store/counterStore.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { systemIds } from '../../../../counter/system.ts'
import { newParts, VirtualTime } from '../counterParts.ts'

const KAORI = { operatorId: 'm-1', name: 'Kaori', role: 'manager' } as const
const MINUTE = 60_000
const HOUR_OFFLINE = { kind: 'force_offline', minutes: 60, reason: 'the server is slow', raisePercent: null } as const
const MORE_COUNT = { kind: 'stored_count', minutes: 30, reason: 'a long queue', raisePercent: 50 } as const

const settings = (override: object = {}) =>
  OfflineSettings.parse({ override: { maxMinutes: 120, forceOffline: true, raisePercent: 100, ...override } })

function over(store: CounterStore, time: VirtualTime) {
  const state = { settings: settings(), changes: 0 }
  const clock = new CorrectedClock(time)
  const make = () =>
    new Overrides({
      journal: store.journal,
      events: eventWriter(clock, systemIds),
      scheduler: time,
      now: () => time.now(),
      settings: () => state.settings,
      storageFailed: (detail) => {
        throw new Error(detail)
      },
      changed: () => {
        state.changes += 1
      },
    })
  const journaled = () =>
    store.journal
      .due(Number.MAX_SAFE_INTEGER, 100, 1e6)
      .map(({ type, body }) => ({ type, action: body.action, policy: body.policy, by: body.operatorId }))
  return { state, make, journaled, overrides: make() }
}

const inMemory = () => {
  const { store, time } = newParts()
  return { time, ...over(store, time) }
}

describe('a manager’s override', () => {
  it('counts from the moment that it is on disk, with who, why and until when', () => {
    const { overrides, state, journaled, time } = inMemory()
    expect(overrides.forcedOffline()).toBe(false)
    expect(overrides.begin(HOUR_OFFLINE, KAORI)).toBeNull()
    expect(overrides.forcedOffline()).toBe(true)
    expect(overrides.active()).toEqual([
      {
        kind: 'force_offline',
        operatorId: 'm-1',
        name: 'Kaori',
        reason: 'the server is slow',
        since: time.now(),
        until: time.now() + 60 * MINUTE,
        raisePercent: null,
      },
    ])
    expect(journaled()).toEqual([{ type: 'override', action: 'begun', policy: 'force_offline', by: 'm-1' }])
    expect(state.changes).toBe(1)
  })

  it('ends by itself, and says so in the journal and to the screen', async () => {
    const { overrides, state, journaled, time } = inMemory()
    overrides.begin(HOUR_OFFLINE, KAORI)
    await time.pass(60 * MINUTE - 1)
    expect(overrides.forcedOffline()).toBe(true)
    await time.pass(2_000)
    expect(overrides.forcedOffline()).toBe(false)
    expect(journaled().map(({ action }) => action)).toEqual(['begun', 'expired'])
    expect(state.changes).toBe(2)
  })

  it('is over at its end though no timer has run yet: a machine that slept counts no time', () => {
    const { overrides, time } = inMemory()
    overrides.begin(HOUR_OFFLINE, KAORI)
    expect(overrides.active()).toHaveLength(1)
    const awake = time.now()
    time.now = () => awake + 61 * MINUTE
    expect(overrides.active()).toEqual([])
  })

  it('is ended by a manager, whoever began it', () => {
    const { overrides, journaled } = inMemory()
    overrides.begin(MORE_COUNT, KAORI)
    expect(overrides.end('stored_count', 'm-2')).toBeNull()
    expect(overrides.active()).toEqual([])
    expect(overrides.end('stored_count', 'm-2')).toMatchObject({ reason: 'invalid_request' })
    expect(journaled().map(({ action }) => action)).toEqual(['begun', 'ended'])
  })

  it('takes the place of one of its kind, and stands beside another kind', () => {
    const { overrides } = inMemory()
    overrides.begin(MORE_COUNT, KAORI)
    overrides.begin({ ...MORE_COUNT, raisePercent: 100 }, KAORI)
    overrides.begin(HOUR_OFFLINE, KAORI)
    expect(overrides.active().map(({ kind, raisePercent }) => [kind, raisePercent])).toEqual([
      ['force_offline', null],
      ['stored_count', 100],
    ])
  })

  it('beyond what head office allows is refused, and nothing is written', () => {
    const { overrides, journaled, state } = inMemory()
    expect(overrides.begin({ ...MORE_COUNT, raisePercent: 101 }, KAORI)).toMatchObject({
      reason: 'operator_not_allowed',
      params: { raisePercent: 100 },
    })
    expect(overrides.begin({ ...MORE_COUNT, minutes: 121 }, KAORI)).toMatchObject({ params: { maxMinutes: 120 } })
    expect(journaled()).toEqual([])
    expect(state.changes).toBe(0)
  })

  it('ends at once when head office forbids it', () => {
    const { overrides, state, journaled } = inMemory()
    overrides.begin(HOUR_OFFLINE, KAORI)
    state.settings = settings({ forceOffline: false })
    expect(overrides.forcedOffline()).toBe(false)
    overrides.recheck()
    expect(journaled().map(({ action }) => action)).toEqual(['begun', 'expired'])
  })
})

describe('after the power was cut', () => {
  const { privateKey } = generateKeyPairSync('ed25519')

  it('what was on is on, what is over ends with its event, once', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-overrides-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const start = (time: VirtualTime) => {
      const opened = openCounterStore(
        dir,
        ed25519Sealer(() => privateKey),
      )
      if (!opened.ok) throw new Error(opened.code)
      return { store: opened.value, ...over(opened.value, time) }
    }
    const first = start(new VirtualTime())
    first.overrides.begin(HOUR_OFFLINE, KAORI)
    first.overrides.begin(MORE_COUNT, KAORI)
    // Not stopped: the program is gone from one moment to the next.
    first.store.close()

    const later = new VirtualTime()
    await later.pass(40 * MINUTE)
    const second = start(later)
    expect(second.overrides.active().map(({ kind }) => kind)).toEqual(['force_offline'])
    await later.pass(2_000)
    expect(second.journaled().map(({ action, policy }) => `${action} ${policy}`)).toEqual([
      'begun force_offline',
      'begun stored_count',
      'expired stored_count',
    ])
    await later.pass(19 * MINUTE)
    expect(second.overrides.forcedOffline()).toBe(true)
    await later.pass(2 * MINUTE)
    expect(second.overrides.forcedOffline()).toBe(false)
    expect(second.journaled().map(({ action }) => action)).toEqual(['begun', 'begun', 'expired', 'expired'])
    second.store.close()
  })
})
