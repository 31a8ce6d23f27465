import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/contract/changes.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import type { EventResult, Settlement, StationEvent } from '../../core/events/event.ts'
import type { CounterStore, EventDraft, LocalUse, ShownApproval, Stored } from '../../counter/store/counterStore.ts'

export interface CounterStoreRig {
  store(): CounterStore
  /** Closes the store and opens it again, as after a power failure: only what is on disk is there. */
  reopen(): CounterStore
}

const BATCH = { limit: 500, maxBytes: 1_000_000 }
const AT = Date.UTC(2026, 10, 22, 3)
const keys = (n: number) => [{ v: 1, key: n.toString(16).padStart(64, '0') }]

const draft = (type: EventDraft['type'] = 'session', body: Record<string, unknown> = {}): EventDraft => ({
  type,
  id: uuidv7(),
  stationAt: AT,
  correctedAt: AT,
  body,
})

const intent = (redemptionId: string) => ({
  redemptionId,
  createdAt: AT,
  rollbackId: null,
  request: {
    redemptionId,
    medium: { keys: keys(1) },
    objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
    select: 'best' as const,
    entry: 'tap' as const,
  },
})

const approvalOf = (certainty: ShownApproval['certainty'], totalDiscount = 100): ShownApproval => ({
  certainty,
  lines: [{ acquisitionId: uuidv7(), discount: { total: totalDiscount, allocations: [] }, title: 'T', titles: {} }],
  totalDiscount,
  undoUntil: AT + 120_000,
})

const use = (acquisitionId: string, changeSeq: number | null = null): LocalUse => ({
  acquisitionId,
  discount: 100,
  usedAt: AT,
  changeSeq,
})

const written = <Value>(stored: Stored<Value>): Value => {
  if (!stored.ok) throw new Error(stored.detail)
  return stored.value
}

const resultFor = (event: StationEvent, status: Settlement, reason?: string): EventResult => ({
  seq: event.seq,
  id: event.id,
  status,
  lines: [],
  ...(reason ? { reason } : {}),
})

