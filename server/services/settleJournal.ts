import type { SyncEventsResponse } from '../../core/events/event.ts'
import type { AuditActor } from '../audit/entry.ts'
import { stationContext } from '../auth/principal.ts'
import { arrivedEvents } from '../events/arrivedEvent.ts'
import type { HashKey } from '../media/hashKeys.ts'
import type { CouponStore, StationRecord } from '../store/couponStore.ts'

export interface SettleParts {
  readonly store: Pick<CouponStore, 'settleEvents'>
  readonly hashKeys: readonly HashKey[]
  /** Epoch milliseconds of arrival. */
  readonly now: number
  /** Told of an exception that left one event for later. */
  /** Whoever brings them in the station's place. */
  readonly by?: AuditActor
  readonly onFailure: (error: unknown) => void
}

/**
 * Settles events of one station's journal, whichever way they came: by sync, or from a file for rescue. What comes both
 * ways counts once. `events`: at most 500, as sent.
 */
export async function settleJournal(
  station: StationRecord,
  events: readonly unknown[],
  { store, hashKeys, now, by, onFailure }: SettleParts,
): Promise<SyncEventsResponse> {
  const context = stationContext(station)
  const { publicKey, acceptsRawMedia } = station
  const arrival = { station: context, publicKey, acceptsRawMedia, hashKeys, now }
  const arrived = arrivedEvents(events, arrival)
  const { results, changeSeq } = await store.settleEvents({
    station: context,
    events: arrived,
    now,
    onFailure,
    ...(by && { by }),
  })
  return { results: [...results], changeSeq, ...(station.state === 'revoked' ? { station: 'revoked' } : {}) }
}
