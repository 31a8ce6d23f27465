import type { StationSettings } from '../../core/contract/stations.ts'
import { canonicalMedium } from '../../core/media/canonical.ts'
import type { WireMedium } from '../../core/media/medium.ts'
import { mediumKeys } from '../../core/media/mediumKey.ts'
import { membershipMedium, NO_MEMBERSHIP_NUMBER } from '../../core/media/membership.ts'
import { accepted, refused } from '../../core/outcome.ts'
import type { PresentedMedium } from '../store/commands.ts'
import { hmacSha256 } from '../system.ts'
import type { HashKey } from './hashKeys.ts'

/**
 * A medium as the rest of the server knows it: by keys, highest version first. An integrator's raw medium is put into
 * its canonical form and hashed here, and goes no further. Refusals are those of `canonicalMedium`, and
 * `medium_unknown` (`{membership: false}`) for a code that the store's membership rules do not recognise.
 */
export function presentedMedium(
  medium: WireMedium,
  hashKeys: readonly HashKey[],
  settings: Pick<StationSettings, 'acceptNonUniqueUids' | 'membershipRules'>,
): PresentedMedium {
  if ('keys' in medium) {
    return accepted({ type: medium.type ?? null, keys: medium.keys.toSorted((a, b) => b.v - a.v) })
  }
  const member = membershipMedium(medium, settings.membershipRules)
  if (!member) return refused(NO_MEMBERSHIP_NUMBER)
  const canonical = canonicalMedium(member, { acceptNonUniqueUids: settings.acceptNonUniqueUids })
  if (!canonical.ok) return canonical
  return accepted({ type: canonical.value.type, keys: mediumKeys(canonical.value, [...hashKeys], hmacSha256) })
}
