import type { CampaignRules } from '../campaigns/rules.ts'
import type { Params } from '../contract/problem.ts'
import type { Entry, MediumType } from '../media/medium.ts'
import type { Amount } from '../money.ts'
import type { PlacedObjective } from '../objective.ts'
import type { Refusal } from './standing.ts'

/** What a store lets a station approve without the server, as far as a single coupon depends on it. */
export interface OfflineTerms {
  /** How the medium must have been presented, and its type; empty: any. */
  readonly entries: readonly Entry[]
  readonly mediumTypes: readonly MediumType[]
  /** The most one redemption may give now, and what is said when it would give more. */
  readonly maxValue: Amount
  readonly valueParams: Params
}

/**
 * Why this campaign gives nothing without the server, whatever is bought: `offline_not_allowed`, or `medium_too_weak` with
 * what would do (`{entries}` or `{types}`, comma-separated) where the campaign or the store asks for more than was shown.
 */
export function offlineRefusal(
  { offline: policy }: CampaignRules,
  terms: OfflineTerms | null,
  { medium }: PlacedObjective,
): Refusal | null {
  if (policy.mode === 'require_online') return { reason: 'offline_not_allowed', params: {} }
  for (const { entries, mediumTypes } of terms ? [policy, terms] : [policy]) {
    if (entries.length > 0 && !entries.includes(medium.entry)) {
      return { reason: 'medium_too_weak', params: { entries: entries.join(',') } }
    }
    if (mediumTypes.length > 0 && !mediumTypes.includes(medium.type)) {
      return { reason: 'medium_too_weak', params: { types: mediumTypes.join(',') } }
    }
  }
  return null
}
