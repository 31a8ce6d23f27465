import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { StationEvent } from '../../core/events/event.ts'
import { newMedium } from './fixture.ts'
import { type Drawn, LeaseModel } from './leaseModel.ts'
import { type Held, leaseRig } from './leaseRig.ts'
import { line } from './offlineStation.ts'

/** Whoever waits for a recall has waited long enough at once. */
const rig = leaseRig({
  after: (_delayMs, task) => {
    rig.server.clock.advance(1_000)
    setImmediate(task)
    return () => {}
  },
})

const COUPONS = 6
const station = fc.nat(1)
const coupon = fc.nat(COUPONS - 1)
/** Which of the leases so far; beyond them: none. */
const lease = fc.nat(7)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('lend' as const), station, want: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('draw' as const),
      station,
      drawn: fc.uniqueArray(fc.record({ coupon, lease }), { minLength: 1, maxLength: 3, selector: (d) => d.coupon }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('settle' as const), station, skip: fc.nat(2), again: fc.boolean() }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('redeem' as const), coupon }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sendOnline' as const), station, which: fc.nat(9), lease }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rollback' as const), which: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('return' as const), lease }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('writeOff' as const), lease }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

interface Pending {
  readonly event: StationEvent
  readonly redemptionId: string
  readonly drawn: readonly Drawn[]
}

/** One campaign, a customer with coupons of it, and two stations; the server and the model side by side. */
class Run {
  readonly model: LeaseModel
  readonly #campaignId: string
  readonly #coupons: readonly Held[]
  readonly #pending: [Pending[], Pending[]] = [[], []]
  readonly #sent: [StationEvent[], StationEvent[]] = [[], []]
  readonly #throughSeq = new Map<string, number>()
  readonly #online: { readonly redemptionId: string; readonly coupon: number }[] = []
  readonly #journalled = new Set<string>()

  constructor(limit: number, campaignId: string, coupons: readonly Held[]) {
    this.model = new LeaseModel(limit)
    this.#campaignId = campaignId
    this.#coupons = coupons
  }

