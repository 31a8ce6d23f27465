import { describe, expect, it } from 'vitest'
import { NO_MEMORY } from '../../../../counter/clock/correctedClock.ts'
import { leaseView } from '../../../../counter/leaseView.ts'
import { approve } from '../../../../counter/session/approve.ts'
import { undo } from '../../../../counter/session/undo.ts'
import { NOBODY, NOW, type TestParts } from '../counterParts.ts'
import { answer, ask } from '../session/redeeming.ts'
import { id } from '../session/visits.ts'
import { ACQUISITION, CAMPAIGN, holdLease, leaseParts, settleAll } from './leaseParts.ts'

const A = id(300)
const B = id(301)

const offline = (parts: TestParts, redemptionId: number) => {
  parts.gateway.on('redeem', () => NOBODY)
  return approve(parts, ask({ redemptionId: id(redemptionId) }))
}
const outcome = async (parts: TestParts, redemptionId: number) => {
  const decided = await offline(parts, redemptionId)
  return decided.kind === 'refused' ? decided.refused.reason : decided.approval.certainty
}
const left = ({ store }: TestParts) => store.journal.leases().map(({ leaseId, usesLeft }) => [leaseId, usesLeft])
const named = ({ store }: TestParts) =>
  store.journal
    .due(Number.MAX_SAFE_INTEGER, 100, 1e9)
    .filter(({ type }) => type === 'redemption')
    .map(({ body }) => (body.lines as { leaseId?: string }[]).map(({ leaseId }) => leaseId))

describe('offline, a limited campaign', () => {
  it('is lease_exhausted without a lease, and when it is drawn', async () => {
    const parts = leaseParts()
    expect(await outcome(parts, 10)).toBe('lease_exhausted')
    holdLease(parts, A, { uses: 2 })
    expect([await outcome(parts, 11), await outcome(parts, 12), await outcome(parts, 13)]).toEqual([
      'stored',
      'stored',
      'lease_exhausted',
    ])
    expect(left(parts)).toEqual([[A, 0]])
    expect(named(parts)).toEqual([[A], [A]])
  })

  it('draws from several leases, first from what ends first', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 2 })
    holdLease(parts, B, { uses: 1, spendUntil: NOW + 3_600_000 })
    for (const redemption of [10, 11, 12]) await outcome(parts, redemption)
    expect(named(parts)).toEqual([[B], [A], [A]])
  })

  it('under a budget draws value as well', async () => {
    const parts = leaseParts({ limits: { campaignValue: 90_000, acquisitionUses: 5 } })
    holdLease(parts, A, { uses: 9, value: 310 })
    expect([await outcome(parts, 10), await outcome(parts, 11), await outcome(parts, 12)]).toEqual([
      'stored',
      'stored',
      'lease_exhausted',
    ])
    expect(parts.store.journal.leases()).toMatchObject([{ usesLeft: 7, valueLeft: 10 }])
  })

  it('is spent no more at spendUntil, nor by a clock that may be beyond it', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 5, spendUntil: NOW + 60_000 })
    expect(await outcome(parts, 10)).toBe('stored')
    await parts.time.pass(60_000)
    expect(await outcome(parts, 11)).toBe('lease_exhausted')
    // A clock that nobody has measured may be off by a day.
    const doubted = leaseParts()
    const { CorrectedClock } = await import('../../../../counter/clock/correctedClock.ts')
    const clock = new CorrectedClock(doubted.time, NO_MEMORY)
    holdLease(doubted, A, { uses: 5, spendUntil: NOW + 20 * 3_600_000 })
    holdLease(doubted, B, { uses: 1, spendUntil: NOW + 30 * 3_600_000 })
    expect(await outcome({ ...doubted, clock }, 10)).toBe('stored')
    expect(await outcome({ ...doubted, clock }, 11)).toBe('lease_exhausted')
    expect(left(doubted)).toEqual([
      [A, 5],
      [B, 0],
    ])
  })

  it('draws nothing while the server answers, though it is demand', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 5 })
    parts.gateway.on('redeem', () => answer())
    await approve(parts, ask())
    expect(left(parts)).toEqual([[A, 5]])
    expect([...parts.store.journal.demand(0)]).toMatchObject([[CAMPAIGN, [{ uses: 1, value: 150 }]]])
  })
})

describe('a draw', () => {
  it('is one commit with its approval: what is not shown is not drawn', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 1 })
    const { journal } = parts.store
    const request = {
      redemptionId: id(9),
      medium: { keys: [{ v: 1, key: 'a'.repeat(64) }] },
      objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
      select: 'best' as const,
      entry: 'tap' as const,
    }
    const show = (redemptionId: string) =>
      journal.showApproved({
        redemptionId,
        shown: { certainty: 'stored', lines: [], totalDiscount: 150, undoUntil: null },
        event: parts.events.redemption({ request, decided: 'offline', lines: [], totalDiscount: 150 }),
        uses: [{ acquisitionId: ACQUISITION, discount: 150, usedAt: NOW, changeSeq: null, leaseId: A }],
      })
    // No intent is open under this id: nothing is written, and nothing drawn.
    expect(() => show(id(8))).toThrow()
    expect(left(parts)).toEqual([[A, 1]])
    journal.openIntent({ redemptionId: id(9), createdAt: NOW, request, rollbackId: null })
    journal.stopLeases([A])
    expect(() => show(id(9))).toThrow('may not be spent')
    expect(journal.shown(id(9))).toBeNull()
    expect(journal.usesOf([ACQUISITION])).toEqual([])
  })

  it('is not taken back by an undo: that use is the server’s', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 2 })
    const decided = await offline(parts, 10)
    if (decided.kind !== 'approved') throw new Error(JSON.stringify(decided))
    await undo(parts, { redemptionId: id(10), reason: 'wrong customer', approval: decided.approval })
    expect(left(parts)).toEqual([[A, 1]])
  })

  it('is taken back when the server had counted it online', async () => {
    const parts = leaseParts()
    holdLease(parts, A, { uses: 2 })
    await outcome(parts, 10)
    expect(left(parts)).toEqual([[A, 1]])
    settleAll(parts, true)
    expect(left(parts)).toEqual([[A, 2]])
    await outcome(parts, 11)
    settleAll(parts)
    expect(left(parts)).toEqual([[A, 1]])
  })
})

describe('the screen', () => {
  it('says what is left of each campaign that is lent', async () => {
    const parts = leaseParts()
    const view = () => leaseView(parts.store, parts.clock.reading())
    expect(view()).toEqual([])
    holdLease(parts, A, { uses: 1 })
    holdLease(parts, B, { uses: 3, spendUntil: NOW + 60_000 })
    expect(view()).toEqual([{ campaignId: CAMPAIGN, title: '150 off', titles: {}, usesLeft: 4, valueLeft: null }])
    await parts.time.pass(60_000)
    expect(view()).toMatchObject([{ usesLeft: 1 }])
    await outcome(parts, 10)
    expect(view()).toMatchObject([{ usesLeft: 0 }])
  })
})
