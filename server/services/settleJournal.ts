import type { SyncEventsResponse } from '../../core/events/event.ts'
import type { AuditActor } from '../audit/entry.ts'
import { stationContext } from '../auth/principal.ts'
import { arrivedEvents } from '../events/arrivedEvent.ts'
import type { HashKey } from '../media/hashKeys.ts'
import type { CouponStore, SettleAnswer, StationRecord } from '../store/couponStore.ts'
import { type Piece, type StationLines, stationLines } from './stationLines.ts'

export interface SettleParts {
  readonly store: Pick<CouponStore, 'settleEvents' | 'settlesBeside'>
  readonly hashKeys: readonly HashKey[]
  /** Epoch milliseconds of arrival. */
  readonly now: number
  /** Whoever brings them in the station's place. */
  readonly by?: AuditActor
  /** Where a station brings events while those before them are settled; absent: it does not. */
  readonly lines?: StationLines
  /** Told of an exception that left one event for later. */
  readonly onFailure: (error: unknown) => void
}

/** So many events are read at once, while those before them are settled. */
const PIECE = 100

/** Pieces of one station under way at a time: what others ask meanwhile is not behind all of them. */
const AT_ONCE = 2

/**
 * Settles events of one station's journal, whichever way they came: by sync, or from a file for rescue. What comes both
 * ways counts once. `events`: at most 500, as sent.
 */
export async function settleJournal(
  station: StationRecord,
  events: readonly unknown[],
  { store, hashKeys, now, by, lines = stationLines(), onFailure }: SettleParts,
): Promise<SyncEventsResponse> {
  const context = stationContext(station)
  const { publicKey, acceptsRawMedia } = station
  const arrival = { station: context, publicKey, acceptsRawMedia, hashKeys, now }
  const pieceOf =
    (some: readonly unknown[]): Piece<SettleAnswer> =>
    () => {
      const command = { station: context, events: arrivedEvents(some, arrival), now, onFailure, ...(by && { by }) }
      return () => store.settleEvents(command)
    }
  // What somebody brings is one act of theirs, with one row in the audit log.
  const size = store.settlesBeside && !by ? PIECE : events.length
  const pieces: Piece<SettleAnswer>[] = []
  for (let at = 0; at < events.length; at += size) pieces.push(pieceOf(events.slice(at, at + size)))
  // Each event stands for itself, so pieces may be kept apart: what was kept is answered the same way when it is sent again.
  const answers = await lines.inLine(station.stationId, pieces, store.settlesBeside ? AT_ONCE : 1)
  return {
    results: answers.flatMap(({ results }) => results),
    changeSeq: answers.at(-1)?.changeSeq ?? 0,
    ...(station.state === 'revoked' ? { station: 'revoked' } : {}),
  }
}
