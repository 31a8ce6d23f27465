import { describe, expect, it } from 'vitest'
import { EVENT_BODIES } from '../../../../core/events/bodies.ts'
import { EVENT_TYPES } from '../../../../core/events/event.ts'
import { refusal } from '../../../../counter/session/model.ts'
import type { EventDraft } from '../../../../counter/store/counterStore.ts'
import { newParts } from '../../counter/counterParts.ts'

const ID = '01a19467-e801-7004-8000-000000000001'
const REQUEST = {
  redemptionId: ID,
  medium: { keys: [{ v: 1, key: '0'.repeat(64) }] },
  objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
  select: 'best' as const,
  entry: 'tap' as const,
  operatorId: 'op-1',
}

/** One event of every kind that a counter writes. */
function written(): EventDraft[] {
  const { events } = newParts()
  const line = { acquisitionId: ID, discount: { total: 100, allocations: [] } }
  return [
    events.redemption({ request: REQUEST, decided: 'offline', lines: [line], totalDiscount: 100 }),
    events.redemptionRefused(REQUEST, refusal('already_used')),
    events.mediumRefused(
      { type: 'felica-idm', keys: REQUEST.medium.keys, entry: 'tap' },
      refusal('medium_unknown'),
      null,
    ),
    events.mediumRefused(null, refusal('medium_unreadable'), 'op-1'),
    events.annul({ annulId: ID, redemptionId: ID, reason: 'changed their mind', operatorId: null }),
    events.session('sign_in', 'op-1'),
    events.policy({ action: 'reader_settings', operatorId: 'op-1', settings: {} }),
    events.policy({ action: 'settings_received', settings: {} }),
    events.override({ action: 'begun', operatorId: 'op-1', kind: 'stored_count' }),
  ]
}

describe('what a counter writes', () => {
  it('is what the type of its event says, as it is stored and sent', () => {
    for (const { type, body } of written()) {
      const sent: unknown = JSON.parse(JSON.stringify(body))
      expect(EVENT_BODIES[type].safeParse(sent).error, type).toBeUndefined()
    }
    expect(new Set(written().map(({ type }) => type))).toEqual(new Set(EVENT_TYPES))
  })

  it('of a newer counter may say more, but not less', () => {
    for (const { type, body } of written()) {
      const sent: object = JSON.parse(JSON.stringify(body))
      expect(EVENT_BODIES[type].safeParse({ ...sent, newer: { a: 1 } }).success, type).toBe(true)
      expect(EVENT_BODIES[type].safeParse({}).success, type).toBe(false)
    }
  })
})
