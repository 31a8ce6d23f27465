import type { WireMedium } from '../../core/media/medium.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { presentedMedium } from '../media/presentedMedium.ts'
import { RequestProblem } from '../problems.ts'
import type { PresentedMedium } from '../store/commands.ts'
import type { StationRecord } from '../store/couponStore.ts'

/** The medium of a request by its keys. 400 for a raw one where the store takes none: it should not be on the wire. */
export function mediumOf(medium: WireMedium, station: StationRecord, hashKeys: readonly HashKey[]): PresentedMedium {
  if ('identifier' in medium && !station.acceptsRawMedia) {
    throw new RequestProblem(400, 'invalid_request', 'this store takes media by key only', {
      errors: [{ path: '/medium', message: 'send keys, not an identifier' }],
    })
  }
  return presentedMedium(medium, hashKeys, station.settings)
}
