import { describe, expect, it } from 'vitest'
import type { RedemptionResponse } from '../../../../core/contract/redemptions.ts'
import type { CouponGateway, GatewayResult } from '../../../../core/ports/couponGateway.ts'
import { VISIT_DEADLINE_MS } from '../../../../counter/deadlines.ts'
import { approve } from '../../../../counter/session/approve.ts'
import { search } from '../../../../counter/session/search.ts'
import { LONGEST_REST_MS } from '../../../../counter/sync/circuitBreaker.ts'
import { Prober } from '../../../../counter/sync/prober.ts'
import { seededRandom } from '../../../rigs/seededRandom.ts'
import { fillReplica, NOW, newParts, STATION, type TestParts } from '../counterParts.ts'
import { ACQUISITION, CAMPAIGN, changes } from './redeeming.ts'
import { card, id, purchase } from './visits.ts'

/** A customer with a coupon that is good for the whole shift. */
const COPY = changes({}, { limits: { acquisitionUses: 1_000_000 } }, 1_000_000)

const discount = { total: 150, allocations: [{ lineId: 'l1', amount: 150 }] }

/** How long the server takes at a moment of the shift, milliseconds; null: it never answers. */
type Latency = (atMs: number, random: () => number) => number | null

/** A server that takes its time for everything it is asked. */
function takeTime(parts: TestParts, latency: Latency, random: () => number): void {
  const { gateway, time } = parts
  const later = <Name extends keyof CouponGateway>(
    name: Name,
    answer: (...asked: Parameters<CouponGateway[Name]>) => Awaited<ReturnType<CouponGateway[Name]>>,
  ) => {
    gateway.on(name, (...asked) => {
      const ms = latency(time.now() - NOW, random)
      return new Promise((resolve) => {
        if (ms !== null) time.after(ms, () => resolve(answer(...asked) as never))
      }) as Promise<never>
    })
  }
  later('search', () => ({
    kind: 'answered',
    answer: {
      usable: [
        {
          acquisitionId: ACQUISITION,
          campaignId: CAMPAIGN,
          campaignVersion: 1,
          title: '150 off',
          titles: {},
          discount,
          usesLeft: 5,
          expiresAt: null,
          exclusive: false,
        },
      ],
      unusable: [],
      best: [{ lines: [{ acquisitionId: ACQUISITION, discount }], totalDiscount: 150, exact: true }],
      asOf: new Date(time.now()).toISOString(),
    },
  }))
  later(
    'redeem',
    ({ redemptionId }): GatewayResult<RedemptionResponse> => ({
      kind: 'answered',
      answer: {
        redemptionId,
        changeSeq: 7,
        status: 'approved',
        lines: [{ acquisitionId: ACQUISITION, discount }],
        totalDiscount: 150,
        state: 'active',
      } as RedemptionResponse,
    }),
  )
  later('redemption', () => ({ kind: 'answered', answer: null }))
}

