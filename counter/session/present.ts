import type { StationSettings } from '../../core/contract/stations.ts'
import { canonicalMedium } from '../../core/media/canonical.ts'
import type { Entry, RawMedium } from '../../core/media/medium.ts'
import { mediumKeys } from '../../core/media/mediumKey.ts'
import { membershipMedium, NO_MEMBERSHIP_NUMBER } from '../../core/media/membership.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import { hmacSha256 } from '../station/hashes.ts'
import { type Presented, type Refusal, refusal } from './model.ts'

/** The deployment's media hash keys, 32 bytes each. */
export type HashKeys = readonly { readonly v: number; readonly key: Uint8Array }[]

/** Turns what a reader read into keys; the identifier goes no further than this. Or the name of why it is no medium. */
export function present(
  raw: RawMedium,
  entry: Entry,
  settings: StationSettings,
  hashKeys: HashKeys,
): Outcome<Presented, { readonly refused: Refusal }> {
  const medium = membershipMedium(raw, settings.membershipRules)
  // A product's barcode, or a number typed wrong: it identifies nobody.
  if (medium === null) return refused({ refused: refusal(NO_MEMBERSHIP_NUMBER.reason, NO_MEMBERSHIP_NUMBER.params) })
  const canonical = canonicalMedium(medium, settings)
  if (!canonical.ok) return refused({ refused: refusal(canonical.reason, canonical.params) })
  return accepted({ type: medium.type, keys: mediumKeys(canonical.value, hashKeys, hmacSha256), entry })
}
