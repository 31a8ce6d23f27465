import type { PlacedObjective } from '../objective.ts'
import type { Discount } from '../qualification/model.ts'
import { qualify } from '../qualification/qualify.ts'
import type { Refusal } from '../qualification/standing.ts'
import type { CampaignRules } from './rules.ts'

/** What rules would give for one purchase, were they in force. */
export type PreviewOutcome =
  | { readonly status: 'usable'; readonly discount: Discount }
  | ({ readonly status: 'unusable' } & Refusal)

const CAMPAIGN_ID = '00000000-0000-7000-8000-000000000000'
const ACQUISITION_ID = '00000000-0000-7000-8000-000000000001'

/**
 * Holds rules that nobody has approved yet against a purchase at a time (epoch milliseconds), by the same code as server
 * and counter do for approved ones: a customer who holds one coupon, unused, and has used nothing of the campaign yet.
 */
export function previewRules(rules: CampaignRules, objective: PlacedObjective, now: number): PreviewOutcome {
  const { title, titles } = rules
  const campaign = { campaignId: CAMPAIGN_ID, version: 1, state: 'approved' as const, title, titles, rules }
  const { usable, unusable } = qualify({
    campaigns: new Map([[CAMPAIGN_ID, campaign]]),
    acquisitions: [
      {
        acquisitionId: ACQUISITION_ID,
        campaignId: CAMPAIGN_ID,
        usesLeft: rules.limits.acquisitionUses,
        expiresAt: null,
        revoked: false,
      },
    ],
    usage: new Map(),
    objective,
    now,
    offline: false,
  })
  const [coupon] = usable
  if (coupon) return { status: 'usable', discount: coupon.discount }
  const [refusal] = unusable
  if (!refusal) throw new Error('a coupon was neither usable nor unusable')
  return { status: 'unusable', reason: refusal.reason, params: refusal.params }
}
