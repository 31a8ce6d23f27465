import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Change } from '../../../core/contract/changes.ts'
import type { StationContext } from '../commands.ts'
import type { ChangesAnswer, ChangesQuery, CopyPlan } from '../couponStore.ts'
import type { Definitions } from '../deciding/definitions.ts'
import { MOST_ENTERED, mergeFound, WINDOW } from '../feedPage.ts'
import type { FeedPlace } from '../feedPlace.ts'
import { COPY_LASTS_MS, FAR_BEHIND } from '../keeping.ts'
import { type Positioned, type StoreChangeRow, storeChange } from '../rows/changeRows.ts'
import { elsewhere } from '../storesOf.ts'
import { conflictFeed } from './conflictFeed.ts'
import { copyScope } from './copyScope.ts'
import { epochs } from './epochs.ts'
import { leaseFeed } from './leaseRows.ts'
import { type CopyView, enteredHolders, sharedFeeds } from './sharedFeeds.ts'
import { widenings } from './widenings.ts'

/** What concerns one station or its store alone: few rows, which a snapshot does not carry. */
interface OwnFeed {
  /** Changes in the positions after `after` up to `upTo`, oldest first. */
  read(station: StationContext, after: number, upTo: number, limit: number): readonly Change[]
}

function storeFeed(db: Database): OwnFeed {
  // One entity: its store's settings with its own difference, where the later of both stands.
  const select = db.prepare<[string, string, number, number], Positioned & StoreChangeRow>(
    `SELECT * FROM (
       SELECT max(t.change_seq, coalesce(s.difference_seq, 0)) AS change_seq, t.store, t.settings, s.difference
       FROM stores t LEFT JOIN stations s ON s.station_id = ? WHERE t.store_id = ?)
     WHERE change_seq > ? AND change_seq <= ?`,
  )
  return {
    read: ({ stationId, store: { storeId } }, after, upTo) =>
      select.all(stationId, storeId, after, upTo).map(storeChange),
  }
}

export interface ChangeFeed {
  /**
   * What has changed for a station since a place: each entity as it is now, by the position of its latest change. `gone`
   * when changes cannot bring its copy up to date.
   */
  since(query: ChangesQuery): ChangesAnswer
  /** The latest position. */
  position(): number
  /** What a station's copy that is begun now holds. */
  plan(station: StationContext, now: number): CopyPlan
}

/** Something at a position: a change, or a holder that is sent whole. */
interface Item {
  readonly changeSeq: number
  readonly changes: () => readonly Change[]
}

/** One writer at a time means that every position below the last one is visible. Call inside a read transaction. */
export function changeFeed(db: Database, definitions: Definitions): ChangeFeed {
  const shared = sharedFeeds(db)
  const own: readonly OwnFeed[] = [storeFeed(db), conflictFeed(db), leaseFeed(db)]
  const entered = enteredHolders(db)
  const known = epochs(db)
  const scopeOf = copyScope(db)
  const widened = widenings(db)
  const lastPosition = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck()
  const position = () => lastPosition.get() ?? 0
  const leftOut = elsewhereByStore()

  const begin = ({ station, now }: ChangesQuery): FeedPlace => ({
    position: 0,
    own: 0,
    epoch: known.of(0),
    beganAt: now,
    scope: scopeOf(station.store.storeId, station.settings.replica, now),
  })

  /** Why changes cannot bring a copy at `place` up to date; null: they can. */
  const goneBecause = (storeId: string, place: FeedPlace, last: number, now: number) => {
    // The feed has not come that far, or got there another way: this is a backup, and the copy is of what it lost.
    if (place.position > last || known.of(place.position) !== place.epoch) return 'cursor_foreign'
    if (now - place.beganAt > COPY_LASTS_MS || last - place.position > FAR_BEHIND) return 'cursor_expired'
    return widened.leftOut(storeId, place) ? 'cursor_expired' : null
  }

  /** The next positions of everything that is for a station. */
  const nextPage = (station: StationContext, view: CopyView, after: number, last: number, limit: number) => {
    const upTo = Math.min(last, after + WINDOW)
    const alone = (change: Change): Item => ({ changeSeq: change.changeSeq, changes: () => [change] })
    const changed = [
      ...shared.map((feed) => feed.read(view, after, upTo, limit + 1)),
      ...own.map((feed) => feed.read(station, after, upTo, limit + 1)),
    ]
    const came = view.scope.day > 0 ? entered.read(view, after, upTo, MOST_ENTERED + 1) : []
    const whole = came.map((one): Item => ({ changeSeq: one.changeSeq, changes: () => entered.whole(view, one) }))
    const found = changed.map((changes) => ({ items: changes.map(alone), most: limit }))
    const { items, reached } = mergeFound([...found, { items: whole, most: MOST_ENTERED }], upTo, limit)
    return { changes: items.flatMap((item) => item.changes()), reached }
  }

  const ownChanges = (station: StationContext, after: number, upTo: number, limit: number) =>
    mergeFound(
      own.map((feed) => ({ items: feed.read(station, after, upTo, limit + 1), most: limit })),
      upTo,
      limit,
    )

  return {
    position,
    plan({ store: { storeId }, settings }, now) {
      const scope = scopeOf(storeId, settings.replica, now)
      const elsewhere: readonly string[] = JSON.parse(leftOut(definitions.current(), storeId))
      const key = scope.day > 0 ? `store ${storeId}` : `everybody, without ${elsewhere.join(' ')}`
      return { key, storeId, scope, elsewhere }
    },
    since(query) {
      const { station, limit, now } = query
      const last = position()
      const place = query.after ?? begin(query)
      const { storeId } = station.store
      const gone = goneBecause(storeId, place, last, now)
      if (gone) return { kind: 'gone', reason: gone }

      if (place.own < place.position) {
        const { items: changes, reached } = ownChanges(station, place.own, place.position, limit)
        const more = reached < place.position || place.position < last
        return { kind: 'page', changes, place: { ...place, own: reached }, more }
      }
      const view = { storeId, scope: place.scope, elsewhere: leftOut(definitions.current(), storeId) }
      const { changes, reached } = nextPage(station, view, place.position, last, limit)
      const next = { ...place, position: reached, own: reached, epoch: known.of(reached) }
      return { kind: 'page', changes, place: next, more: reached < last }
    },
  }
}

/** Once for each store and state of the campaigns. */
function elsewhereByStore(): (campaigns: ReadonlyMap<string, Campaign>, storeId: string) => string {
  let of: ReadonlyMap<string, Campaign> | null = null
  let byStore = new Map<string, string>()
  return (campaigns, storeId) => {
    if (of !== campaigns) {
      of = campaigns
      byStore = new Map()
    }
    const before = byStore.get(storeId)
    if (before !== undefined) return before
    const text = JSON.stringify(elsewhere(campaigns.values(), storeId))
    byStore.set(storeId, text)
    return text
  }
}
