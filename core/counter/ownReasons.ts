/**
 * What a counter says of itself on its own screen, beside the reasons of `core/reasonCodes`: no decision about a coupon, so
 * never on the wire to a server nor in a journal.
 *
 * - `storage_failed`: the disk did not take a write, and nothing was approved.
 * - `server_unreachable`: nobody answered what only a server can do (enrolment); the same may be tried again.
 * - `events_waiting`: this machine cannot be taken out of service while the server has not taken what it did.
 * - `basket_of_pos`: the purchase on the screen is a POS's; nothing is entered by hand meanwhile.
 */
export const COUNTER_REASONS = ['storage_failed', 'server_unreachable', 'events_waiting', 'basket_of_pos'] as const
export type CounterReason = (typeof COUNTER_REASONS)[number]
