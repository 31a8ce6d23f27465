import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OfflineSettings } from '../../../../core/contract/stations.ts'
import { ENTRIES, MEDIUM_TYPES } from '../../../../core/media/medium.ts'
import { qualify } from '../../../../core/qualification/qualify.ts'
import { decideRedemption } from '../../../../core/redemption/decide.ts'
import { type OfflineStanding, offlineTerms, offlineVerdict } from '../../../../core/redemption/offlinePolicy.ts'
import { capsUnder } from '../../../../core/redemption/overrides.ts'
import { campaignOf, inputOf, line, NOON } from '../shop.ts'
import { wallet } from '../wallets.ts'

const HOUR = 3_600_000

const standing = (settings: object = {}, more: Partial<OfflineStanding> = {}): OfflineStanding => {
  const parsed = OfflineSettings.parse(settings)
  return {
    settings: parsed,
    caps: capsUnder(parsed, []),
    storedCount: 0,
    storedValue: 0,
    replicaAsOf: NOON,
    now: NOON,
    ...more,
  }
}

describe('a station on its own', () => {
  const capped = { maxStoredCount: 2, maxStoredValue: 1_000, maxReplicaAgeHours: 24 }
  const near = { storedCount: 1, storedValue: 900, replicaAsOf: NOON - 24 * HOUR }

  it('approves up to its caps', () => {
    expect(offlineVerdict(standing(capped, near), 100)).toEqual({ ok: true, value: null })
  })

  it('stops at the count, at the value and at the age of its copy', () => {
    expect(offlineVerdict(standing(capped, { ...near, storedCount: 2 }), 0)).toMatchObject({
      reason: 'offline_limit_reached',
      params: { maxCount: 2 },
    })
    expect(offlineVerdict(standing(capped, near), 101)).toMatchObject({
      reason: 'offline_limit_reached',
      params: { maxValue: 1_000, left: 100 },
    })
    expect(offlineVerdict(standing(capped, { ...near, replicaAsOf: NOON - 24 * HOUR - 1 }), 0)).toMatchObject({
      reason: 'snapshot_too_old',
      params: { maxHours: 24, asOf: '2026-11-21T02:59:59.999Z' },
    })
    expect(offlineVerdict(standing(capped, { ...near, replicaAsOf: null }), 0)).toMatchObject({
      reason: 'snapshot_too_old',
    })
  })

  it('asks the server for everything where the store says so', () => {
    expect(offlineVerdict(standing({ mode: 'require_online' }), 0)).toMatchObject({ reason: 'offline_not_allowed' })
  })

  it('gives no redemption more than the store allows one', () => {
    expect(offlineVerdict(standing({ maxValue: 300 }), 300).ok).toBe(true)
    expect(offlineVerdict(standing({ maxValue: 300 }), 301)).toMatchObject({
      reason: 'offline_limit_reached',
      params: { maxValue: 300 },
    })
  })
})

describe('one coupon offline', () => {
  const reasonOf = (settings: object, policy: object, medium: object, more: Partial<OfflineStanding> = {}) => {
    const { usable, unusable } = qualify({
      ...inputOf({ campaigns: [campaignOf(1, { offline: policy })] }),
      objective: inputOf({ campaigns: [], objective: medium }).objective,
      offline: offlineTerms(standing(settings, more)),
    })
    return usable.length > 0 ? 'usable' : { reason: unusable[0]?.reason, params: unusable[0]?.params }
  }
  const tapped = { medium: { type: 'felica-idm', entry: 'tap' } }
  const typed = { medium: { type: 'barcode', entry: 'keyed' } }
  const scanned = { medium: { type: 'barcode', entry: 'scan' } }

  it('is not for a number that was typed, unless the store says so', () => {
    expect(reasonOf({}, {}, tapped)).toBe('usable')
    expect(reasonOf({}, {}, scanned)).toBe('usable')
    expect(reasonOf({}, {}, typed)).toEqual({ reason: 'medium_too_weak', params: { entries: 'tap,scan' } })
    expect(reasonOf({ entries: ['tap', 'scan', 'keyed'] }, {}, typed)).toBe('usable')
  })

  it('may ask for more than the store does, and never for less', () => {
    expect(reasonOf({}, { entries: ['tap'] }, scanned)).toEqual({
      reason: 'medium_too_weak',
      params: { entries: 'tap' },
    })
    expect(reasonOf({}, { mediumTypes: ['felica-idm'] }, scanned)).toEqual({
      reason: 'medium_too_weak',
      params: { types: 'felica-idm' },
    })
    expect(reasonOf({ mediumTypes: ['felica-idm'] }, { entries: ['keyed', 'scan'] }, scanned)).toMatchObject({
      reason: 'medium_too_weak',
    })
    expect(reasonOf({}, { entries: ['keyed'] }, typed)).toMatchObject({ reason: 'medium_too_weak' })
  })

  it('that needs the server is not allowed, whatever the medium', () => {
    expect(reasonOf({}, { mode: 'require_online' }, typed)).toMatchObject({ reason: 'offline_not_allowed' })
  })

  it('is not offered when it alone is more than one redemption may give, or than is left', () => {
    expect(reasonOf({ maxValue: 99 }, {}, tapped)).toEqual({
      reason: 'offline_limit_reached',
      params: { maxValue: 99 },
    })
    expect(reasonOf({ maxStoredValue: 500 }, {}, tapped, { storedValue: 401 })).toEqual({
      reason: 'offline_limit_reached',
      params: { maxValue: 500, left: 99 },
    })
    expect(reasonOf({ maxStoredValue: 500 }, {}, tapped, { storedValue: 400 })).toBe('usable')
  })

  it('is asked for none of this by the server', () => {
    const input = inputOf({
      campaigns: [campaignOf(1, { offline: { mode: 'require_online' } })],
      objective: typed as object,
    })
    expect(qualify({ ...input, offline: false }).usable).toHaveLength(1)
  })
})

