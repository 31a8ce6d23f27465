import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { accepted } from '../../../../core/outcome.ts'
import type { GatewayResult } from '../../../../core/ports/couponGateway.ts'
import type { Journal, TurnedAway } from '../../../../counter/store/counterStore.ts'
import { FIRST_REST_MS, LONGEST_PAUSE_MS, LONGEST_REST_MS } from '../../../../counter/sync/circuitBreaker.ts'
import { Connectivity } from '../../../../counter/sync/connectivity.ts'
import { NOBODY, newStore, VirtualTime } from '../counterParts.ts'

// Real files, or many runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

type Result = GatewayResult<unknown>

const ANSWERED: Result = { kind: 'answered', answer: {} }
const LATE: Result = { kind: 'unreachable', cause: 'deadline' }
const BROKEN: Result = { kind: 'unreachable', cause: 'server_error' }
const FOREIGN: Result = { kind: 'unreachable', cause: 'not_ours' }
const TURNED_AWAY: Result = { kind: 'revoked' }
const REVOKED: Result = { kind: 'revoked', reason: 'station_revoked' }
const THROTTLED: Result = { kind: 'throttled', retryAfterMs: 1_000 }

/** What is on disk of how the server turned the station away. */
const onDisk = (kept: TurnedAway | null = null) => ({
  turnedAway: () => kept,
  keepTurnedAway(how: TurnedAway | null) {
    kept = how
    return accepted(null)
  },
})

const newConnection = (disk: Pick<Journal, 'turnedAway' | 'keepTurnedAway'> = onDisk()) => {
  const time = new VirtualTime()
  let changes = 0
  const changed = () => {
    changes += 1
  }
  const connectivity = new Connectivity(time, changed, disk)
  return { time, connectivity, changes: () => changes, restarted: () => new Connectivity(time, changed, disk) }
}

/** Online, as after a first answer. */
const online = (disk?: Pick<Journal, 'turnedAway' | 'keepTurnedAway'>) => {
  const all = newConnection(disk)
  all.connectivity.heard(ANSWERED)
  return all
}

describe('what makes a counter stop asking', () => {
  it('before the first exchange the server is presumed to be there', () => {
    const { connectivity } = newConnection()
    expect(connectivity).toMatchObject({ mode: 'offline', cause: null, worthAsking: true })
    connectivity.heard(ANSWERED)
    expect(connectivity).toMatchObject({ mode: 'online', cause: null, worthAsking: true })
  })

  it.each([
    ['a refused connection', NOBODY, 'no_connection'],
    ['a captive portal', FOREIGN, 'not_ours'],
  ] as const)('%s is clear at once', (_, result, cause) => {
    const { connectivity } = online()
    connectivity.heard(result)
    expect(connectivity).toMatchObject({ mode: 'offline', cause, worthAsking: false })
  })

  it('one slow answer, one late one, one error is no reason yet', () => {
    for (const [result, tookMs] of [[ANSWERED, 1_200] as const, [LATE, 1_500] as const, [BROKEN, 10] as const]) {
      const { connectivity } = online()
      connectivity.heard(result, tookMs)
      expect(connectivity.mode).toBe('online')
    }
  })

  it('two late ones are, or three slow ones, or three errors, or a mixture', () => {
    for (const [cause, ...results] of [
      ['slow', [LATE, 1_500], [LATE, 2_500]],
      ['slow', [ANSWERED, 1_100], [ANSWERED, 1_200], [ANSWERED, 1_400]],
      ['server_error', [BROKEN, 10], [ANSWERED, 20], [BROKEN, 10], [ANSWERED, 20], [BROKEN, 10]],
      ['slow', [BROKEN, 10], [LATE, 1_500]],
    ] as const) {
      const { connectivity } = online()
      for (const [result, tookMs] of results) connectivity.heard(result, tookMs)
      expect(connectivity).toMatchObject({ mode: 'offline', cause })
    }
  })

  it('what is long past, or followed by enough quick answers, does not count', async () => {
    const { connectivity, time } = online()
    connectivity.heard(LATE, 1_500)
    await time.pass(3 * 60_000)
    connectivity.heard(LATE, 1_500)
    for (let answer = 0; answer < 8; answer++) connectivity.heard(ANSWERED, 30)
    connectivity.heard(LATE, 1_500)
    expect(connectivity.mode).toBe('online')
  })

  it('background work may take its time', () => {
    const { connectivity } = online()
    for (let page = 0; page < 20; page++) connectivity.heard({ kind: 'answered', answer: {} })
    connectivity.heard({ kind: 'throttled', retryAfterMs: 60_000 })
    expect(connectivity.mode).toBe('online')
  })
})

