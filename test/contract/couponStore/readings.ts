import { CampaignRules, type Limits } from '../../../core/campaigns/rules.ts'
import type { Change } from '../../../core/contract/changes.ts'
import type { StationContext } from '../../../server/store/commands.ts'
import type { CouponStore } from '../../../server/store/couponStore.ts'
import type { FeedPlace } from '../../../server/store/feedPlace.ts'

/** What tests read out of a store, through the port alone. */
export function readings(world: () => { readonly coupons: CouponStore; readonly now: number }) {
  return {
    /** What counts against a campaign's limits, and what of it is lent, as the port says it. */
    async counts(campaignId: string) {
      const { coupons } = world()
      const { campaignUses = 0, campaignValue = 0 } = (await limitsOf(coupons, campaignId)) ?? {}
      const pool = await coupons.pool(campaignId)
      let lentUses = 0
      let lentValue = 0
      for (const lease of await coupons.leases(1_000)) {
        if (lease.campaignId !== campaignId || lease.ended !== null) continue
        lentUses += lease.uses - lease.drawnUses
        lentValue += lease.value === null ? 0 : lease.value - lease.drawnValue
      }
      const uses = campaignUses - pool.uses - lentUses
      const value = Number.isFinite(pool.value) ? campaignValue - pool.value - lentValue : null
      return { uses, value, lentUses, lentValue }
    },

    /** What of a campaign is forced: the conflicts of its lines and what their stories say of it. */
    async forced(campaignId: string) {
      const { coupons } = world()
      const { conflicts } = await coupons.conflicts({ campaignId, scope: { storeId: null }, after: null, limit: 100 })
      const [first] = conflicts
      const told = first && (await coupons.conflict(first.conflictId, { storeId: null }))?.server.campaign
      return { uses: told?.forcedUses ?? 0, value: told?.forcedValue ?? 0, conflicts }
    },

    /** Every change for a station after a place, and where the feed is then. */
    async feed(station: StationContext, after: FeedPlace | null = null, limit = 1_000) {
      const { coupons, now } = world()
      const changes: Change[] = []
      let place = after
      for (let pages = 0; pages < 10_000; pages++) {
        const page = await coupons.changesSince({ station, after: place, limit, now })
        if (page.kind !== 'page') throw new Error(page.reason)
        changes.push(...page.changes)
        place = page.place
        if (!page.more) return { changes, place: page.place, pages: pages + 1 }
      }
      throw new Error('the feed has no end')
    },
  }
}

async function limitsOf(coupons: CouponStore, campaignId: string): Promise<Limits | null> {
  const record = await coupons.campaign(campaignId)
  return record ? CampaignRules.parse(record.rules).limits : null
}
