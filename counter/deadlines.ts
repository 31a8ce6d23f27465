/**
 * How long a cashier waits for the server before the counter decides alone, retries included: the shop's queue sets these,
 * not the network.
 */
export const SEARCH_DEADLINE_MS = 1_500
export const REDEEM_DEADLINE_MS = 2_500
/** For everything nobody at the counter is waiting for. */
export const BACKGROUND_DEADLINE_MS = 15_000
/** For a piece of a snapshot, before whose first one the server may have to make it. */
export const SNAPSHOT_PIECE_DEADLINE_MS = 30_000
