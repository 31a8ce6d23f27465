import { afterAll, beforeAll } from 'vitest'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { type EnrolledStation, enrolledStation } from './enrolledStation.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'

export const line = (acquisitionId: string, total = 100) => ({
  acquisitionId,
  discount: { total, allocations: [{ lineId: '1', amount: total }] },
})

/** A server for the tests of one file, and a station of it that decided without it: what it sends, what becomes of it. */
export function offlineStation() {
  let server: TestServer
  let station: EnrolledStation
  beforeAll(async () => {
    server = await testServer()
    station = await enrolledStation(server)
  })
  afterAll(() => server.close())

  return {
    get server() {
      return server
    },
    get token() {
      return station.token
    },
    /** The next event of its journal. */
    write: (...event: Parameters<EnrolledStation['journal']['write']>) => station.journal.write(...event),
    send: (...events: unknown[]) => station.send(...events),
    /** A redemption that it decided alone, now. */
    offline: (redemptionId: string, acquisitionIds: string[], more: object = {}) =>
      station.journal.write(
        'redemption',
        { redemptionId, decided: 'offline', lines: acquisitionIds.map((id) => line(id)), ...more },
        server.clock.now(),
      ),
    /** A new medium with one coupon of a new campaign. */
    held: async (changes?: Partial<CampaignRules>) => {
      const medium = newMedium()
      const campaignId = await server.campaign(changes)
      return { medium, campaignId, coupon: await server.coupon(campaignId, medium) }
    },
    usable: async (medium: RawMedium) => (await server.search(medium)).usable,
  }
}
