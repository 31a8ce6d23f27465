import type { SyncEventsResponse } from '../../core/events/event.ts'
import type { AuditActor } from '../audit/entry.ts'
import { stationContext } from '../auth/principal.ts'
import { arrivedEvents } from '../events/arrivedEvent.ts'
import type { HashKey } from '../media/hashKeys.ts'
import type { CouponStore, SettleAnswer, StationRecord } from '../store/couponStore.ts'

export interface SettleParts {
  readonly store: Pick<CouponStore, 'settleEvents' | 'settlesBeside'>
  readonly hashKeys: readonly HashKey[]
  /** Epoch milliseconds of arrival. */
  readonly now: number
  /** Whoever brings them in the station's place. */
  readonly by?: AuditActor
  /** Told of an exception that left one event for later. */
  readonly onFailure: (error: unknown) => void
}

/** So many events are read at once, while those before them are settled. */
const PIECE = 100

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
  const settle = async (some: readonly unknown[]): Promise<SettleAnswer> =>
    store.settleEvents({
      station: context,
      events: arrivedEvents(some, arrival),
      now,
      onFailure,
      ...(by && { by }),
    })
  // What somebody brings is one act of theirs, with one row in the audit log.
  const piece = store.settlesBeside && !by ? PIECE : events.length
  const answers = await inPieces(events, piece, settle)
  return {
    results: answers.flatMap(({ results }) => results),
    changeSeq: answers.at(-1)?.changeSeq ?? 0,
    ...(station.state === 'revoked' ? { station: 'revoked' } : {}),
  }
}

/**
 * Each event stands for itself, so pieces may be kept apart; two are under way, so that what others ask meanwhile is not
 * behind all of them. Rejects when one of them does: what was kept is answered the same way when it is sent again.
 */
async function inPieces(
  events: readonly unknown[],
  piece: number,
  settle: (some: readonly unknown[]) => Promise<SettleAnswer>,
): Promise<readonly SettleAnswer[]> {
  const answers: Promise<SettleAnswer>[] = []
  for (let at = 0; at < events.length; at += piece) {
    await answers.at(-2)
    const answer = settle(events.slice(at, at + piece))
    // Whoever waits for one before it hears of that first.
    answer.catch(() => {})
    answers.push(answer)
  }
  return Promise.all(answers)
}
