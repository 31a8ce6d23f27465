import { uuidv7 } from 'uuidv7'
import type { CampaignRules, Limits } from '../../../core/campaigns/rules.ts'
import type { LeaseEnded, LeaseResponse } from '../../../core/contract/leases.ts'
import { line } from '../../server/offlineStation.ts'
import { hashOf, type Lane, newMedium, type StoreWorld, type TestMedium } from './world.ts'

export interface Held {
  readonly medium: TestMedium
  readonly coupon: string
}

/** What is done with leases, over a world. */
export function leaseDesk(world: StoreWorld) {
  const ask = (
    { context }: Lane,
    campaignId: string,
    wantUses: number,
    more: { readonly leaseId?: string; readonly wantValue?: number } = {},
  ) => {
    const request = { leaseId: uuidv7(), campaignId, wantUses, ...more }
    const { wantValue = null } = more
    const intentHash = hashOf(JSON.stringify([campaignId, wantUses, wantValue]))
    return world.coupons.lend({ station: context, request, intentHash, now: world.now })
  }
  const giveBack = ({ context: { stationId } }: Lane, leaseId: string, throughSeq: number) =>
    world.coupons.returnLease({ stationId, leaseId, throughSeq, now: world.now })

  return {
    ask,
    async lend(...asked: Parameters<typeof ask>): Promise<LeaseResponse> {
      const answer = await ask(...asked)
      if (answer.kind !== 'lent') throw new Error(answer.kind)
      return answer.response
    },
    giveBack,
    async givenBack(...asked: Parameters<typeof giveBack>): Promise<LeaseEnded> {
      const answer = await giveBack(...asked)
      if (answer.kind !== 'ended') throw new Error(answer.kind)
      return answer.response
    },
    writeOff: (of: { readonly leaseId: string } | { readonly stationId: string }) =>
      world.coupons.writeOffLeases({ of, operatorId: 'manager-id', reason: 'till 2 was stolen', now: world.now }),
    campaign: (limits: Partial<Limits>, more: Partial<CampaignRules> = {}) =>
      world.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, ...limits }, ...more }),
    /** `count` holders with a coupon each. */
    async holders(campaignId: string, count: number): Promise<Held[]> {
      const held: Held[] = []
      for (let index = 0; index < count; index++) {
        const medium = newMedium()
        held.push({ medium, coupon: await world.coupon(campaignId, medium) })
      }
      return held
    },
    /** The next event of a station: it approved one coupon alone, drawing from a lease or from none. */
    drawn: (
      { journal }: Lane,
      coupon: string,
      leaseId: string | null,
      more: { readonly redemptionId?: string; readonly at?: number; readonly total?: number } = {},
    ) => {
      const { redemptionId = uuidv7(), at = world.now, total = 100 } = more
      const drawnLine = { ...line(coupon, total), ...(leaseId === null ? {} : { leaseId }) }
      return journal.write('redemption', { redemptionId, decided: 'offline', lines: [drawnLine] }, at)
    },
  }
}
