import { describe, expect, it } from 'vitest'
import type { RedemptionResponse } from '../../../../core/contract/redemptions.ts'
import type { StationEvent } from '../../../../core/events/event.ts'
import { IntentResolver } from '../../../../counter/sync/intentResolver.ts'
import { NOBODY, NOW, newParts, type TestParts } from '../counterParts.ts'
import { card, id } from '../session/visits.ts'

const setUp = () => {
  const parts = newParts()
  const rolledBack: string[] = []
  const { journal } = parts.store
  const resolver = new IntentResolver({
    ...parts,
    journal,
    rolledBack: ({ redemptionId }) => rolledBack.push(redemptionId),
    journaled: () => {},
  })
  return { parts, resolver, rolledBack, journal }
}
const openIntent = ({ store }: TestParts, redemptionId = id(9)) => {
  const request = {
    redemptionId,
    medium: { keys: [...card(1).keys] },
    objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
    select: 'best' as const,
    entry: 'tap' as const,
    operatorId: 'op-1',
  }
  store.journal.openIntent({ redemptionId, createdAt: NOW, request, rollbackId: null })
}
const held = (more: object = {}) => ({
  kind: 'answered' as const,
  answer: {
    redemptionId: id(9),
    changeSeq: 1,
    status: 'approved',
    lines: [],
    totalDiscount: 50,
    state: 'active',
    ...more,
  } as RedemptionResponse,
})
const rolledBackAnswer = (rollbackId: string) => ({
  kind: 'answered' as const,
  answer: { rollbackId, redemptionId: id(9), state: 'rolled_back' as const, rolledBack: [], changeSeq: 2 },
})
const journaled = ({ store }: TestParts): StationEvent[] => [...store.journal.due(NOW * 2, 100, 1e6)]

describe('an intent that is open when a round begins', () => {
  it('and is shown while the server is asked about an older one is left alone', async () => {
    const { parts, resolver, rolledBack, journal } = setUp()
    const [older, shown] = [id(8), id(9)]
    openIntent(parts, older)
    openIntent(parts, shown)
    parts.inFlight.add(shown)
    parts.gateway
      .on('redemption', (redemptionId) => {
        if (redemptionId === older) {
          const approval = { certainty: 'stored' as const, lines: [], totalDiscount: 50, undoUntil: null }
          const event = parts.events.mediumRefused(
            null,
            { reason: 'not_held', reasonGroup: 'customer', params: {} },
            null,
          )
          expect(journal.showApproved({ redemptionId: shown, shown: approval, event, uses: [] }).ok).toBe(true)
          parts.inFlight.delete(shown)
        }
        return held({ redemptionId })
      })
      .on('rollback', (_id, { rollbackId }) => rolledBackAnswer(rollbackId))
    resolver.wake()
    await parts.time.pass(1_000)
    expect(rolledBack).toEqual([older])
    expect(parts.gateway.calls('rollback').map(([redemptionId]) => redemptionId)).toEqual([older])
  })
})

describe('an intent of which nothing was shown', () => {
  it('that the server approved is rolled back, once, under an id that survives a restart', async () => {
    const { parts, resolver, rolledBack, journal } = setUp()
    openIntent(parts)
    parts.gateway.on('redemption', () => held()).on('rollback', () => NOBODY)
    resolver.wake()
    await parts.time.pass(100)
    const planned = journal.openIntents()[0]?.rollbackId
    expect(planned).toBeTruthy()
    parts.gateway.on('rollback', (_id, { rollbackId }) => rolledBackAnswer(rollbackId))
    await parts.time.pass(60_000)
    expect(journal.openIntents()).toEqual([])
    expect(rolledBack).toEqual([id(9)])
    const ids = parts.gateway.calls('rollback').map(([, request]) => (request as { rollbackId: string }).rollbackId)
    expect(new Set(ids)).toEqual(new Set([planned]))
  })

  it('that the server does not know leaves a tombstone for the request that may still come', async () => {
    const { parts, resolver, rolledBack, journal } = setUp()
    openIntent(parts)
    parts.gateway.on('redemption', () => ({ kind: 'answered', answer: null }))
    resolver.wake()
    await parts.time.pass(100)
    expect(journal.openIntents()).toEqual([])
    expect(journaled(parts)).toMatchObject([{ type: 'annul', body: { redemptionId: id(9), operatorId: 'op-1' } }])
    expect(rolledBack).toEqual([])
  })

  it.each([
    ['refused', held({ status: 'refused', reason: 'expired', reasonGroup: 'customer', params: {} })],
    ['rolled back already', held({ state: 'rolled_back' })],
  ])('that was %s needs nothing', async (_how, answer) => {
    const { parts, resolver, journal } = setUp()
    openIntent(parts)
    parts.gateway.on('redemption', () => answer)
    resolver.wake()
    await parts.time.pass(100)
    expect(journal.openIntents()).toEqual([])
    expect(journaled(parts)).toEqual([])
    expect(parts.gateway.calls('rollback')).toEqual([])
  })

  it('whose rollback the server refuses is annulled by event, for a manager to see', async () => {
    const { parts, resolver, journal } = setUp()
    openIntent(parts)
    const problem = { type: 'about:blank', title: '', status: 409, reason: 'operator_not_allowed' }
    parts.gateway.on('redemption', () => held()).on('rollback', () => ({ kind: 'rejected', problem }))
    resolver.wake()
    await parts.time.pass(100)
    expect(journal.openIntents()).toEqual([])
    expect(journaled(parts)).toMatchObject([{ type: 'annul' }])
  })

  it('is asked for until there is an answer', async () => {
    const { parts, resolver, journal } = setUp()
    openIntent(parts)
    resolver.wake()
    await parts.time.pass(5 * 60_000)
    expect(journal.openIntents()).toHaveLength(1)
    expect(parts.gateway.calls('redemption').length).toBeGreaterThan(10)
  })

  it('is left alone while somebody waits for it', async () => {
    const { parts, resolver, journal } = setUp()
    openIntent(parts)
    parts.inFlight.add(id(9))
    resolver.wake()
    await parts.time.pass(100)
    expect(parts.gateway.asked).toEqual([])
    expect(journal.openIntents()).toHaveLength(1)
  })
})
