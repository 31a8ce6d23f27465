import { describe, expect, it } from 'vitest'
import { capsLeft, levelOf, NO_OFFLINE_VIEW, type OfflineView } from '../../../../core/counter/offlineView.ts'
import { NOON } from '../shop.ts'

const HOUR = 3_600_000
const view = (more: Partial<OfflineView> = {}): OfflineView => ({
  ...NO_OFFLINE_VIEW,
  storedCount: { used: 100, limit: 500 },
  storedValue: { used: 0, limit: 1_000 },
  maxReplicaAgeHours: 72,
  ...more,
})

describe('what is left of the caps', () => {
  it('is told for each, calm while there is plenty', () => {
    expect(capsLeft(view(), NOON, NOON)).toEqual([
      { cap: 'stored_count', left: 400, limit: 500, level: 'calm' },
      { cap: 'stored_value', left: 1_000, limit: 1_000, level: 'calm' },
      { cap: 'replica_age', left: 72 * HOUR, limit: 72 * HOUR, level: 'calm' },
    ])
  })

  it('is low at a fifth, and reached when nothing is left', () => {
    const levels = (used: number) => capsLeft(view({ storedCount: { used, limit: 500 } }), NOON, NOON)[0]
    expect(levels(399)?.level).toBe('calm')
    expect(levels(400)).toMatchObject({ left: 100, level: 'low' })
    expect(levels(500)).toMatchObject({ left: 0, level: 'reached' })
    expect(levels(510)).toMatchObject({ left: 0, level: 'reached' })
    expect(levelOf(0, 0)).toBe('reached')
  })

  it('grows less with the age of the copy; a copy that is not there has nothing left', () => {
    const age = (replicaAsOf: number | null, now: number) => capsLeft(view(), replicaAsOf, now)[2]
    expect(age(NOON, NOON + 60 * HOUR)).toMatchObject({ left: 12 * HOUR, level: 'low' })
    expect(age(NOON, NOON + 73 * HOUR)).toMatchObject({ left: 0, level: 'reached' })
    expect(age(null, NOON)).toMatchObject({ left: 0, level: 'reached' })
    // A copy from the server's future: the clock here is behind.
    expect(age(NOON + HOUR, NOON)).toMatchObject({ left: 72 * HOUR })
  })
})
