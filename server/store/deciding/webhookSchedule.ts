const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Since its first attempt, a delivery is tried for so long; an endpoint that takes nothing for so long is disabled. */
export const TRIED_FOR_MS = 72 * HOUR

const FIRST_MS = 5 * SECOND
const FACTOR = 3
const LONGEST_MS = 8 * HOUR
/** What an answer may ask for with Retry-After. */
const MOST_ASKED_MS = HOUR

/**
 * How long to wait after so many failed attempts (at least 1): 5 s, 15 s, 45 s, … up to 8 hours, and up to half of it more
 * by `jitter` (0 to 1), so that what failed together is not tried together. An answer's own wish makes it longer, not
 * shorter. null: it has been tried for long enough.
 */
export function retryDelay(
  attempts: number,
  triedForMs: number,
  jitter: number,
  askedMs: number | null = null,
): number | null {
  if (triedForMs >= TRIED_FOR_MS) return null
  const step = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempts - 1))
  const wait = Math.round(step * (1 + jitter / 2))
  return Math.max(wait, Math.min(askedMs ?? 0, MOST_ASKED_MS))
}
