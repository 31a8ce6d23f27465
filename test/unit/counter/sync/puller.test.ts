import { describe, expect, it } from 'vitest'
import type { Change, ChangesResponse } from '../../../../core/contract/changes.ts'
import { Puller } from '../../../../counter/sync/puller.ts'
import { Snapshotter } from '../../../../counter/sync/snapshotter.ts'
import { NOBODY, NOW, newParts, STATION, type TestParts } from '../counterParts.ts'
import { card, id } from '../session/visits.ts'

const setUp = () => {
  const parts = newParts()
  parts.store.journal.recordStation(STATION)
  // A server without snapshots: what is told here is told by changes.
  parts.gateway.on('snapshot', () => ({ kind: 'rejected', problem: { type: 'about:blank', title: '', status: 404 } }))
  let times = 0
  const snapshotter = new Snapshotter({ ...parts, changed: () => {}, resent: () => (times += 1) })
  return { parts, puller: new Puller({ ...parts, snapshotter, pulled: () => {} }), resent: () => times }
}
const page = (more: Partial<ChangesResponse>) => ({
  kind: 'answered' as const,
  answer: { changes: [], cursor: 'end', more: false, asOf: new Date(NOW).toISOString(), ...more },
})
const medium = (changeSeq: number): Change => ({
  kind: 'medium',
  changeSeq,
  mediumId: 'm1',
  key: card(1).keys[0]!,
  type: 'nfc-uid',
  holderId: 'h1',
  blocked: false,
})
const cursors = (parts: TestParts) => parts.gateway.calls('changes').map(([cursor]) => cursor)

/** An approval that the server confirmed at position `changeSeq`. */
const use = ({ store, events }: TestParts, changeSeq: number) => {
  const request = {
    redemptionId: id(changeSeq),
    medium: { keys: [...card(1).keys] },
    objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
    select: 'best' as const,
    entry: 'tap' as const,
  }
  store.journal.openIntent({ redemptionId: request.redemptionId, createdAt: NOW, request, rollbackId: null })
  store.journal.showApproved({
    redemptionId: request.redemptionId,
    shown: { certainty: 'confirmed', lines: [], totalDiscount: 1, undoUntil: null },
    event: events.redemption({ request, decided: 'online', lines: [], totalDiscount: 1 }),
    uses: [{ acquisitionId: 'a1', discount: 1, usedAt: NOW, changeSeq }],
  })
}

