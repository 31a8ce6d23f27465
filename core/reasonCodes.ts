/** Every reason the product gives for not doing something, grouped by who can act on it. The list is closed here. */
export const REASONS_BY_GROUP = {
  customer: [
    'already_used',
    'not_yet_valid',
    'expired',
    'uses_exhausted',
    'not_held',
    'min_spend_not_met',
    'no_matching_item',
    'wrong_store',
    'wrong_time',
    'not_combinable',
    'offer_changed',
    'code_required',
    'code_unknown',
    'code_used',
  ],
  campaign: [
    'not_approved',
    'suspended',
    'ended',
    'campaign_limit_reached',
    'holder_limit_reached',
    'unsupported_rules',
    'acquisition_not_open',
    'acquisition_closed',
    'only_given',
  ],
  medium: [
    'medium_unknown',
    'medium_blocked',
    'medium_unstable',
    'medium_not_unique',
    'medium_unreadable',
    'medium_too_weak',
    'medium_not_shown',
    'medium_of_another',
  ],
  offline: [
    'unknown_offline',
    'offline_not_allowed',
    'offline_limit_reached',
    'lease_exhausted',
    'snapshot_too_old',
    'clock_untrusted',
  ],
  staff: ['station_revoked', 'operator_not_allowed', 'enrolment_unknown', 'enrolment_used', 'enrolment_expired'],
  integration: [
    'invalid_request',
    'duplicate_request_differs',
    'in_progress',
    'unauthorized',
    'too_old',
    'journal_forked',
    'cursor_expired',
    'cursor_foreign',
  ],
} as const

export type ReasonGroup = keyof typeof REASONS_BY_GROUP
export type ReasonCode = (typeof REASONS_BY_GROUP)[ReasonGroup][number]

export const REASON_GROUPS = Object.keys(REASONS_BY_GROUP) as ReasonGroup[]
export const REASON_CODES = Object.values(REASONS_BY_GROUP).flat() as ReasonCode[]

const groupByReason = new Map<string, ReasonGroup>(
  REASON_GROUPS.flatMap((group) => REASONS_BY_GROUP[group].map((reason) => [reason, group] as const)),
)

/** The group of a reason of ours. */
export function reasonGroup(reason: ReasonCode): ReasonGroup {
  const group = groupByReason.get(reason)
  if (!group) throw new Error(`reason without a group: ${reason}`)
  return group
}

/** Narrows a reason from the wire; false for one that a newer server knows and we do not. */
export function isKnownReason(reason: string): reason is ReasonCode {
  return groupByReason.has(reason)
}