describe('what makes it ask again', () => {
  it('several quick answers in a row, and not before its rest is over', async () => {
    const { connectivity, time } = online()
    connectivity.heard(NOBODY)
    connectivity.heard(ANSWERED, 20)
    connectivity.heard(ANSWERED, 20)
    expect(connectivity.mode).toBe('offline')
    await time.pass(FIRST_REST_MS * 2)
    connectivity.heard(NOBODY)
    connectivity.heard(ANSWERED, 20)
    expect(connectivity.mode).toBe('offline')
    connectivity.heard(ANSWERED, 20)
    expect(connectivity).toMatchObject({ mode: 'online', cause: null })
  })

  it('a server that is never quick, but never slow, comes back too: it takes twice as many', async () => {
    const { connectivity, time } = online()
    connectivity.heard(NOBODY)
    await time.pass(FIRST_REST_MS)
    for (let answer = 0; answer < 3; answer++) connectivity.heard(ANSWERED, 800)
    expect(connectivity.mode).toBe('offline')
    connectivity.heard(ANSWERED, 800)
    expect(connectivity.mode).toBe('online')
  })

  it('an answer that nobody timed, or a slow one, does not bring it back', async () => {
    const { connectivity, time } = online()
    connectivity.heard(NOBODY)
    await time.pass(60_000)
    for (let answer = 0; answer < 20; answer++) {
      connectivity.heard(ANSWERED)
      connectivity.heard(ANSWERED, 1_001)
    }
    expect(connectivity.mode).toBe('offline')
  })

  it('each relapse makes it rest twice as long', async () => {
    const { connectivity, time } = online()
    const rests: number[] = []
    for (let relapse = 0; relapse < 6; relapse++) {
      connectivity.heard(NOBODY)
      let rested = 0
      while (connectivity.mode === 'offline') {
        await time.pass(100)
        rested += 100
        connectivity.heard(ANSWERED, 20)
      }
      rests.push(rested)
    }
    expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, LONGEST_REST_MS.no_connection])
  })
})

describe('a pause the server asked for', () => {
  it('is kept: nobody asks until it is over, and a probe not either', async () => {
    const { connectivity, time } = online()
    connectivity.heard({ kind: 'throttled', retryAfterMs: 30_000 }, 10)
    expect(connectivity).toMatchObject({ mode: 'offline', cause: 'throttled', worthAsking: false, pauseMs: 30_000 })
    await time.pass(20_000)
    connectivity.heard(ANSWERED, 20)
    connectivity.heard(ANSWERED, 20)
    expect(connectivity.mode).toBe('offline')
    expect(connectivity.pauseMs).toBe(10_000)
    await time.pass(10_000)
    expect(connectivity.pauseMs).toBe(0)
    connectivity.heard(ANSWERED, 20)
    expect(connectivity.mode).toBe('online')
  })

  it('is an hour at most', () => {
    const { connectivity } = online()
    connectivity.heard({ kind: 'throttled', retryAfterMs: 1e12 }, 10)
    expect(connectivity.pauseMs).toBe(LONGEST_PAUSE_MS)
  })
})