/** What every `CounterStore` promises. A new empty one for each test. */
export function counterStoreContract(name: string, rig: () => CounterStoreRig): void {
  /** An approval of the given certainty, shown. */
  const approve = (certainty: ShownApproval['certainty'], uses: readonly LocalUse[] = [], totalDiscount = 100) => {
    const { journal } = rig().store()
    const redemptionId = uuidv7()
    const shown = approvalOf(certainty, totalDiscount)
    written(journal.openIntent(intent(redemptionId)))
    const event = draft('redemption', { redemptionId })
    written(journal.showApproved({ redemptionId, shown, event, uses }))
    return { redemptionId, shown, event }
  }
  const due = () => rig().store().journal.due(AT, BATCH.limit, BATCH.maxBytes)

  describe(`${name}: intents`, () => {
    it('an intent is open, across a restart, until something is said about it', () => {
      const redemptionId = uuidv7()
      written(rig().store().journal.openIntent(intent(redemptionId)))
      const { journal } = rig().reopen()
      expect(journal.openIntents()).toEqual([intent(redemptionId)])
      expect(journal.shown(redemptionId)).toBeNull()
    })

    it('what was shown as approved is there after a restart, and its intent is no longer open', () => {
      const { redemptionId, shown } = approve('confirmed')
      const { journal } = rig().reopen()
      expect(journal.shown(redemptionId)).toEqual(shown)
      expect(journal.openIntents()).toEqual([])
    })

    it('a refusal closes its intent, unless the server may hold it', () => {
      const { journal } = rig().store()
      const [closed, held] = [uuidv7(), uuidv7()]
      for (const redemptionId of [closed, held]) written(journal.openIntent(intent(redemptionId)))
      written(journal.showRefused({ redemptionId: closed, event: draft('refusal'), mayBeHeld: false }))
      written(journal.showRefused({ redemptionId: held, event: draft('refusal'), mayBeHeld: true }))
      expect(journal.openIntents().map(({ redemptionId }) => redemptionId)).toEqual([held])
      expect(due().map(({ type }) => type)).toEqual(['refusal', 'refusal'])
    })

    it('an approval after which nobody did anything is found at the next start', () => {
      const { redemptionId, shown } = approve('stored')
      expect(rig().reopen().journal.lastApproval()).toEqual({ redemptionId, approval: shown })
      const sent = due()
      const results = sent.map((event) => resultFor(event, 'confirmed'))
      written(rig().store().journal.settle(sent, results, 1, AT, AT))
      expect(rig().store().journal.lastApproval()?.approval.certainty).toBe('confirmed')
    })

    it('an annul for another customer hides nothing; a cashier who goes on, or takes it back, ends it', () => {
      const first = approve('confirmed')
      const { journal } = rig().store()
      written(journal.record(draft('annul')))
      expect(journal.lastApproval()?.redemptionId).toBe(first.redemptionId)
      written(journal.record(draft('session')))
      expect(journal.lastApproval()).toBeNull()
      written(journal.dismissApproval(approve('confirmed').redemptionId))
      expect(journal.lastApproval()).toBeNull()
      const { redemptionId } = approve('confirmed')
      written(journal.beginUndo({ redemptionId, rollbackId: uuidv7(), reason: 'r', operatorId: null }))
      expect(journal.lastApproval()).toBeNull()
    })

    it('a planned rollback keeps its id', () => {
      const redemptionId = uuidv7()
      const rollbackId = uuidv7()
      const { journal } = rig().store()
      written(journal.openIntent(intent(redemptionId)))
      written(journal.planRollback(redemptionId, rollbackId))
      expect(rig().reopen().journal.openIntents()[0]?.rollbackId).toBe(rollbackId)
    })

    it('is never decided twice', () => {
      const { redemptionId, shown } = approve('confirmed')
      const { journal } = rig().store()
      const again = () => journal.showApproved({ redemptionId, shown, event: draft('redemption'), uses: [] })
      expect(again).toThrow()
      expect(due()).toHaveLength(1)
    })
  })

  describe(`${name}: the outbox`, () => {
    it('sends what was journaled, oldest first, chained without holes', () => {
      const { journal } = rig().store()
      for (let n = 0; n < 3; n++) written(journal.record(draft('session', { n })))
      const events = due()
      expect(events.map(({ seq, body }) => [seq, body])).toEqual([
        [1, { n: 0 }],
        [2, { n: 1 }],
        [3, { n: 2 }],
      ])
      expect(new Set(events.map(({ prevHash }) => prevHash)).size).toBe(3)
      expect(journal.due(AT, 2, BATCH.maxBytes)).toEqual(events.slice(0, 2))
      expect(journal.due(AT, BATCH.limit, 1)).toEqual(events.slice(0, 1))
    })

    it('a row leaves only when the server has answered for it', () => {
      const { journal } = rig().store()
      for (let n = 0; n < 4; n++) written(journal.record(draft('session', { n })))
      const sent = due()
      const [a, b, c] = sent as [StationEvent, StationEvent, StationEvent]
      const results = [resultFor(a, 'confirmed'), resultFor(b, 'quarantined', 'too_old'), resultFor(c, 'retry')]
      const batch = written(journal.settle(sent, results, 7, AT, AT + 5_000))
      expect(batch).toEqual({ forced: [], quarantined: [{ eventId: b.id, reason: 'too_old' }] })
      const after = rig().reopen().journal
      expect(after.due(AT, BATCH.limit, BATCH.maxBytes)).toEqual([])
      expect(after.nextDue()).toBe(AT + 5_000)
      // The one to retry, and the one the server said nothing about; the quarantined one blocks neither.
      expect(after.due(AT + 5_000, BATCH.limit, BATCH.maxBytes).map(({ seq }) => seq)).toEqual([3, 4])
      expect(after.waiting().quarantined).toBe(1)
    })

    it('counts what waits: approvals given offline and their discount', () => {
      approve('stored', [], 100)
      approve('stored', [], 250)
      approve('confirmed', [], 999)
      expect(rig().store().journal.waiting()).toEqual({ count: 2, value: 350, forced: 0, quarantined: 0 })
    })

    it('forced ones are counted and named', () => {
      const { event } = approve('stored')
      const { journal } = rig().store()
      const sent = due()
      const batch = written(journal.settle(sent, [resultFor(sent[0]!, 'forced', 'already_used')], 3, AT, AT))
      expect(batch.forced).toEqual([{ eventId: event.id, reason: 'already_used' }])
      expect(journal.waiting()).toEqual({ count: 0, value: 0, forced: 1, quarantined: 0 })
    })

    it('the same answer twice changes nothing', () => {
      approve('stored')
      const { journal } = rig().store()
      const sent = due()
      const results = [resultFor(sent[0]!, 'forced', 'already_used')]
      written(journal.settle(sent, results, 3, AT, AT))
      expect(written(journal.settle(sent, results, 3, AT, AT))).toEqual({ forced: [], quarantined: [] })
      expect(journal.waiting().forced).toBe(1)
    })

    it('what the server will not look at is set aside', () => {
      const { journal } = rig().store()
      written(journal.record(draft()))
      written(journal.quarantine(1, 'invalid_request'))
      expect(due()).toEqual([])
      expect(journal.nextDue()).toBeNull()
      expect(journal.waiting().quarantined).toBe(1)
    })
  })

  describe(`${name}: local uses`, () => {
    it('stay until the replica has reached the answer that contains them', () => {
      const [stored, confirmed] = [uuidv7(), uuidv7()]
      approve('stored', [use(stored)])
      approve('confirmed', [use(confirmed, 5)])
      const { journal } = rig().store()
      const left = () => journal.usesOf([stored, confirmed, uuidv7()]).map(({ acquisitionId }) => acquisitionId)
      written(journal.dropUses(4))
      expect(left().sort()).toEqual([stored, confirmed].sort())
      written(journal.dropUses(1_000))
      expect(left()).toEqual([stored])
      const sent = due()
      written(
        journal.settle(
          sent,
          sent.map((event) => resultFor(event, 'confirmed')),
          1_001,
          AT,
          AT,
        ),
      )
      written(journal.dropUses(1_000))
      expect(left()).toEqual([stored])
      written(journal.dropUses(1_001))
      expect(left()).toEqual([])
    })

    it('leave with an undo, and stay when it was refused', () => {
      const [undone, kept] = [uuidv7(), uuidv7()]
      const { journal } = rig().store()
      const one = approve('stored', [use(undone)])
      const other = approve('confirmed', [use(kept, 9)])
      for (const { redemptionId } of [one, other]) {
        written(journal.beginUndo({ redemptionId, rollbackId: uuidv7(), reason: 'r', operatorId: null }))
      }
      expect(rig().reopen().journal.pendingUndos()).toHaveLength(2)
      const after = rig().store().journal
      written(after.endUndo(one.redemptionId, 'annulled', draft('annul')))
      written(after.endUndo(other.redemptionId, 'refused', null))
      expect(after.usesOf([undone, kept]).map(({ acquisitionId }) => acquisitionId)).toEqual([kept])
      expect(after.pendingUndos()).toEqual([])
      expect(after.waiting().count).toBe(0)
    })
  })

  describe(`${name}: the rest of the journal`, () => {
    it('remembers the station, wrong PINs and the newest time', () => {
      const { journal } = rig().store()
      const store = { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 0 }
      const station = { stationId: 'x', role: 'counter' as const, store, settings: StationSettings.parse({}) }
      expect(journal.station()).toBeNull()
      expect(journal.lastCorrectedAt()).toBeNull()
      written(journal.recordStation({ ...station, settings: StationSettings.parse({ undoWindowSeconds: 7 }) }))
      expect(journal.station()?.settings.undoWindowSeconds).toBe(7)
      written(journal.recordStation(station))
      expect(journal.station()).toEqual(station)
      written(journal.setThrottle('o', { wrong: 5, retryAt: AT }))
      written(journal.record(draft()))
      const after = rig().reopen().journal
      expect(after.station()).toEqual(station)
      expect(after.throttle('o')).toEqual({ wrong: 5, retryAt: AT })
      expect(after.lastCorrectedAt()).toBe(AT)
      written(after.setThrottle('o', null))
      expect(after.throttle('o')).toBeNull()
    })
  })

  describe(`${name}: the replica`, () => {
    const medium = (changeSeq: number, holderId: string, blocked = false): Change => ({
      kind: 'medium',
      changeSeq,
      mediumId: 'm1',
      key: keys(1)[0]!,
      type: 'nfc-uid',
      holderId,
      blocked,
    })
    const acquisition = (changeSeq: number, usesLeft: number): Change => ({
      kind: 'acquisition',
      changeSeq,
      acquisitionId: 'a1',
      campaignId: 'c1',
      holderId: 'h1',
      usesLeft,
      expiresAt: '2027-01-01T00:00:00.000Z',
      revoked: false,
    })

    it('starts empty and says so', () => {
      const { replica } = rig().store()
      expect(replica.position()).toEqual({ cursor: '', changeSeq: 0, asOf: null })
      expect(replica.medium(keys(1))).toBeNull()
      expect(replica.campaigns().size).toBe(0)
    })

    it('a later change of the same thing replaces the earlier one, across a restart', () => {
      const { replica } = rig().store()
      const usage = { kind: 'holder_usage', holderId: 'h1', campaignId: 'c1', period: 'ever' } as const
      const page = [medium(1, 'h0'), acquisition(2, 3), { ...usage, changeSeq: 3, uses: 1 }]
      written(replica.apply(page, { cursor: 'x', changeSeq: 3, asOf: null }))
      const next = [medium(4, 'h1', true), acquisition(5, 2), { ...usage, changeSeq: 6, uses: 2 }]
      written(replica.apply(next, { cursor: 'y', changeSeq: 6, asOf: AT }))
      const after = rig().reopen().replica
      expect(after.position()).toEqual({ cursor: 'y', changeSeq: 6, asOf: AT })
      const medium1 = after.medium([...keys(2), ...keys(1)])
      expect(medium1?.blocked).toBe(true)
      const holder = medium1?.holder ?? 0
      expect(after.acquisitions(holder)).toEqual([
        { acquisitionId: 'a1', campaignId: 'c1', usesLeft: 2, expiresAt: Date.UTC(2027, 0), revoked: false },
      ])
      expect(after.campaignOf(holder, 'a1')).toBe('c1')
      expect(after.usage(holder)).toEqual([{ campaignId: 'c1', period: 'ever', uses: 2 }])
    })

    it('answers with the latest page for a customer who was asked about a moment ago, and for each their own', () => {
      const { replica } = rig().store()
      const usage = { kind: 'holder_usage', holderId: 'h1', campaignId: 'c1', period: 'ever' } as const
      const said = () => {
        const found = replica.medium(keys(1))
        return (
          found && [
            found.blocked,
            replica.acquisitions(found.holder).map(({ usesLeft }) => usesLeft),
            replica.usage(found.holder).map(({ uses }) => uses),
          ]
        )
      }
      expect(said()).toBeNull()
      const page = [medium(1, 'h1'), acquisition(2, 3), { ...usage, changeSeq: 3, uses: 1 }]
      written(replica.apply(page, { cursor: 'x', changeSeq: 3, asOf: AT }))
      expect(said()).toEqual([false, [3], [1]])
      const next = [medium(4, 'h1', true), acquisition(5, 2), { ...usage, changeSeq: 6, uses: 2 }]
      written(replica.apply(next, { cursor: 'y', changeSeq: 6, asOf: AT }))
      expect(said()).toEqual([true, [2], [2]])
      expect(replica.medium(keys(2))).toBeNull()
      expect(said()).toEqual([true, [2], [2]])
      const other = { ...medium(7, 'h2'), mediumId: 'm2', key: keys(2)[0]! }
      written(replica.apply([other], { cursor: 'z', changeSeq: 7, asOf: AT }))
      expect(said()).toEqual([true, [2], [2]])
      const second = replica.medium(keys(2))?.holder ?? 0
      expect([replica.acquisitions(second), replica.usage(second)]).toEqual([[], []])
      expect(replica.acquisitions(replica.medium(keys(1))?.holder ?? 0)).toHaveLength(1)
      replica.reset()
      expect(said()).toBeNull()
    })

    it('forgets a holder who is gone, and has what moved to another', () => {
      const { replica } = rig().store()
      const usage = { kind: 'holder_usage', campaignId: 'c1', period: 'ever' } as const
      const page = [medium(1, 'h1'), acquisition(2, 3), { ...usage, holderId: 'h1', changeSeq: 3, uses: 1 }]
      written(replica.apply(page, { cursor: 'x', changeSeq: 3, asOf: AT }))
      const before = replica.medium(keys(1))?.holder ?? 0
      expect(replica.acquisitions(before)).toHaveLength(1)
      const merged: Change[] = [
        { kind: 'holder_gone', changeSeq: 4, holderId: 'h1' },
        medium(5, 'h2'),
        { ...acquisition(6, 3), holderId: 'h2' } as Change,
        { ...usage, holderId: 'h2', changeSeq: 7, uses: 2 },
      ]
      written(replica.apply(merged, { cursor: 'y', changeSeq: 7, asOf: AT }))
      const after = replica.medium(keys(1))?.holder ?? 0
      expect([replica.acquisitions(after).length, replica.usage(after)[0]?.uses]).toEqual([1, 2])
      expect([replica.acquisitions(before), replica.usage(before)]).toEqual([[], []])
      const erased: Change[] = [{ kind: 'holder_gone', changeSeq: 8, holderId: 'h2' }]
      written(replica.apply(erased, { cursor: 'z', changeSeq: 8, asOf: AT }))
      expect(replica.medium(keys(1))).toBeNull()
      expect(replica.acquisitions(after)).toEqual([])
    })

    it('is complete only with the last page', () => {
      const { replica } = rig().store()
      written(replica.apply([medium(1, 'h1')], { cursor: 'x', changeSeq: 1, asOf: null }))
      expect(replica.position().asOf).toBeNull()
    })

    it('can be thrown away', () => {
      const { replica } = rig().store()
      written(replica.apply([medium(1, 'h1')], { cursor: 'x', changeSeq: 1, asOf: AT }))
      replica.reset()
      expect(replica.position()).toEqual({ cursor: '', changeSeq: 0, asOf: null })
      expect(replica.medium(keys(1))).toBeNull()
    })
  })
}
