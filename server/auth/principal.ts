import type { ApiKeyRecord } from '../store/apiKeyCommands.ts'
import type { StationContext } from '../store/commands.ts'
import type { OperatorRecord, StationRecord } from '../store/couponStore.ts'
import type { SessionRecord } from '../store/officeCommands.ts'

/** Whoever a request speaks for. */
export type Principal =
  | {
      readonly kind: 'operator'
      readonly operator: OperatorRecord
      readonly session: SessionRecord
      readonly hasSecondFactor: boolean
    }
  /** `apiKey`: an integrator's key that acts as a station of its store. */
  | { readonly kind: 'station'; readonly station: StationRecord; readonly apiKey?: ApiKeyRecord }
  /** An integrator's key for the whole chain. */
  | { readonly kind: 'api_key'; readonly apiKey: ApiKeyRecord }

const contexts = new WeakMap<StationRecord, StationContext>()

/** A station as decisions need it: of the same record the same one. */
export function stationContext(station: StationRecord): StationContext {
  const known = contexts.get(station)
  if (known) return known
  const { stationId, store, settings, publicKey, revokedAt, isApiKey = false } = station
  const context = { stationId, store, settings, keepsJournal: publicKey !== null, revokedAt, isApiKey }
  contexts.set(station, context)
  return context
}
