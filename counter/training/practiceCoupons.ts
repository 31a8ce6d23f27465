import { z } from 'zod'
import { type Campaign, readCampaign } from '../../core/campaigns/campaign.ts'
import { Benefit, CampaignRules } from '../../core/campaigns/rules.ts'
import type { Ids } from '../../core/ports/ids.ts'
import practice from '../../resources/practice/coupons.json' with { type: 'json' }

const PracticeCoupons = z.array(
  z.object({
    title: z.string(),
    titles: z.record(z.string(), z.string()),
    benefit: Benefit,
    exclusive: z.boolean(),
    /** false: it is for a category that nobody sells. */
    fits: z.boolean(),
  }),
)

const NOBODY_SELLS = 'practice-only'
const USES = 3
const DAY_MS = 86_400_000

/** The campaigns of a training, in their order in `resources/practice`, in the store's currency. */
export function practiceCampaigns(currency: string, ids: Pick<Ids, 'uuid7'>, now: number): Campaign[] {
  return PracticeCoupons.parse(practice).map(({ title, titles, benefit, exclusive, fits }) => {
    const rules = CampaignRules.parse({
      title,
      titles,
      currency,
      benefit,
      conditions: fits ? [] : [{ kind: 'items', items: { categories: [NOBODY_SELLS] } }],
      limits: { acquisitionUses: USES },
      stacking: { mode: exclusive ? 'exclusive' : 'stackable' },
      validFrom: new Date(now - DAY_MS).toISOString(),
      validUntil: new Date(now + DAY_MS).toISOString(),
    })
    return readCampaign({ campaignId: ids.uuid7(), version: 1, state: 'approved', rules })
  })
}

/**
 * What the customers of a training hold, by the place of a coupon in `resources/practice`: the first card that is tapped
 * is the first customer's, and so on round. Several coupons, one, one alone that beats two, and one that fits nothing.
 */
export const PRACTICE_CUSTOMERS: readonly (readonly number[])[] = [[0, 1, 2, 3], [0], [1, 2], [3]]
