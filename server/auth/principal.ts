import type { Operator } from '../../core/contract/sessions.ts'
import type { StationContext } from '../store/commands.ts'
import type { OperatorRecord, StationRecord } from '../store/couponStore.ts'

/** Whoever a bearer token speaks for. */
export type Principal =
  | { readonly kind: 'operator'; readonly operator: Operator & Pick<OperatorRecord, 'storeId'> }
  | { readonly kind: 'station'; readonly station: StationRecord }

/** A station as decisions need it. */
export function stationContext(station: StationRecord): StationContext {
  const { stationId, store, settings, publicKey, revokedAt } = station
  return { stationId, store, settings, keepsJournal: publicKey !== null, revokedAt }
}
