import { describe, expect, it } from 'vitest'
import { approve } from '../../../../counter/session/approve.ts'
import { fillReplica, NOBODY, NOW, newParts, type TestParts } from '../counterParts.ts'
import { ACQUISITION, answer, ask, changes } from './redeeming.ts'
import { card, id } from './visits.ts'

const journaled = ({ store }: TestParts) => store.journal.due(NOW * 2, 100, 1e6)

describe('online', () => {
  it('the intent is on disk before the request leaves, and what is shown before it is shown', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', ({ redemptionId }) => {
      expect(parts.store.journal.openIntents().map((intent) => intent.redemptionId)).toEqual([redemptionId])
      expect(parts.inFlight.has(redemptionId)).toBe(true)
      return answer()
    })
    const decided = await approve(parts, ask())
    expect(decided).toMatchObject({
      kind: 'approved',
      approval: { certainty: 'confirmed', totalDiscount: 150, lines: [{ title: '150 off' }], undoUntil: NOW + 120_000 },
    })
    expect(parts.store.journal.shown(id(9))).toEqual(decided.kind === 'approved' && decided.approval)
    expect(parts.store.journal.usesOf([ACQUISITION])).toMatchObject([{ changeSeq: 7 }])
    expect(parts.inFlight.size).toBe(0)
    expect(parts.store.journal.waiting().count).toBe(0)
  })

  it('a refusal is final, whatever its reason', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () =>
      answer({
        status: 'refused',
        reason: 'moon_phase',
        reasonGroup: 'customer',
        params: {},
        lines: [],
        totalDiscount: 0,
      }),
    )
    expect(await approve(parts, ask())).toMatchObject({ kind: 'refused', refused: { reason: 'moon_phase' } })
    expect(parts.store.journal.openIntents()).toEqual([])
    expect(journaled(parts)).toMatchObject([{ type: 'refusal', body: { reason: 'moon_phase' } }])
  })

  it('an approval that was taken back before it arrived gives nothing', async () => {
    const parts = newParts()
    parts.gateway.on('redeem', () => answer({ state: 'rolled_back' }))
    expect((await approve(parts, ask())).kind).toBe('refused')
  })

  it('401 approves nothing, not even offline', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => ({ kind: 'revoked' }))
    expect(await approve(parts, ask())).toMatchObject({ refused: { reason: 'station_revoked' } })
    expect(await approve(parts, ask({ redemptionId: id(10) }))).toMatchObject({
      refused: { reason: 'station_revoked' },
    })
    expect(parts.gateway.calls('redeem')).toHaveLength(1)
  })

  it('approves nothing alone when another exchange was told 401 while this one waited', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => {
      parts.connectivity.heard({ kind: 'revoked', reason: 'station_revoked' })
      return { kind: 'unreachable', cause: 'deadline' }
    })
    expect(await approve(parts, ask())).toMatchObject({ refused: { reason: 'station_revoked' } })
  })

  it('409 in_progress is asked again with the same id until it is answered', async () => {
    const parts = newParts()
    const problem = { type: 'about:blank', title: '', status: 409, reason: 'in_progress' }
    let asked = 0
    parts.gateway.on('redeem', () => (++asked < 3 ? { kind: 'rejected', problem } : answer()))
    const deciding = approve(parts, ask())
    await parts.time.pass(1_000)
    expect((await deciding).kind).toBe('approved')
    expect(asked).toBe(3)
  })

  it('429 waits as told where the deadline allows, else goes on offline', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => ({ kind: 'throttled', retryAfterMs: 1_000 }))
    const deciding = approve(parts, ask())
    await parts.time.pass(2_400)
    expect(await deciding).toMatchObject({ kind: 'approved', approval: { certainty: 'stored' } })
    expect(parts.gateway.calls('redeem')).toHaveLength(3)
  })
})

describe('a coupon that fails', () => {
  const rules = { titles: { ja: '150円引き' } }

  it.each(['server', 'copy'])('is named in the languages of its campaign, by the %s', async (who) => {
    const parts = newParts()
    // 100 uses were asked of a coupon that has none left.
    fillReplica(parts, changes({}, rules, 0))
    parts.gateway.on('redeem', () =>
      who === 'copy'
        ? { kind: 'unreachable', cause: 'connection' }
        : {
            kind: 'answered',
            answer: {
              redemptionId: id(9),
              status: 'refused',
              reason: 'uses_exhausted',
              reasonGroup: 'customer',
              params: {},
              failingAcquisitionId: ACQUISITION,
              lines: [],
              totalDiscount: 0,
              changeSeq: 1,
              state: 'active',
            },
          },
    )
    const decided = await approve(parts, ask({ select: { acquisitionIds: [ACQUISITION] } }))
    expect(decided).toMatchObject({ kind: 'refused', refused: { title: '150 off', titles: { ja: '150円引き' } } })
  })
})

