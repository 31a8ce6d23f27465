import { uuidv7 } from 'uuidv7'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { accepted } from '../../../core/outcome.ts'
import type { CouponStore } from '../../../server/store/couponStore.ts'
import { CAMPAIGNS, COUPONS, keyOf } from './holders.ts'

/** Approves the campaigns of a large chain; returns their ids. */
export async function approveCampaigns(store: CouponStore, now: number): Promise<string[]> {
  const campaigns: string[] = []
  for (let index = 0; index < CAMPAIGNS; index++) {
    const campaignId = uuidv7()
    const rules = CampaignRules.parse({
      title: `Campaign ${index}`,
      currency: 'JPY',
      benefit:
        index % 2 ? { kind: 'amount_off', amount: 50 + index } : { kind: 'percent_off', basisPoints: 300 + index },
      conditions: [{ kind: 'min_spend', amount: 100 }],
      limits: { acquisitionUses: 1_000 },
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: '2099-01-01T00:00:00Z',
    })
    await store.draftCampaign({ campaignId, rules, contentHash: 'b', operatorId: 'p', role: 'planner', now })
    for (const [action, operatorId, role] of [
      ['submit', 'p', 'planner'],
      ['approve', 'a', 'approver'],
    ] as const) {
      await store.actOnCampaign({ campaignId, action, actor: { operatorId, role }, now })
    }
    campaigns.push(campaignId)
  }
  return campaigns
}

/**
 * The customers `from` to `until` (exclusive), each with `coupons` coupons of `campaigns` in turn.
 *
 * @param key of a customer's card, 32 bytes in hex.
 */
export function* holdersOf(
  campaigns: readonly string[],
  { from = 0, until, coupons = COUPONS }: { from?: number; until: number; coupons?: number },
  key: (holder: number) => string = keyOf,
) {
  for (let holder = from; holder < until; holder++) {
    const medium = accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key: key(holder) }] })
    yield {
      holderId: uuidv7(),
      media: [{ medium, blocked: false }],
      acquisitions: Array.from({ length: coupons }, (_, nth) => ({
        acquisitionId: uuidv7(),
        campaignId: campaigns[(holder + nth) % campaigns.length] ?? '',
        usesLeft: 1_000,
      })),
    }
  }
}
