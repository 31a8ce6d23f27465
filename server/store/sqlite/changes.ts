import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Change } from '../../../core/contract/changes.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { Store } from '../../../core/objective.ts'
import type { StationContext } from '../commands.ts'
import type { ChangesAnswer, ChangesQuery, CopyPlan } from '../couponStore.ts'
import type { Definitions } from '../deciding/definitions.ts'
import type { FeedPlace } from '../feedPlace.ts'
import { COPY_LASTS_MS, FAR_BEHIND } from '../keeping.ts'
import { elsewhere } from '../storesOf.ts'
import { conflictFeed } from './conflictFeed.ts'
import { copyScope } from './copyScope.ts'
import { epochs } from './epochs.ts'
import { leaseFeed } from './leaseRows.ts'
import { type CopyView, enteredHolders, sharedFeeds } from './sharedFeeds.ts'

/** Positions looked through for one page, so that a copy of few holders does not hold the others up. */
const WINDOW = 20_000
/** Holders sent whole on one page. */
const MOST_ENTERED = 100

/** What concerns one station or its store alone: few rows, which a snapshot does not carry. */
interface OwnFeed {
  /** Changes in the positions after `after` up to `upTo`, oldest first. */
  read(station: StationContext, after: number, upTo: number, limit: number): readonly Change[]
}

function storeFeed(db: Database): OwnFeed {
  const select = db.prepare<[number, number, string], { change_seq: number; store: string; settings: string }>(
    'SELECT change_seq, store, settings FROM stores WHERE change_seq > ? AND change_seq <= ? AND store_id = ?',
  )
  return {
    read: ({ store: { storeId } }, after, upTo) =>
      select.all(after, upTo, storeId).map((row) => ({
        kind: 'station',
        changeSeq: row.change_seq,
        store: Store.parse(JSON.parse(row.store)),
        settings: StationSettings.parse(JSON.parse(row.settings)),
      })),
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
  const goneBecause = (place: FeedPlace, last: number, now: number) => {
    // The feed has not come that far, or got there another way: this is a backup, and the copy is of what it lost.
    if (place.position > last || known.of(place.position) !== place.epoch) return 'cursor_foreign'
    return now - place.beganAt > COPY_LASTS_MS || last - place.position > FAR_BEHIND ? 'cursor_expired' : null
  }

  /** The next positions of everything that is for a station. */
  const nextPage = (station: StationContext, view: CopyView, after: number, last: number, limit: number) => {
    const upTo = Math.min(last, after + WINDOW)
    let reached = upTo
    const items: Item[] = []
    const collect = (found: readonly Item[], most: number): void => {
      // What comes after the most that was asked for is not known to be all.
      if (found.length > most) reached = Math.min(reached, found[most - 1]?.changeSeq ?? reached)
      items.push(...found)
    }
    const alone = (change: Change): Item => ({ changeSeq: change.changeSeq, changes: () => [change] })
    for (const feed of shared) collect(feed.read(view, after, upTo, limit + 1).map(alone), limit)
    for (const feed of own) collect(feed.read(station, after, upTo, limit + 1).map(alone), limit)
    if (view.scope.day > 0) {
      const found = entered.read(view, after, upTo, MOST_ENTERED + 1)
      collect(
        found.map((one) => ({ changeSeq: one.changeSeq, changes: () => entered.whole(view, one) })),
        MOST_ENTERED,
      )
    }
    items.sort((a, b) => a.changeSeq - b.changeSeq)
    if (items.length > limit) reached = Math.min(reached, items[limit - 1]?.changeSeq ?? reached)
    const changes = items.filter(({ changeSeq }) => changeSeq <= reached).flatMap((item) => item.changes())
    return { changes, reached }
  }

  const ownChanges = (station: StationContext, after: number, upTo: number, limit: number): readonly Change[] =>
    own
      .flatMap((feed) => feed.read(station, after, upTo, limit + 1))
      .sort((a, b) => a.changeSeq - b.changeSeq)
      .slice(0, limit + 1)

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
      const gone = goneBecause(place, last, now)
      if (gone) return { kind: 'gone', reason: gone }

      const { storeId } = station.store
      if (place.own < place.position) {
        const found = ownChanges(station, place.own, place.position, limit)
        const rest = found.length > limit
        const reached = rest ? (found[limit - 1]?.changeSeq ?? place.own) : place.position
        const changes = rest ? found.slice(0, limit) : found
        return { kind: 'page', changes, place: { ...place, own: reached }, more: rest || place.position < last }
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