describe('whatever the policy', () => {
  const settings = fc.record({
    mode: fc.constantFrom('prefer_online', 'prefer_online', 'require_online'),
    maxValue: fc.option(fc.integer({ min: 0, max: 800 }), { nil: undefined }),
    maxStoredCount: fc.integer({ min: 0, max: 4 }),
    maxStoredValue: fc.integer({ min: 0, max: 1_500 }),
    maxReplicaAgeHours: fc.integer({ min: 1, max: 48 }),
    entries: fc.subarray([...ENTRIES]),
    mediumTypes: fc.subarray([...MEDIUM_TYPES]),
  })

  it('what is approved alone keeps every cap of store and campaign', () => {
    fc.assert(
      fc.property(
        wallet(),
        settings,
        fc.record({ storedCount: fc.nat(4), storedValue: fc.nat(1_500), ageHours: fc.nat(60) }),
        fc.constantFrom(...ENTRIES),
        (input, chosen, { storedCount, storedValue, ageHours }, entry) => {
          const now = input.now
          const here = standing(chosen, { storedCount, storedValue, replicaAsOf: now - ageHours * HOUR, now })
          const objective = { ...input.objective, medium: { ...input.objective.medium, entry } }
          const decision = decideRedemption({ ...input, objective, offline: offlineTerms(here) }, 'best')
          if (decision.status === 'refused' || !offlineVerdict(here, decision.totalDiscount).ok) return
          expect(chosen.mode).toBe('prefer_online')
          expect(storedCount + 1).toBeLessThanOrEqual(chosen.maxStoredCount)
          expect(storedValue + decision.totalDiscount).toBeLessThanOrEqual(chosen.maxStoredValue)
          expect(decision.totalDiscount).toBeLessThanOrEqual(chosen.maxValue ?? Number.POSITIVE_INFINITY)
          expect(ageHours).toBeLessThanOrEqual(chosen.maxReplicaAgeHours)
          expect(chosen.entries.length === 0 || chosen.entries.includes(entry)).toBe(true)
          expect(chosen.mediumTypes.length === 0 || chosen.mediumTypes.includes(objective.medium.type)).toBe(true)
        },
      ),
    )
  })

  it('what is refused for nothing at all is refused for anything', () => {
    fc.assert(
      fc.property(
        settings,
        fc.nat(4),
        fc.nat(1_500),
        fc.nat(60),
        fc.nat(2_000),
        (chosen, storedCount, storedValue, age, total) => {
          const here = standing(chosen, { storedCount, storedValue, replicaAsOf: NOON - age * HOUR })
          if (!offlineVerdict(here, 0).ok) expect(offlineVerdict(here, total).ok).toBe(false)
        },
      ),
    )
  })

  it('a purchase that is worth nothing changes no cap', () => {
    const here = standing({ maxStoredValue: 0 })
    const input = inputOf({ campaigns: [campaignOf(1)], items: [line('a', 0)] })
    expect(decideRedemption({ ...input, offline: offlineTerms(here) }, 'best').status).toBe('refused')
  })
})
