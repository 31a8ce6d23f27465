/**
 * What a counter says of itself on its own screen, beside the reasons of `core/reasonCodes`: no decision about a coupon, so
 * never on the wire to a server nor in a journal.
 *
 * - `storage_failed`: the disk did not take a write, and nothing was approved.
 * - `server_unreachable`: nobody answered what only a server can do (enrolment); the same may be tried again.
 */
export const COUNTER_REASONS = ['storage_failed', 'server_unreachable'] as const
export type CounterReason = (typeof COUNTER_REASONS)[number]
