import { uuidv7 } from 'uuidv7'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { Objective } from '../../../core/objective.ts'
import type { CouponStore } from '../../../server/store/couponStore.ts'
import { systemClock as clock } from '../../../server/system.ts'

export const PLACE = { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 4 }
export const SETTINGS = StationSettings.parse({})
export const OBJECTIVE = Objective.parse({
  currency: 'JPY',
  items: [1, 2, 3].map((line) => ({ lineId: String(line), category: 'food', unitPrice: 400, lineTotal: 400 })),
  total: 1_200,
})

/** A campaign with limits that are counted and never met. */
export async function approvedCampaign(coupons: CouponStore, index: number): Promise<string> {
  const campaignId = uuidv7()
  const rules = CampaignRules.parse({
    title: `Campaign ${index}`,
    currency: 'JPY',
    benefit: index % 2 ? { kind: 'amount_off', amount: 50 } : { kind: 'percent_off', basisPoints: 500 },
    conditions: [{ kind: 'min_spend', amount: 100 }],
    limits: {
      campaignUses: 1_000_000_000,
      acquisitionUses: 1_000_000,
      holderPeriod: { period: 'day', uses: 1_000_000 },
    },
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
  })
  const now = clock.now()
  await coupons.draftCampaign({ campaignId, rules, contentHash: 'b', operatorId: 'p', role: 'planner', now })
  for (const [action, operatorId, role] of [
    ['submit', 'p', 'planner'],
    ['approve', 'a', 'approver'],
  ] as const) {
    await coupons.actOnCampaign({ campaignId, action, actor: { operatorId, role }, now })
  }
  return campaignId
}