describe('offline', () => {
  it('no answer in time: decided here under the same id, with what was asked', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => new Promise<never>(() => {}))
    const deciding = approve(parts, ask())
    await parts.time.pass(2_500)
    expect(await deciding).toMatchObject({ kind: 'approved', approval: { certainty: 'stored', totalDiscount: 150 } })
    const [request] = parts.gateway.calls('redeem')[0] as [Record<string, unknown>]
    const [event] = journaled(parts)
    expect(event).toMatchObject({ type: 'redemption', body: { redemptionId: id(9), decided: 'offline' } })
    for (const field of ['medium', 'objective', 'select']) expect(event?.body[field]).toEqual(request[field])
    expect(parts.store.journal.waiting()).toMatchObject({ count: 1, value: 150 })
  })

  it('once offline nobody waits for the server again', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.connectivity.heard(NOBODY)
    expect(await approve(parts, ask())).toMatchObject({ approval: { certainty: 'stored' } })
    expect(parts.gateway.asked).toEqual([])
  })

  it('what was used here is used, though the copy does not know it', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => answer())
    await approve(parts, ask())
    parts.connectivity.heard(NOBODY)
    expect(await approve(parts, ask({ redemptionId: id(10) }))).toMatchObject({ kind: 'refused' })
  })

  it('a refusal after a request that may have arrived leaves its intent open', async () => {
    const parts = newParts()
    fillReplica(parts, changes({ mode: 'require_online' }))
    parts.gateway.on('redeem', () => NOBODY)
    expect(await approve(parts, ask())).toMatchObject({ kind: 'refused' })
    expect(parts.store.journal.openIntents()).toHaveLength(1)
    // Never sent: there is nothing to take back.
    expect(await approve(parts, ask({ redemptionId: id(10) }))).toMatchObject({ kind: 'refused' })
    expect(parts.store.journal.openIntents()).toHaveLength(1)
  })

  it('a customer who is not in the copy is unknown_offline', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.connectivity.heard(NOBODY)
    expect(await approve(parts, ask({ presented: card(2) }))).toMatchObject({ refused: { reason: 'unknown_offline' } })
  })

  it('a copy that is too old decides nothing', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.connectivity.heard(NOBODY)
    await parts.time.pass(73 * 3_600_000)
    expect(await approve(parts, ask())).toMatchObject({ refused: { reason: 'snapshot_too_old' } })
  })

  it('another result than the screen shows is offer_changed', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.connectivity.heard(NOBODY)
    const select = { acquisitionIds: [ACQUISITION] }
    expect(await approve(parts, ask({ select, expectedTotalDiscount: 200 }))).toMatchObject({
      refused: { reason: 'offer_changed' },
    })
  })
})

describe('a disk that takes nothing more', () => {
  const full = { ok: false, fault: 'full', detail: 'database or disk is full' } as const

  it('before the request: nobody is asked, nothing is approved', async () => {
    const parts = newParts()
    const journal = { ...parts.store.journal, openIntent: () => full }
    parts.gateway.on('redeem', () => answer())
    const decided = await approve({ ...parts, store: { ...parts.store, journal } }, ask())
    expect(decided).toMatchObject({ kind: 'refused', refused: { reason: 'storage_failed', reasonGroup: 'staff' } })
    expect(parts.gateway.asked).toEqual([])
    expect(parts.storageFailures).toHaveLength(1)
  })

  it('after the answer: it is not shown, and its intent stays open to be taken back', async () => {
    const parts = newParts()
    const journal = { ...parts.store.journal, showApproved: () => full }
    parts.gateway.on('redeem', () => answer())
    const decided = await approve({ ...parts, store: { ...parts.store, journal } }, ask())
    expect(decided).toMatchObject({ kind: 'refused', refused: { reason: 'storage_failed' } })
    expect(parts.store.journal.openIntents()).toHaveLength(1)
    expect(parts.storageFailures).toHaveLength(1)
  })
})
