import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll } from 'vitest'
import type { Limits } from '../../core/campaigns/rules.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { type Answer, newMedium, type TestServer, testServer } from './fixture.ts'
import { line } from './offlineStation.ts'

export interface Held {
  readonly medium: RawMedium
  readonly coupon: string
}

/** What is counted and lent of a campaign. */
export interface Counts {
  readonly uses: number
  readonly value: number
  readonly forced_uses: number
  readonly lent_uses: number
  readonly lent_value: number
}

/** What a server does by itself, now and then, does not happen: only requests wait, and never that long. */
const ofRequests = (scheduler: Scheduler): Scheduler => ({
  after: (delayMs, task) => (delayMs < 1_000 ? scheduler.after(delayMs, task) : () => {}),
})

/** A server for the tests of one file, with two stations that borrow. `scheduler`: how long requests wait. */
export function leaseRig(scheduler?: Scheduler) {
  let server: TestServer
  let stations: readonly [EnrolledStation, EnrolledStation]
  beforeAll(async () => {
    server = await testServer(scheduler ? { scheduler: ofRequests(scheduler) } : {})
    stations = [await enrolledStation(server), await enrolledStation(server)]
  })
  afterAll(() => server.close())

  return {
    get server() {
      return server
    },
    get first() {
      return stations[0]
    },
    get second() {
      return stations[1]
    },
    campaign: (limits: Partial<Limits>) =>
      server.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, ...limits } }),
    /** `count` holders with a coupon each. */
    async holders(campaignId: string, count: number): Promise<Held[]> {
      const held: Held[] = []
      for (let index = 0; index < count; index++) {
        const medium = newMedium()
        held.push({ medium, coupon: await server.coupon(campaignId, medium) })
      }
      return held
    },
    lend: (
      station: EnrolledStation,
      campaignId: string,
      wantUses: number,
      more: { readonly leaseId?: string; readonly wantValue?: number } = {},
    ): Promise<Answer> =>
      server.ask('POST', '/v1/sync/leases', { leaseId: uuidv7(), campaignId, wantUses, ...more }, station.token),
    giveBack: (station: EnrolledStation, leaseId: string, throughSeq: number): Promise<Answer> =>
      server.ask('POST', `/v1/sync/leases/${leaseId}/return`, { throughSeq }, station.token),
    writeOff: (leaseId: string, token = server.operators.manager.token): Promise<Answer> =>
      server.ask('POST', `/v1/leases/${leaseId}/write-off`, { reason: 'till 2 was stolen' }, token),
    /** The next event of a station: it approved one coupon alone, drawing from a lease or from none. */
    drawn: (
      station: EnrolledStation,
      coupon: string,
      leaseId: string | null,
      more: { readonly redemptionId?: string; readonly at?: number; readonly total?: number } = {},
    ) => {
      const { redemptionId = uuidv7(), at = server.clock.now(), total = 100 } = more
      const drawnLine = { ...line(coupon, total), ...(leaseId === null ? {} : { leaseId }) }
      return station.journal.write('redemption', { redemptionId, decided: 'offline', lines: [drawnLine] }, at)
    },
    counts: async (campaignId: string) =>
      (
        await server.inDatabase<Counts>(
          'SELECT uses, value, forced_uses, lent_uses, lent_value FROM campaign_usage WHERE campaign_id = ?',
          campaignId,
        )
      )[0],
  }
}
