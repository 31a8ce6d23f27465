/**
 * How long a cashier waits for the server before the counter decides alone, retries included: the shop's queue sets these,
 * not the network.
 */
export const SEARCH_DEADLINE_MS = 1_500
export const REDEEM_DEADLINE_MS = 2_500
/** One customer's search and approval together. */
export const VISIT_DEADLINE_MS = 2_500
/** A probe is as impatient as a cashier who would not wait noticeably. */
export const PROBE_DEADLINE_MS = 1_000
/** For everything nobody at the counter is waiting for. */
export const BACKGROUND_DEADLINE_MS = 15_000
/** One piece of a snapshot's file, which the server may have to make first; a slow line is asked for smaller ones. */
export const SNAPSHOT_PIECE_DEADLINE_MS = 15_000
