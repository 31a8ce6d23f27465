import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_REPLICA_AGE_HOURS, OfflineSettings } from '../../../../core/contract/stations.ts'
import {
  activeOverrides,
  capsUnder,
  mayOverride,
  OFFLINE_CAPS,
  type Override,
} from '../../../../core/redemption/overrides.ts'
import { NOON } from '../shop.ts'

const MINUTE = 60_000
const settings = (more: object = {}) => OfflineSettings.parse(more)
const override = (more: Partial<Override> = {}): Override => ({
  kind: 'stored_count',
  operatorId: 'm1',
  name: 'Kaori',
  reason: 'the line is down',
  since: NOON,
  until: NOON + 60 * MINUTE,
  raisePercent: 50,
  ...more,
})

describe('an override', () => {
  it('holds from its beginning to its end and not a moment longer', () => {
    const on = (now: number) => activeOverrides([override()], settings(), now).length === 1
    expect([on(NOON), on(NOON + 60 * MINUTE - 1), on(NOON + 60 * MINUTE)]).toEqual([true, true, false])
  })

  it('is not brought back by a clock that is set back; a small step of the clock ends nothing', () => {
    expect(activeOverrides([override()], settings(), NOON - 11 * MINUTE)).toEqual([])
    expect(activeOverrides([override()], settings(), NOON - MINUTE)).toHaveLength(1)
  })

  it('raises its own cap and no other', () => {
    const caps = capsUnder(settings({ maxStoredCount: 3, maxStoredValue: 1_000, maxReplicaAgeHours: 24 }), [override()])
    expect(caps).toEqual({ maxStoredCount: 4, maxStoredValue: 1_000, maxReplicaAgeHours: 24 })
  })

  it('never makes a copy decide that is older than ids are remembered', () => {
    const raised = capsUnder(settings({ maxReplicaAgeHours: 700 }), [
      override({ kind: 'replica_age', raisePercent: 100 }),
    ])
    expect(raised.maxReplicaAgeHours).toBe(MAX_REPLICA_AGE_HOURS)
  })

  it('ends, or gives less, when head office allows less than it did', () => {
    const now = NOON + 30 * MINUTE
    const under = (bounds: object) =>
      activeOverrides(
        [override(), override({ kind: 'force_offline', raisePercent: null })],
        settings({ override: { maxMinutes: 240, forceOffline: true, raisePercent: 100, ...bounds } }),
        now,
      )
    expect(under({})).toHaveLength(2)
    expect(under({ maxMinutes: 20 })).toEqual([])
    expect(under({ forceOffline: false })).toMatchObject([{ kind: 'stored_count' }])
    expect(under({ raisePercent: 10 })).toMatchObject([{ kind: 'stored_count', raisePercent: 10 }, {}])
    expect(under({ raisePercent: 0 })).toMatchObject([{ kind: 'force_offline' }])
  })
})

describe('what a manager may set aside', () => {
  const may = (bounds: object, wish: Partial<Parameters<typeof mayOverride>[1]>) =>
    mayOverride(settings({ override: { maxMinutes: 60, forceOffline: true, raisePercent: 50, ...bounds } }), {
      kind: 'stored_value',
      minutes: 60,
      raisePercent: 50,
      ...wish,
    })

  it('is bounded in time and in size', () => {
    expect(may({}, {}).ok).toBe(true)
    expect(may({}, { minutes: 61 })).toMatchObject({ reason: 'operator_not_allowed', params: { maxMinutes: 60 } })
    expect(may({}, { minutes: 0 })).toMatchObject({ ok: false })
    expect(may({}, { raisePercent: 51 })).toMatchObject({ params: { raisePercent: 50 } })
    expect(may({}, { raisePercent: null })).toMatchObject({ ok: false })
    expect(may({ maxMinutes: 0 }, { minutes: 1 })).toMatchObject({ ok: false })
  })

  it('is not the server’s absence where head office wants the server asked', () => {
    expect(may({}, { kind: 'force_offline', raisePercent: null }).ok).toBe(true)
    expect(may({ forceOffline: false }, { kind: 'force_offline', raisePercent: null })).toMatchObject({
      params: { forceOffline: false },
    })
  })
})

it('whatever is on, a cap is never lower than set nor higher than head office lets it be raised', () => {
  fc.assert(
    fc.property(
      fc.record({
        maxStoredCount: fc.nat(1_000),
        maxStoredValue: fc.nat(1_000_000),
        maxReplicaAgeHours: fc.integer({ min: 1, max: 720 }),
        override: fc.record({
          maxMinutes: fc.nat(1_440),
          forceOffline: fc.boolean(),
          raisePercent: fc.nat(1_000),
        }),
      }),
      fc.array(
        fc.record({
          kind: fc.constantFrom(...OFFLINE_CAPS, 'force_offline' as const),
          since: fc.integer({ min: -100, max: 100 }),
          minutes: fc.nat(2_000),
          raisePercent: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null }),
        }),
        { maxLength: 6 },
      ),
      (chosen, kept) => {
        const parsed = settings(chosen)
        const active = activeOverrides(
          kept.map(({ kind, since, minutes, raisePercent }) =>
            override({ kind, raisePercent, since: NOON + since * MINUTE, until: NOON + (since + minutes) * MINUTE }),
          ),
          parsed,
          NOON,
        )
        const caps = capsUnder(parsed, active)
        for (const cap of ['maxStoredCount', 'maxStoredValue', 'maxReplicaAgeHours'] as const) {
          expect(caps[cap]).toBeGreaterThanOrEqual(parsed[cap])
          expect(caps[cap]).toBeLessThanOrEqual(parsed[cap] * (1 + parsed.override.raisePercent / 100))
        }
        for (const { until, since } of active) {
          expect(until - since).toBeLessThanOrEqual(parsed.override.maxMinutes * MINUTE)
          expect(until).toBeGreaterThan(NOON)
        }
      },
    ),
  )
})
