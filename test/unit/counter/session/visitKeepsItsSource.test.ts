import { describe, expect, it, vi } from 'vitest'
import { approve } from '../../../../counter/session/approve.ts'
import type { Effect } from '../../../../counter/session/model.ts'
import { fillReplica, NOBODY, newParts } from '../counterParts.ts'
import { ACQUISITION, answer, ask, changes } from './redeeming.ts'
import { found, id } from './visits.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

describe('a visit keeps to where it began', () => {
  const offered = (source: 'server' | 'replica'): Effect & { type: 'redeem' } => {
    const usable = [...found(1).usable].map((coupon) => ({ ...coupon, acquisitionId: ACQUISITION }))
    return ask({ expectedTotalDiscount: 150, offers: { ...ask().offers, source, usable } })
  }

  it('offers of the copy are decided on the copy, though the server is back meanwhile', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => answer())
    parts.connectivity.heard({ kind: 'answered', answer: {} })
    const decided = await approve(parts, offered('replica'))
    expect(decided).toMatchObject({ approval: { certainty: 'stored', totalDiscount: 150 } })
    expect(decided).not.toHaveProperty('approval.serverLost')
    expect(parts.gateway.asked).toEqual([])
    expect(parts.store.journal.openIntents()).toEqual([])
  })

  it('offers of the server that is lost before it decides: the cashier is told so', async () => {
    for (const lose of ['before', 'during'] as const) {
      const parts = newParts()
      fillReplica(parts, changes())
      if (lose === 'before') parts.connectivity.heard(NOBODY)
      else parts.gateway.on('redeem', () => NOBODY)
      const decided = await approve(parts, offered('server'))
      expect(decided).toMatchObject({ approval: { certainty: 'stored', serverLost: true } })
      expect(parts.store.journal.shown(id(9))).toMatchObject({ serverLost: true })
    }
  })

  it('the copy that would give something else than the server has offered gives nothing', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.connectivity.heard(NOBODY)
    const decided = await approve(parts, { ...offered('server'), expectedTotalDiscount: 500 })
    expect(decided).toMatchObject({ refused: { reason: 'offer_changed', bestRemaining: { totalDiscount: 150 } } })
  })

  it('waits for the server only as long as the search has left of the visit', async () => {
    const parts = newParts()
    fillReplica(parts, changes())
    parts.gateway.on('redeem', () => new Promise<never>(() => {}))
    let decided = false
    void approve(parts, { ...offered('server'), waitedMs: 1_400 }).then(() => {
      decided = true
    })
    await parts.time.pass(1_099)
    expect(decided).toBe(false)
    await parts.time.pass(1)
    expect(decided).toBe(true)
  })

  it('after an answer that did not come, the next customer waits once more, and the one after not at all', async () => {
    const parts = newParts()
    fillReplica(parts, changes({}))
    parts.connectivity.heard({ kind: 'answered', answer: {} })
    parts.gateway.on('redeem', () => new Promise<never>(() => {}))
    for (const [redemptionId, waits] of [
      [id(9), 2_500],
      [id(10), 2_500],
      [id(11), 0],
    ] as const) {
      const deciding = approve(parts, ask({ redemptionId }))
      await parts.time.pass(waits)
      await deciding
    }
    expect(parts.gateway.calls('redeem')).toHaveLength(2)
    expect(parts.connectivity).toMatchObject({ mode: 'offline', cause: 'slow' })
  })
})
