import { describe, expect, it, vi } from 'vitest'
import type { GatewayResult } from '../../../../core/ports/couponGateway.ts'
import { Prober } from '../../../../counter/sync/prober.ts'
import { NOBODY, newParts } from '../counterParts.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const NEVER_MADE: GatewayResult<null> = { kind: 'answered', answer: null }

const setUp = () => {
  const parts = newParts()
  const prober = new Prober(parts)
  parts.connectivity.heard(NEVER_MADE)
  return { parts, prober, probes: () => parts.gateway.calls('redemption').length }
}

describe('the prober', () => {
  it('asks nothing while cashiers ask themselves', async () => {
    const { parts, prober, probes } = setUp()
    prober.wake()
    await parts.time.pass(60_000)
    expect(probes()).toBe(0)
  })

  it('finds the server again within seconds, by nobody’s redemption', async () => {
    const { parts, prober, probes } = setUp()
    parts.connectivity.heard(NOBODY)
    prober.wake()
    await parts.time.pass(60_000)
    expect(parts.connectivity.mode).toBe('offline')
    expect(probes()).toBeGreaterThan(60_000 / 5_000)
    parts.gateway.on('redemption', () => NEVER_MADE)
    await parts.time.pass(7_000)
    expect(parts.connectivity.mode).toBe('online')
    const after = probes()
    await parts.time.pass(60_000)
    expect(probes()).toBe(after)
    expect(new Set(parts.gateway.calls('redemption').flat()).size).toBe(after)
    expect(parts.gateway.calls('redeem')).toHaveLength(0)
  })

  it('a server that answers after a cashier’s patience is not found', async () => {
    const { parts, prober } = setUp()
    parts.connectivity.heard(NOBODY)
    parts.gateway.on(
      'redemption',
      () => new Promise((resolve) => parts.time.after(1_100, () => resolve(NEVER_MADE as never))) as Promise<never>,
    )
    prober.wake()
    await parts.time.pass(60_000)
    expect(parts.connectivity).toMatchObject({ mode: 'offline', cause: 'slow' })
  })

  it('keeps a pause that the server asked for', async () => {
    const { parts, prober, probes } = setUp()
    parts.connectivity.heard({ kind: 'throttled', retryAfterMs: 30_000 }, 10)
    parts.gateway.on('redemption', () => NEVER_MADE)
    prober.wake()
    await parts.time.pass(29_000)
    expect(probes()).toBe(0)
    await parts.time.pass(3_000)
    expect(parts.connectivity.mode).toBe('online')
  })

  it('asks nothing in the name of a station that head office has switched off', async () => {
    const { parts, prober, probes } = setUp()
    parts.connectivity.heard(NOBODY)
    parts.connectivity.heard({ kind: 'revoked' })
    prober.wake()
    await parts.time.pass(60_000)
    expect(probes()).toBe(0)
  })
})
