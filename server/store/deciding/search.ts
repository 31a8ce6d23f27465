import type { SearchResponse } from '../../../core/contract/search.ts'
import { qualify } from '../../../core/qualification/qualify.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import { decideRedemption } from '../../../core/redemption/decide.ts'
import { toSearchResponse } from '../../../core/redemption/wire.ts'
import type { SearchQuery } from '../couponStore.ts'
import type { Definitions } from './definitions.ts'
import type { Holdings } from './holdings.ts'
import type { Media } from './media.ts'

/** What a medium's holder could use for a purchase. Changes nothing; call inside a read transaction. */
export function search(
  parts: { readonly definitions: Definitions; readonly media: Media; readonly holdings: Holdings },
  query: SearchQuery,
): SearchResponse {
  const { station, objective, entry, select, now } = query
  const known = parts.media.find(query.medium)
  if (!known.ok) {
    const { reason, params } = known
    return {
      usable: [],
      unusable: [{ title: '', titles: {}, reason, reasonGroup: reasonGroup(reason), params }],
      best: [],
      asOf: new Date(now).toISOString(),
    }
  }
  const asked = { store: station.store, medium: known.value, objective, entry, now }
  const input = parts.holdings.qualifyInput(parts.definitions.current(), asked)
  return toSearchResponse(qualify(input), now, select === undefined ? undefined : decideRedemption(input, select))
}