  async take(step: Step): Promise<void> {
    const stations = [rig.first, rig.second] as const
    switch (step.do) {
      case 'lend': {
        const leaseId = uuidv7()
        const ask = () => rig.lend(stations[step.station]!, this.#campaignId, step.want, { leaseId })
        const { uses } = (await ask()).body
        expect(uses).toBeLessThanOrEqual(step.want)
        expect(uses).toBeLessThanOrEqual(this.model.limit - this.model.counted - this.model.lent)
        if (uses === 0) return
        this.model.leases.set(leaseId, { station: step.station, uses, drawn: 0, open: true })
        // Its answer was lost.
        expect((await ask()).body).toMatchObject({ uses, state: 'out' })
        return
      }
      case 'draw': {
        const drawn = step.drawn.map((one) => ({ coupon: one.coupon, leaseId: this.#lease(one.lease) }))
        this.#write(step.station, uuidv7(), drawn)
        return
      }
      case 'settle': {
        const pending = this.#pending[step.station]!
        const batch = pending.splice(Math.min(step.skip, pending.length - 1))
        await this.#send(step.station, batch)
        const sent = this.#sent[step.station]!
        // The answer was lost: all of it comes once more, and is answered and counted as before.
        if (step.again && sent.length > 0) await stations[step.station]!.send(...sent)
        return
      }
      case 'redeem': {
        const redemptionId = uuidv7()
        this.#online.push({ redemptionId, coupon: step.coupon })
        const { medium, coupon: acquisitionId } = this.#coupons[step.coupon]!
        const select = { acquisitionIds: [acquisitionId] }
        const answer = await rig.server.redeem(medium, { redemptionId, select })
        expect(answer.body.status === 'approved').toBe(this.model.online(redemptionId, step.coupon))
        return
      }
      case 'sendOnline': {
        // The counter never heard the answer and approved alone, under the same id.
        const known = this.#online[step.which]
        if (!known || this.#journalled.has(known.redemptionId)) return
        this.#journalled.add(known.redemptionId)
        this.#write(step.station, known.redemptionId, [{ coupon: known.coupon, leaseId: this.#lease(step.lease) }])
        return
      }
      case 'rollback': {
        const redemptionId = [...this.model.lines.keys()][step.which]
        if (redemptionId === undefined) return
        const { token } = rig.server.operators.manager
        const undo = { rollbackId: uuidv7(), reason: 'x' }
        expect((await rig.server.ask('POST', `/v1/redemptions/${redemptionId}/rollback`, undo, token)).status).toBe(200)
        this.model.rollback(redemptionId)
        return
      }
      case 'return': {
        const leaseId = this.#lease(step.lease)
        if (leaseId === null) return
        const { station: whose, open } = this.model.leases.get(leaseId)!
        const throughSeq = this.#throughSeq.get(leaseId) ?? 0
        const { status, body } = await rig.giveBack(stations[whose]!, leaseId, throughSeq)
        const waits = open && this.#pending[whose]!.some(({ event }) => event.seq <= throughSeq)
        expect(status).toBe(waits ? 409 : 200)
        if (open && !waits) expect(body.uses).toBe(this.model.end(leaseId))
        return
      }
      case 'writeOff': {
        const leaseId = this.#lease(step.lease)
        if (leaseId === null) return
        const { open } = this.model.leases.get(leaseId)!
        const { body } = await rig.writeOff(leaseId)
        if (open) expect(body.uses).toBe(this.model.end(leaseId))
        return
      }
      case 'pass':
        rig.server.clock.advance(11 * 60_000)
    }
  }

  async finish(): Promise<void> {
    for (const whose of [0, 1] as const) await this.#send(whose, this.#pending[whose].splice(0))
  }

  /** Never more is counted and lent than the limit, and both are what the model says, to the unit. */
  async check(): Promise<void> {
    const { counted, forced, lent, limit } = this.model
    expect(counted + lent).toBeLessThanOrEqual(limit)
    expect(await rig.counts(this.#campaignId)).toEqual({
      uses: counted,
      value: counted * 100,
      forced_uses: forced,
      lent_uses: lent,
      lent_value: 0,
    })
  }

  #lease(which: number): string | null {
    return [...this.model.leases.keys()][which] ?? null
  }

  #write(whose: number, redemptionId: string, drawn: readonly Drawn[]): void {
    const lines = drawn.map(({ coupon: which, leaseId }) => ({
      ...line(this.#coupons[which]!.coupon),
      ...(leaseId === null ? {} : { leaseId }),
    }))
    const { journal } = whose === 0 ? rig.first : rig.second
    const event = journal.write('redemption', { redemptionId, decided: 'offline', lines }, rig.server.clock.now())
    this.#pending[whose]!.push({ event, redemptionId, drawn })
    for (const { leaseId } of drawn) {
      if (leaseId !== null && this.model.leases.get(leaseId)?.station === whose) {
        this.#throughSeq.set(leaseId, event.seq)
      }
    }
  }

  async #send(whose: number, batch: readonly Pending[]): Promise<void> {
    if (batch.length === 0) return
    const expected = batch.map(({ redemptionId, drawn }) => this.model.event(whose, redemptionId, drawn))
    const results = await (whose === 0 ? rig.first : rig.second).send(...batch.map(({ event }) => event))
    expect(
      results.map(({ lines }) =>
        lines.map(({ status, leaseRefunded }) => (leaseRefunded ? `${status} refunded` : status)),
      ),
    ).toEqual(expected)
    this.#sent[whose]!.push(...batch.map(({ event }) => event))
  }
}

describe('whatever happens, in whatever order, as often as it likes', () => {
  it('counted and lent stay within the limit, and what is forced is what a model says', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.array(step, { minLength: 5, maxLength: 40 }),
        async (limit, steps) => {
          const campaignId = await rig.campaign({ campaignUses: limit, holderAcquisitions: COUPONS })
          const medium = newMedium()
          const coupons: Held[] = []
          for (let n = 0; n < COUPONS; n++) {
            coupons.push({ medium, coupon: await rig.server.coupon(campaignId, medium) })
          }
          const run = new Run(limit, campaignId, coupons)
          for (const each of steps) {
            await run.take(each)
            await run.check()
          }
          await run.finish()
          await run.check()
        },
      ),
      { numRuns: 60, endOnFailure: true },
    )
  })
})