describe('by somebody’s word', () => {
  it('a manager’s: offline while the server answers, and back at once', () => {
    const { connectivity, changes } = online()
    connectivity.force(true)
    expect(connectivity).toMatchObject({ mode: 'offline', cause: 'forced', worthAsking: false, wantsProbe: false })
    connectivity.heard(ANSWERED, 20)
    expect(connectivity.cause).toBe('forced')
    connectivity.force(false)
    expect(connectivity).toMatchObject({ mode: 'online', cause: null, worthAsking: true })
    expect(changes()).toBe(3)
  })

  it('head office’s: revoked, which neither pulling the cable nor a proxy ends', async () => {
    const { connectivity, time } = online()
    connectivity.heard(REVOKED)
    expect(connectivity).toMatchObject({ mode: 'revoked', cause: null, worthAsking: false, toldRevoked: true })
    for (const result of [NOBODY, LATE, BROKEN, FOREIGN, THROTTLED, TURNED_AWAY]) connectivity.heard(result)
    expect(connectivity).toMatchObject({ mode: 'revoked', toldRevoked: true })
    await time.pass(60_000)
    connectivity.heard(ANSWERED)
    expect(connectivity.mode).not.toBe('revoked')
  })

  it('revoked still, when an answer comes late to what was asked before', async () => {
    const { connectivity, time } = online()
    connectivity.heard(REVOKED)
    await time.pass(5_000)
    connectivity.heard(ANSWERED)
    expect(connectivity.mode).toBe('revoked')
  })

  it('revoked still after a restart without a server, and let in again by its first answer', () => {
    const { connectivity, restarted } = online(newStore().journal)
    connectivity.heard(REVOKED)
    const next = restarted()
    expect(next).toMatchObject({ mode: 'revoked', worthAsking: false, wantsProbe: false, toldRevoked: true })
    next.heard(NOBODY)
    expect(next.mode).toBe('revoked')
    next.heard(ANSWERED)
    expect(next.mode).not.toBe('revoked')
    expect(restarted().mode).not.toBe('revoked')
  })

  it('turned away without a name: nothing is approved and nothing is forgotten', () => {
    const { connectivity, restarted } = online()
    connectivity.heard(TURNED_AWAY)
    expect(connectivity).toMatchObject({ mode: 'revoked', toldRevoked: false })
    expect(restarted()).toMatchObject({ mode: 'revoked', toldRevoked: false })
    connectivity.heard(REVOKED)
    expect(restarted().toldRevoked).toBe(true)
  })
})

describe('any sequence of results', () => {
  const result = fc.constantFrom<readonly [Result, number | undefined]>(
    [ANSWERED, 20],
    [ANSWERED, 20],
    [ANSWERED, 700],
    [ANSWERED, 1_400],
    [ANSWERED, undefined],
    [LATE, 1_500],
    [BROKEN, 15],
    [NOBODY, 5],
    [NOBODY, undefined],
    [FOREIGN, 30],
    [{ kind: 'throttled', retryAfterMs: 2_000 }, 10],
  )

  it('does not flap: a counter that is lost again and again is tried ever more rarely', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(result, fc.integer({ min: 50, max: 2_000 })), { minLength: 50, maxLength: 400 }),
        async (steps) => {
          const { connectivity, time } = online()
          let flips = 0
          let mode = connectivity.mode
          let elapsed = 0
          for (const [[one, tookMs], pause] of steps) {
            await time.pass(pause)
            elapsed += pause
            connectivity.heard(one, tookMs)
            if (connectivity.mode !== mode) flips += 1
            mode = connectivity.mode
          }
          // Rests of 1, 2, 4, 8 and then 16 seconds, and two flips for each; a pause of the server's is its own measure.
          const pauses = steps.filter(([[one]]) => one.kind === 'throttled').length
          expect(flips).toBeLessThanOrEqual(2 * (5 + elapsed / 16_000 + pauses))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says that it is online exactly when cashiers ask, and why where not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(result, { maxLength: 60 }), async (results) => {
        const { connectivity } = online()
        for (const [one, tookMs] of results) {
          connectivity.heard(one, tookMs)
          const { mode, worthAsking, cause, wantsProbe } = connectivity
          expect(mode === 'online').toBe(worthAsking)
          expect(mode === 'offline').toBe(cause !== null)
          expect(wantsProbe).toBe(mode === 'offline')
        }
      }),
    )
  })
})
