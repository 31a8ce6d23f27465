import type { Campaign, CampaignState } from '../campaigns/campaign.ts'
import type { CampaignRules } from '../campaigns/rules.ts'
import type { Params } from '../contract/problem.ts'
import { unreachable } from '../outcome.ts'
import type { ReasonCode } from '../reasonCodes.ts'

/** Why something cannot be used, with what the words need. */
export interface Refusal {
  readonly reason: ReasonCode
  readonly params: Params
}

/** null while a use is left; `already_used` for a coupon that had one use, `uses_exhausted` for one that had several. */
export function spentReason(usesLeft: number, rules: CampaignRules | null): 'already_used' | 'uses_exhausted' | null {
  if (usesLeft > 0) return null
  return (rules?.limits.acquisitionUses ?? 1) === 1 ? 'already_used' : 'uses_exhausted'
}

/**
 * Why a coupon does not stand at a time (epoch milliseconds), whatever is bought: the campaign's state, rules that are
 * not understood here, and the validity of campaign and acquisition (`from` inclusive, `until` exclusive).
 */
export function standingReason(campaign: Campaign, expiresAt: number | null, now: number): Refusal | null {
  const state = stateReason(campaign.state)
  if (state) return { reason: state, params: {} }
  if (!campaign.rules) return { reason: 'unsupported_rules', params: {} }
  if (now < validityOf(campaign.rules).from) {
    return { reason: 'not_yet_valid', params: { from: campaign.rules.validFrom } }
  }
  const until = effectiveExpiry(campaign.rules, expiresAt)
  if (now >= until) return { reason: 'expired', params: { until: new Date(until).toISOString() } }
  return null
}

const validities = new WeakMap<CampaignRules, { readonly from: number; readonly until: number }>()

/** Read once for each rules object: every coupon of every search asks. */
function validityOf(rules: CampaignRules): { readonly from: number; readonly until: number } {
  const known = validities.get(rules)
  if (known) return known
  const read = { from: Date.parse(rules.validFrom), until: Date.parse(rules.validUntil) }
  validities.set(rules, read)
  return read
}

/** When a coupon stops being usable: its own end or the campaign's, whichever comes first; epoch milliseconds. */
export function effectiveExpiry(rules: CampaignRules, expiresAt: number | null): number {
  const campaignEnd = validityOf(rules).until
  return expiresAt === null ? campaignEnd : Math.min(expiresAt, campaignEnd)
}

function stateReason(state: CampaignState): 'not_approved' | 'suspended' | 'ended' | null {
  switch (state) {
    case 'approved':
      return null
    case 'suspended':
      return 'suspended'
    case 'ended':
      return 'ended'
    case 'draft':
    case 'submitted':
    case 'changes_requested':
    case 'rejected':
      return 'not_approved'
    default:
      return unreachable(state)
  }
}