/** One customer after another, search and approval; how long each waited for the server in all, and how it ended. */
async function shift(latency: Latency, options: { visits: number; everyMs: number }) {
  const random = seededRandom(20_261_122)
  const parts: TestParts = {
    ...newParts(),
    station: () => ({
      ...STATION,
      settings: {
        ...STATION.settings,
        offline: { ...STATION.settings.offline, maxStoredCount: 100_000, maxStoredValue: 1e9 },
      },
    }),
  }
  fillReplica(parts, COPY)
  takeTime(parts, latency, () => random.int(1_000_000) / 1_000_000)
  const prober = new Prober(parts)
  parts.connectivity.heard({ kind: 'answered', answer: null })
  const { time, connectivity } = parts
  const waits: number[] = []
  const ended: string[] = []
  let flips = 0
  let mode = connectivity.mode

  /** Lets time pass until `work` is done; how long that took. */
  const waited = async <Value>(work: Promise<Value>): Promise<readonly [Value, number]> => {
    const began = time.now()
    let done: { value: Value; at: number } | null = null
    void work.then((value) => {
      done = { value, at: time.now() }
    })
    while (done === null) await time.pass(25)
    const { value, at } = done as { value: Value; at: number }
    return [value, at - began]
  }

  for (let visit = 0; visit < options.visits; visit++) {
    const begins = NOW + visit * options.everyMs
    await time.pass(Math.max(0, begins - time.now()))
    const presented = card(1)
    const [found, searched] = await waited(
      search(parts, { type: 'search', question: 1, presented, purchase: purchase(1_000), select: null }),
    )
    if (found.kind !== 'offers') throw new Error(`visit ${visit}: ${found.refused.reason}`)
    const { usable, unusable, best } = found.response
    const medium = { type: presented.type, entry: presented.entry }
    const [decided, approved] = await waited(
      approve(parts, {
        type: 'redeem',
        redemptionId: id(1_000 + visit),
        presented,
        purchase: purchase(1_000),
        select: 'best',
        expectedTotalDiscount: 150,
        offers: { medium, source: found.source, usable, unusable, best, selected: [], selection: null },
        waitedMs: found.waitedMs,
      }),
    )
    waits.push(searched + approved)
    ended.push(decided.kind === 'approved' ? decided.approval.certainty : decided.refused.reason)
    if (found.source === 'replica') expect(approved, 'a visit that began on the copy waits for nobody').toBe(0)
    if (connectivity.wantsProbe) prober.wake()
    if (connectivity.mode !== mode) flips += 1
    mode = connectivity.mode
  }
  const stopped = prober.stop()
  await time.pass(60_000)
  await stopped
  const sorted = waits.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { waits, ended, flips, p50: quantile(0.5), p99: quantile(0.99), longest: sorted.at(-1) ?? 0 }
}

/** Heavy-tailed, as answers under load are. */
const lognormal = (medianMs: number, spread: number) => (_at: number, random: () => number) => {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return medianMs * Math.exp(spread * normal)
}

const SHIFT = { visits: 150, everyMs: 30_000 }

describe('the cashier’s wait over a shift, search and approval together', () => {
  it('a healthy server: every approval is confirmed, and nobody is ever offline', async () => {
    const { ended, flips, p99 } = await shift(lognormal(40, 0.5), SHIFT)
    expect(new Set(ended)).toEqual(new Set(['confirmed']))
    expect(flips).toBe(0)
    expect(p99).toBeLessThan(500)
  }, 60_000)

  it.each([
    ['slow all day', lognormal(1_800, 0.6)],
    ['slow in the tail', lognormal(600, 1)],
    ['hanging for ever one time in five', (_, random) => (random() < 0.2 ? null : 60)],
    ['never answering', () => null],
    ['good and bad by the quarter of an hour', (at) => (Math.floor(at / 900_000) % 2 === 0 ? 50 : 4_000)],
    ['just within the deadlines', () => 1_450],
  ] satisfies [string, Latency][])(
    'a server that is %s: nobody waits longer than the deadline',
    async (_, latency) => {
      const { longest, p99, ended, flips, waits } = await shift(latency, SHIFT)
      expect(p99).toBeLessThanOrEqual(VISIT_DEADLINE_MS)
      expect(longest).toBeLessThanOrEqual(VISIT_DEADLINE_MS)
      expect(ended.filter((how) => how !== 'confirmed' && how !== 'stored')).toEqual([])
      // Not lost and found with every customer: rests that double up to the longest, two flips for each.
      const rests = 9 + (SHIFT.visits * SHIFT.everyMs) / LONGEST_REST_MS.slow
      expect(flips).toBeLessThanOrEqual(2 * rests)
      expect(
        waits.filter((wait) => wait === 0).length + ended.filter((how) => how === 'confirmed').length,
      ).toBeGreaterThan(SHIFT.visits * 0.7)
    },
    60_000,
  )

  it('a server that is slow all day makes hardly anybody wait: the queue is no longer for it', async () => {
    const { waits, p50, ended } = await shift(() => 3_000, SHIFT)
    expect(p50).toBe(0)
    expect(waits.filter((wait) => wait > 0).length).toBeLessThanOrEqual(2)
    expect(new Set(ended)).toEqual(new Set(['stored']))
  }, 60_000)
})
