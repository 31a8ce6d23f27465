import { canonicalMedium } from '../../core/media/canonical.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { ReadFailure } from '../../core/readers/reader.ts'

/**
 * What a real reader would make of this medium: a sample card with a random UID fails here as it does on a counter.
 * 4-byte UIDs pass, as they do from a real reader: whether the store accepts them is decided later.
 */
export function simulatedOutcome(medium: RawMedium): Outcome<RawMedium, { reason: ReadFailure['reason'] }> {
  const canonical = canonicalMedium(medium, { acceptNonUniqueUids: true })
  if (canonical.ok) return accepted(medium)
  return refused({ reason: canonical.reason === 'medium_unstable' ? 'medium_unstable' : 'medium_unreadable' })
}
