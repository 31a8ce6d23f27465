import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, onTestFinished } from 'vitest'
import { announceStation } from '../../bin/embeddedServer.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { startFaultProxy } from '../rigs/faultProxy.ts'
import { acquire, approveCampaign, ask } from '../rigs/officeCalls.ts'
import { firstRow } from '../rigs/readInDatabase.ts'
import { RestartableServer } from '../rigs/restartableServer.ts'
import { CounterRig } from './counterRig.ts'
import { newMedium } from './fixture.ts'

const LIMIT = 10
/** Processes of several programs on a machine that has other things to do. */
const PATIENCE_MS = 120_000

describe('two counters and one server', () => {
  it('a campaign limited to ten: each spends offline what it was lent and no more, and all of it is confirmed', {
    timeout: 6 * PATIENCE_MS,
  }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-two-'))
    const server = await RestartableServer.start(dir)
    const proxy = await startFaultProxy(server.line().url)
    const counters: CounterRig[] = []
    onTestFinished(async () => {
      await Promise.all(counters.map((counter) => counter.stop()))
      await proxy.close()
      await server.kill()
      rmSync(dir, { recursive: true, force: true })
    })
    for (const name of ['first', 'second']) {
      const enrolCode = await announceStation(server.line())
      counters.push(new CounterRig({ serverUrl: proxy.url, dataDir: join(dir, name), enrolCode }))
    }
    const both = (holds: (state: CounterState) => boolean) =>
      Promise.all(counters.map((counter) => counter.until(holds, PATIENCE_MS)))
    expect(
      await both(({ enrolment, operators }) => enrolment.status === 'enrolled' && operators.length > 0),
    ).not.toContain(null)

    const campaignId = await approveCampaign(server.line(), {
      benefit: { kind: 'amount_off', amount: 30 },
      limits: { campaignUses: LIMIT, acquisitionUses: 1, holderAcquisitions: 1 },
    })
    const customers: RawMedium[][] = [[], []]
    for (const own of customers) {
      for (let count = 0; count < 4; count++) {
        const medium = newMedium()
        await acquire(server.line(), campaignId, medium)
        own.push(medium)
      }
    }
    const left = ({ leases }: CounterState) => leases.find((lease) => lease.campaignId === campaignId)?.usesLeft
    expect((await both((state) => left(state) === 3)).map((state) => state && left(state))).toEqual([3, 3])
    for (const counter of counters) {
      const cashier = counter.state.operators[0]
      await counter.send({ type: 'signIn', operatorId: cashier?.operatorId ?? '', pin: '1234' })
    }
    // The copies must know the customers before the line breaks.
    const asOf = Date.now()
    expect(
      await both(({ cashier, connection }) => cashier !== null && (connection.replicaAsOf ?? 0) > asOf),
    ).not.toContain(null)

    proxy.plan(() => ({ kind: 'dropRequest' }))
    const outcomes = await Promise.all(
      counters.map(async (counter, lane) => {
        const seen: string[] = []
        for (const medium of customers[lane] ?? []) seen.push(await serve(counter, medium))
        return seen
      }),
    )
    expect(outcomes).toEqual([
      ['stored', 'stored', 'stored', 'lease_exhausted'],
      ['stored', 'stored', 'stored', 'lease_exhausted'],
    ])

    proxy.plan(() => ({ kind: 'pass' }))
    const drained = await both(({ waiting }) => waiting.count === 0)
    expect(drained.map((state) => state && [state.waiting.forced, state.waiting.quarantined])).toEqual([
      [0, 0],
      [0, 0],
    ])
    const counts = () =>
      firstRow<{ uses: number; forced_uses: number; lent_uses: number }>(
        join(dir, 'server.db'),
        'SELECT uses, forced_uses, lent_uses FROM campaign_usage WHERE campaign_id = ?',
        campaignId,
      )
    expect(counts()).toMatchObject({ uses: 6, forced_uses: 0 })
    expect(6 + counts().lent_uses).toBeLessThanOrEqual(LIMIT)

    // What is lent again comes back for whoever is refused online: all ten are given, and no eleventh.
    const answers: string[] = []
    for (let count = 0; count < 5; count++) {
      const medium = newMedium()
      await acquire(server.line(), campaignId, medium)
      answers.push(await redeemOnline(server, medium))
    }
    expect(answers.filter((answer) => answer === 'approved').length).toBeLessThanOrEqual(LIMIT - 6)
    const { uses, lent_uses: lent } = counts()
    expect(uses + lent).toBeLessThanOrEqual(LIMIT)
  })
})

/** One customer at one counter: the certainty of the approval, or why there is none. */
async function serve(counter: CounterRig, medium: RawMedium): Promise<string> {
  await counter.send({ type: 'nextCustomer' })
  const basketId = counter.state.simulator?.baskets[0]?.basketId ?? ''
  await counter.send({ type: 'useSampleBasket', basketId })
  counter.tap(medium)
  const shown = await counter.until(({ visit }) => visit.phase === 'offers' || visit.phase === 'refused', PATIENCE_MS)
  if (shown?.visit.phase === 'offers') {
    if (shown.visit.usable.length === 0) return shown.visit.unusable[0]?.reason ?? 'nothing'
    await counter.send({ type: 'approve', select: 'best' })
  }
  const ended = await counter.until(({ visit }) => visit.phase === 'approved' || visit.phase === 'refused', PATIENCE_MS)
  if (ended?.visit.phase === 'approved') return ended.visit.certainty
  return ended?.visit.phase === 'refused' ? ended.visit.reason : 'no outcome'
}

async function redeemOnline(server: RestartableServer, medium: RawMedium): Promise<string> {
  const { url, stations } = server.line()
  const request = {
    redemptionId: uuidv7(),
    medium,
    objective: {
      currency: 'JPY',
      items: [{ lineId: '1', category: 'food', unitPrice: 1_000, lineTotal: 1_000 }],
      total: 1_000,
    },
    select: 'best',
  }
  const answer = await ask(url, stations[0]?.token ?? '', 'POST', '/v1/redemptions', request)
  const body = (await answer.json()) as { status: string; reason?: string }
  return body.reason ?? body.status
}