describe('the puller', () => {
  it('reads page after page at once, then looks again every few seconds', async () => {
    const { parts, puller } = setUp()
    parts.gateway.on('changes', (cursor) =>
      cursor === '' ? page({ changes: [medium(1)], cursor: 'p1', more: true }) : page({}),
    )
    puller.wake()
    await parts.time.pass(10)
    expect(cursors(parts)).toEqual(['', 'p1'])
    await parts.time.pass(3_000)
    expect(cursors(parts)).toEqual(['', 'p1', 'end'])
    expect(parts.store.replica.medium(card(1).keys)).not.toBeNull()
    expect(parts.store.replica.position().asOf).toBe(NOW)
  })

  it('finds the server again by itself', async () => {
    const { parts, puller } = setUp()
    parts.gateway.on('changes', () => NOBODY)
    puller.wake()
    await parts.time.pass(60_000)
    expect(parts.connectivity.mode).toBe('offline')
    parts.gateway.on('changes', () => page({}))
    await parts.time.pass(5_000)
    // Whether it is quick enough for a cashier is the prober's to find out.
    expect(parts.connectivity.wantsProbe).toBe(true)
    expect(parts.store.replica.position().asOf).toBe(NOW)
  })

  it('a local use leaves only when the copy has reached the answer that contains it', async () => {
    const { parts, puller } = setUp()
    use(parts, 5)
    parts.gateway.on('changes', () => page({ changeSeq: 4 }))
    puller.wake()
    await parts.time.pass(10)
    expect(parts.store.journal.usesOf(['a1'])).toHaveLength(1)
    parts.gateway.on('changes', () => page({ changeSeq: 5, more: true }))
    await parts.time.pass(3_000)
    expect(parts.store.journal.usesOf(['a1'])).toHaveLength(1)
    parts.gateway.on('changes', () => page({ changeSeq: 5 }))
    await parts.time.pass(3_000)
    expect(parts.store.journal.usesOf(['a1'])).toHaveLength(0)
  })

  it('a server from a backup that the copy is not past gets again what it lost, which stays used here', async () => {
    const { parts, puller, resent } = setUp()
    const { journal } = parts.store
    const settle = (changeSeq: number) => {
      const due = journal.due(NOW, 10, 1e6)
      const results = due.map(({ seq, id }) => ({ seq, id, status: 'confirmed' as const, lines: [] }))
      journal.settle(due, results, changeSeq, NOW, NOW)
      return due.map(({ seq }) => seq)
    }
    use(parts, 5)
    use(parts, 300)
    expect(settle(300)).toEqual([1, 2])
    // The copy has not come as far as the backup, and the backup has the first event alone.
    parts.store.replica.apply([medium(1)], { cursor: 'before the backup', changeSeq: 4, asOf: NOW })
    parts.gateway.on('changes', () => page({ changeSeq: 200, journalThrough: 1 }))
    puller.wake()
    await parts.time.pass(10)
    const again = journal.due(NOW, 10, 1e6)
    expect(again.map(({ seq, type, body }) => [seq, type, body.action])).toEqual([
      [2, 'redemption', undefined],
      [3, 'policy', 'server_restored'],
    ])
    expect(resent()).toBe(1)
    // A position that the lost answer named says nothing about what the server counts there now.
    parts.gateway.on('changes', () => page({ changeSeq: 350, journalThrough: 1 }))
    await parts.time.pass(3_000)
    expect(journal.usesOf(['a1'])).toHaveLength(1)
    expect(resent()).toBe(1)
    expect(settle(400)).toEqual([2, 3])
    parts.gateway.on('changes', () => page({ changeSeq: 400, journalThrough: 3 }))
    await parts.time.pass(3_000)
    expect(journal.usesOf(['a1'])).toHaveLength(0)
    expect(resent()).toBe(1)
  })

  it('a server that knows all it answered for, or does not say, is asked nothing again', async () => {
    const { parts, puller, resent } = setUp()
    const { journal } = parts.store
    use(parts, 5)
    const [sent] = journal.due(NOW, 10, 1e6)
    journal.settle([sent!], [{ seq: 1, id: sent!.id, status: 'confirmed', lines: [] }], 5, NOW, NOW)
    parts.gateway.on('changes', () => page({ journalThrough: 1 }))
    puller.wake()
    await parts.time.pass(10)
    parts.gateway.on('changes', () => page({}))
    await parts.time.pass(3_000)
    expect([resent(), journal.due(NOW, 10, 1e6)]).toEqual([0, []])
  })

  it('skips what only a newer server knows, and keeps the rest', async () => {
    const { parts, puller } = setUp()
    parts.gateway.on('changes', () => page({ changes: [{ kind: 'hologram', changeSeq: 1 }, medium(2)] }))
    puller.wake()
    await parts.time.pass(10)
    expect(parts.store.replica.medium(card(1).keys)).not.toBeNull()
    expect(parts.store.replica.position().changeSeq).toBe(2)
  })

  it('settings of the station are kept in the journal, which nothing throws away', async () => {
    const { parts, puller } = setUp()
    const settings = { ...STATION.settings, undoWindowSeconds: 7 }
    parts.gateway.on('changes', () =>
      page({ changes: [{ kind: 'station', changeSeq: 1, store: STATION.store, settings }] }),
    )
    puller.wake()
    await parts.time.pass(10)
    parts.store.replica.reset()
    expect(parts.store.journal.station()?.settings.undoWindowSeconds).toBe(7)
  })

  it('what head office sets is journaled once, when it is news', async () => {
    const { parts, puller } = setUp()
    const settings = { ...STATION.settings, undoWindowSeconds: 7 }
    parts.gateway.on('changes', () =>
      page({ changes: [{ kind: 'station', changeSeq: 3, store: STATION.store, settings }] }),
    )
    puller.wake()
    await parts.time.pass(10)
    puller.wake()
    await parts.time.pass(10)
    const journaled = parts.store.journal.due(Number.MAX_SAFE_INTEGER, 10, 1e6)
    expect(journaled.map(({ type, body }) => [type, body.action])).toEqual([['policy', 'settings_received']])
    expect(journaled[0]?.body.settings).toMatchObject({ undoWindowSeconds: 7 })
  })

  it('a cursor that the server does not know starts the copy again', async () => {
    const { parts, puller } = setUp()
    const problem = { type: 'about:blank', title: '', status: 400, reason: 'invalid_request' }
    parts.store.replica.apply([medium(1)], { cursor: 'of another server', changeSeq: 900, asOf: NOW })
    parts.gateway.on('changes', (cursor) => (cursor === '' ? page({ changeSeq: 2 }) : { kind: 'rejected', problem }))
    puller.wake()
    await parts.time.pass(5_000)
    expect(parts.store.replica.position()).toMatchObject({ cursor: 'end', changeSeq: 2 })
  })

  it('takes the time from the server', async () => {
    const { parts, puller } = setUp()
    parts.gateway.on('changes', () => page({ asOf: new Date(NOW + 3_600_000).toISOString() }))
    puller.wake()
    await parts.time.pass(10)
    expect(parts.clock.now() - NOW).toBeGreaterThanOrEqual(3_600_000)
  })
})
