import { expect, it } from 'vitest'
import { COUNTER_REASONS } from '../../../core/counter/ownReasons.ts'
import { isKnownReason, REASON_CODES, REASONS_BY_GROUP } from '../../../core/reasonCodes.ts'

it('the list of reasons is closed: a new one is a new version of the contract', () => {
  expect(REASONS_BY_GROUP).toEqual({
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
  })
  expect(new Set(REASON_CODES).size).toBe(REASON_CODES.length)
})

it('what a counter says of itself is not among them', () => {
  expect(COUNTER_REASONS.filter(isKnownReason)).toEqual([])
})
