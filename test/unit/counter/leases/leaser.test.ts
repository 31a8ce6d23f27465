import { describe, expect, it } from 'vitest'
import { LEAST_WANTED_USES } from '../../../../core/leases/demand.ts'
import { approve } from '../../../../counter/session/approve.ts'
import { Leaser } from '../../../../counter/sync/leaser.ts'
import { NOBODY, NOW, type TestParts } from '../counterParts.ts'
import { answer, ask } from '../session/redeeming.ts'
import { id } from '../session/visits.ts'
import { CAMPAIGN, campaignNow, holdLease, LIMITED, leaseParts, lends, settleAll, takesBack } from './leaseParts.ts'

const states = ({ store }: TestParts) => store.journal.leases().map(({ state, usesLeft }) => `${state} ${usesLeft}`)
const asked = ({ gateway }: TestParts) => gateway.calls('lend').map(([request]) => request)

describe('the leaser', () => {
  it('borrows for the first customers, once', async () => {
    const parts = leaseParts()
    lends(parts, LEAST_WANTED_USES)
    parts.leaser.wake()
    await parts.time.pass(10 * 60_000)
    expect(asked(parts)).toMatchObject([{ campaignId: CAMPAIGN, wantUses: LEAST_WANTED_USES }])
    expect(states(parts)).toEqual(['held 5'])
  })

  it('asks again under the same id when an answer is lost, through a crash as well', async () => {
    const parts = leaseParts()
    parts.gateway.on('lend', () => NOBODY)
    parts.leaser.wake()
    await parts.time.pass(100)
    await parts.leaser.stop()
    expect(states(parts)).toEqual(['asked 0'])
    const restarted = new Leaser({ ...parts, changed: () => {} })
    lends(parts, 3)
    restarted.wake()
    await parts.time.pass(100)
    const requests = asked(parts)
    expect(requests.length).toBeGreaterThan(1)
    expect(new Set(requests.map((request) => JSON.stringify(request))).size).toBe(1)
    expect(states(parts)).toEqual(['held 3'])
  })

  it('asks for more when half of what is wanted is left, by its own demand', async () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 40 })
    parts.gateway.on('redeem', () => answer())
    lends(parts, 8)
    for (const redemption of [10, 11, 12, 13]) await approve(parts, ask({ redemptionId: id(redemption) }))
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(asked(parts)).toEqual([])
    for (let redemption = 14; redemption < 24; redemption++) {
      await approve(parts, ask({ redemptionId: id(redemption) }))
    }
    parts.leaser.wake()
    await parts.time.pass(100)
    // 14 an hour, for eight hours, less the 40 that are there.
    expect(asked(parts)).toMatchObject([{ wantUses: 14 * 8 - 40 }])
  })

  it('leaves the server alone for minutes when it lends nothing, or less than is wanted', async () => {
    const parts = leaseParts()
    lends(parts, 0, { reason: 'campaign_limit_reached', reasonGroup: 'campaign' })
    for (let minute = 0; minute < 12; minute++) {
      parts.leaser.wake()
      await parts.time.pass(60_000)
    }
    expect(asked(parts)).toHaveLength(3)
    expect(states(parts)).toEqual([])
  })

  it('brings back what is called back, once its draws are settled', async () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 5 })
    parts.gateway.on('redeem', () => NOBODY)
    await approve(parts, ask({ redemptionId: id(10) }))
    takesBack(parts)
    lends(parts, 0)
    parts.store.journal.heardOfLeases([{ leaseId: id(300), state: 'recalled' }])
    parts.leaser.wake()
    await parts.time.pass(60_000)
    expect(states(parts)).toEqual(['returning 4'])
    expect(parts.gateway.calls('returnLease')).toEqual([])
    expect(await approve(parts, ask({ redemptionId: id(11) }))).toMatchObject({
      refused: { reason: 'lease_exhausted' },
    })
    const seq = parts.store.journal.due(NOW * 2, 100, 1e9).find(({ type }) => type === 'redemption')?.seq
    settleAll(parts)
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(parts.gateway.calls('returnLease')).toEqual([[id(300), { throughSeq: seq }]])
    expect(states(parts)).toEqual([])
  })

  it('one that was called back before its answer came goes straight back', async () => {
    const parts = leaseParts()
    lends(parts, 5, { state: 'recalled' })
    takesBack(parts)
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(parts.gateway.calls('returnLease')).toMatchObject([[expect.any(String), { throughSeq: 0 }]])
  })

  it('one that the server has ended is closed', () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 5 })
    holdLease(parts, id(301), { uses: 5 })
    parts.store.journal.heardOfLeases([
      { leaseId: id(300), state: 'written_off' },
      { leaseId: id(301), state: 'out' },
      { leaseId: id(399), state: 'recalled' },
    ])
    expect(states(parts)).toEqual(['held 5'])
  })

  it('returns what it needs no longer: the campaign has ended', async () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 5 })
    takesBack(parts)
    campaignNow(parts, 'suspended')
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(states(parts)).toEqual(['held 5'])
    campaignNow(parts, 'ended')
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(states(parts)).toEqual([])
    expect(asked(parts)).toEqual([])
  })

  it('exchanges one in its second half for a fresh one', async () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 5, spendUntil: NOW + 3_600_000 })
    takesBack(parts)
    lends(parts, 5)
    parts.leaser.wake()
    await parts.time.pass(20 * 60_000)
    expect(parts.gateway.calls('returnLease')).toEqual([])
    await parts.time.pass(20 * 60_000)
    expect(parts.gateway.calls('returnLease')).toHaveLength(1)
    expect(states(parts)).toEqual(['held 5'])
    expect(parts.store.journal.leases()[0]?.leaseId).not.toBe(id(300))
  })

  it('an unsettled event that the server has never seen holds up its lease and no other', async () => {
    const parts = leaseParts()
    holdLease(parts, id(300), { uses: 5 })
    holdLease(parts, id(301), { uses: 5 })
    parts.store.journal.stopLeases([id(300), id(301)])
    lends(parts, 0)
    parts.gateway.on('returnLease', (leaseId: string) =>
      leaseId === id(300)
        ? { kind: 'rejected', problem: { type: 'about:blank', title: '', status: 409, reason: 'in_progress' } }
        : { kind: 'answered', answer: { leaseId, state: 'returned', uses: 5, changeSeq: 9 } },
    )
    parts.leaser.wake()
    await parts.time.pass(30_000)
    expect(states(parts)).toEqual(['returning 5'])
    expect(parts.gateway.calls('returnLease')).toHaveLength(2)
  })

  it('gives everything back and borrows no more when the machine is taken out of service', async () => {
    const parts = leaseParts()
    lends(parts, 5)
    takesBack(parts)
    parts.leaser.wake()
    await parts.time.pass(100)
    expect(states(parts)).toEqual(['held 5'])
    parts.leaser.giveUp(true)
    await parts.time.pass(60_000)
    expect(states(parts)).toEqual([])
    parts.leaser.giveUp(false)
    await parts.time.pass(100)
    expect(states(parts)).toEqual(['held 5'])
  })

  it('asks for nothing where nothing is limited over the chain, or not for this store, or only online', async () => {
    for (const rules of [
      { limits: { acquisitionUses: 5 } },
      { ...LIMITED, conditions: [{ kind: 'stores', storeIds: ['elsewhere'] }] },
      { ...LIMITED, offline: { mode: 'require_online' } },
      { ...LIMITED, validFrom: '2026-11-24T00:00:00Z' },
    ]) {
      const parts = leaseParts(rules)
      lends(parts, 5)
      parts.leaser.wake()
      await parts.time.pass(100)
      expect(asked(parts)).toEqual([])
    }
  })
})
