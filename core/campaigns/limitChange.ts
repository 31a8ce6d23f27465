import type { CampaignRules, Limits } from './rules.ts'

/** What a campaign has given already, all of it binding: what stations hold in leases counts as used. */
export interface CampaignCounts {
  readonly uses: number
  readonly lentUses: number
  /** Discount, minor units. */
  readonly value: number
  readonly lentValue: number
  /** Coupons that were acquired. */
  readonly issued: number
}

/** Why a version may not take the place of the one in force. `used`: what is gone already; absent: it is not a matter of how much. */
export interface LimitConflict {
  readonly limit: keyof Limits | 'currency'
  readonly used?: number
  readonly asked?: number
}

/**
 * The limit of a changed version that what has happened already contradicts; null: none. A limit of the whole campaign may
 * not be lower than what is used or lent; a limit per customer cannot be added once the campaign was used, because the uses
 * before it were not counted by customer; money that was given in one currency cannot become another's.
 * `inForce` null: nothing was given yet, so nothing contradicts.
 */
export function limitConflict(
  inForce: CampaignRules | null,
  next: CampaignRules,
  counts: CampaignCounts,
): LimitConflict | null {
  if (!inForce) return null
  if (inForce.currency !== next.currency) return { limit: 'currency' }
  const totals = [
    { limit: 'campaignUses', used: counts.uses + counts.lentUses },
    { limit: 'campaignValue', used: counts.value + counts.lentValue },
    { limit: 'circulation', used: counts.issued },
  ] as const
  for (const { limit, used } of totals) {
    const asked = next.limits[limit]
    if (asked !== undefined && asked < used) return { limit, used, asked }
  }
  if (counts.uses + counts.lentUses === 0) return null
  const { limits } = inForce
  if (next.limits.holderUses !== undefined && limits.holderUses === undefined) return { limit: 'holderUses' }
  const period = next.limits.holderPeriod?.period
  return period !== undefined && period !== limits.holderPeriod?.period ? { limit: 'holderPeriod' } : null
}
