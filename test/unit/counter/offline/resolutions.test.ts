import { describe, expect, it } from 'vitest'
import type { EventResult } from '../../../../core/events/event.ts'
import type { CounterStore, EventDraft, ResolutionChange } from '../../../../counter/store/counterStore.ts'
import { NOW, newParts, STATION } from '../counterParts.ts'
import { id } from '../session/visits.ts'

const eventId = (n: number) => id(900 + n)

/** An approval that was given offline, in the journal and waiting. */
function approved({ journal }: CounterStore, n: number): void {
  const redemptionId = id(n)
  const request = {
    redemptionId,
    medium: { keys: [{ v: 1, key: 'ab'.repeat(32) }] },
    objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
    select: 'best' as const,
    entry: 'tap' as const,
  }
  const event: EventDraft = {
    type: 'redemption',
    id: eventId(n),
    stationAt: NOW,
    correctedAt: NOW,
    body: { redemptionId, decided: 'offline', lines: [], totalDiscount: 120 },
  }
  journal.openIntent({ redemptionId, createdAt: NOW, request, rollbackId: null })
  const written = journal.showApproved({
    redemptionId,
    shown: { certainty: 'stored', lines: [], totalDiscount: 120, undoUntil: null },
    event,
    uses: [],
  })
  expect(written.ok).toBe(true)
}

function answered({ journal }: CounterStore, n: number, status: EventResult['status'], reason: string): void {
  const events = journal.due(NOW, 100, 1e6).filter((event) => event.id === eventId(n))
  const result: EventResult = {
    seq: events[0]?.seq ?? null,
    id: eventId(n),
    status,
    reason,
    reasonGroup: 'customer',
    lines: [],
  }
  expect(journal.settle(events, [result], 5, NOW, NOW).ok).toBe(true)
}

const resolution = (n: number, more: Partial<ResolutionChange> = {}): ResolutionChange => ({
  kind: 'resolution',
  changeSeq: 9,
  conflictId: 'ab'.repeat(16),
  conflict: 'forced',
  eventId: eventId(n),
  redemptionId: id(n),
  acquisitionId: null,
  outcome: 'accepted',
  by: 'Kaori',
  reason: 'seen',
  at: new Date(NOW).toISOString(),
  remaining: 0,
  ...more,
})

function started(): CounterStore {
  const { store } = newParts()
  store.journal.recordStation(STATION)
  approved(store, 1)
  return store
}

describe('a forced line at its own counter', () => {
  it('is counted until the last of its event’s conflicts has ended', () => {
    const store = started()
    answered(store, 1, 'forced', 'already_used')
    expect(store.journal.waiting()).toMatchObject({ count: 0, forced: 1 })
    store.journal.resolve([resolution(1, { conflictId: 'cd'.repeat(16), remaining: 1 })])
    expect(store.journal.waiting().forced).toBe(1)
    store.journal.resolve([resolution(1)])
    expect(store.journal.waiting().forced).toBe(0)
    expect(store.journal.ownConflicts(10)).toMatchObject([
      { kind: 'forced', value: 120, reason: 'already_used', outcome: 'accepted', by: 'Kaori', why: 'seen' },
    ])
  })

  it('is never counted when its resolution came before the answer to its event', () => {
    const store = started()
    store.journal.resolve([resolution(1)])
    answered(store, 1, 'forced', 'already_used')
    expect(store.journal.waiting().forced).toBe(0)
    expect(store.journal.ownConflicts(10)).toMatchObject([{ kind: 'forced', outcome: 'accepted' }])
  })

  it('of another machine’s journal is no concern of this one', () => {
    const store = started()
    expect(store.journal.resolve([resolution(7), resolution(8, { eventId: null })]).ok).toBe(true)
    expect(store.journal.ownConflicts(10)).toEqual([])
  })
})

describe('an event that was set aside', () => {
  const aside = () => {
    const store = started()
    answered(store, 1, 'quarantined', 'invalid_request')
    return store
  }

  it('stands first in the queue with its reason, and is sent again when a manager says so', () => {
    const store = aside()
    approved(store, 2)
    expect(store.journal.queue(1)).toMatchObject({
      total: 2,
      rows: [{ eventId: eventId(1), state: 'quarantined', reason: 'invalid_request', value: 120, nextTryAt: null }],
    })
    expect(store.journal.due(NOW, 100, 1e6).map((event) => event.id)).toEqual([eventId(2)])
    expect(store.journal.sendAgain()).toMatchObject({ ok: true, value: 1 })
    expect(store.journal.due(NOW, 100, 1e6).map((event) => event.id)).toEqual([eventId(1), eventId(2)])
  })

  it('leaves the queue when it was written off, whichever came first, and stays in the journal', () => {
    for (const before of [true, false]) {
      const store = before ? started() : aside()
      store.journal.resolve([resolution(1, { conflict: 'quarantined', outcome: 'written_off' })])
      if (before) answered(store, 1, 'quarantined', 'invalid_request')
      expect(store.journal.waiting()).toMatchObject({ count: 0, quarantined: 0 })
      expect(store.journal.queue(10).total).toBe(0)
      expect(store.journal.backlog()).toMatchObject({ stored: 0, unresolved: 0 })
      expect(store.journal.ownConflicts(10)).toMatchObject([{ eventId: eventId(1), outcome: 'written_off' }])
    }
  })
})
