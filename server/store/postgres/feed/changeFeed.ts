import type { Change } from '../../../../core/contract/changes.ts'
import type { StationContext } from '../../commands.ts'
import type { ChangesAnswer, ChangesQuery, CopyPlan } from '../../couponStore.ts'
import { MOST_ENTERED, mergeFound, WINDOW } from '../../feedPage.ts'
import type { FeedPlace } from '../../feedPlace.ts'
import { COPY_LASTS_MS, FAR_BEHIND } from '../../keeping.ts'
import { elsewhere } from '../../storesOf.ts'
import type { DefinitionsIn } from '../definitions.ts'
import type { Desk, Queries } from '../desk.ts'
import { copyScope } from './copyScope.ts'
import { type CopyView, enteredHolders, ownChanges, sharedChanges, wholeHolders } from './tables.ts'

export interface ChangeFeed {
  since(query: ChangesQuery): Promise<ChangesAnswer>
  position(): Promise<number>
  plan(station: StationContext, now: number): Promise<CopyPlan>
}

/** Clocks of several server processes differ by less than this. */
const CLOCKS_DIFFER_MS = 60_000

/**
 * The position up to which every change is there for whoever takes a view of the database after this call, and the last one
 * that was given out at all.
 */
export async function feedEnd(desk: Queries): Promise<{ readonly end: number; readonly last: number }> {
  const row = await desk.one<{ end: number; last: number }>(
    'SELECT feed_end() AS "end", (SELECT last_value FROM change_positions) AS last',
  )
  if (!row) throw new Error('the feed has no end')
  return row
}

/** Who wrote a position; '' for the beginning, which all databases share. */
export async function epochOf(view: Queries, position: number): Promise<string> {
  const row = await view.one<{ epoch: string }>(
    'SELECT epoch FROM feed_epochs WHERE from_position < $1 ORDER BY from_position DESC LIMIT 1',
    [position],
  )
  return row?.epoch ?? ''
}

/** Changes by cursor. Each page is of one view of the database, taken after the end of the feed was looked up. */
export function changeFeed(desk: Desk, definitions: DefinitionsIn): ChangeFeed {
  /** Why changes cannot bring a copy at `place` up to date; null: they can. */
  const goneBecause = async (view: Queries, storeId: string, place: FeedPlace, last: number, now: number) => {
    // The feed has not come that far, or got there another way: this is a backup, and the copy is of what it lost.
    if (place.position > last || (await epochOf(view, place.position)) !== place.epoch) return 'cursor_foreign'
    if (now - place.beganAt > COPY_LASTS_MS || last - place.position > FAR_BEHIND) return 'cursor_expired'
    return (await wasLeftOut(view, storeId, place)) ? 'cursor_expired' : null
  }

  const nextPage = async (
    view: Queries,
    station: StationContext,
    of: CopyView,
    after: number,
    end: number,
    limit: number,
  ) => {
    const upTo = Math.min(end, after + WINDOW)
    const window = { after, upTo, limit: limit + 1 }
    const changed = [...(await sharedChanges(view, of, window)), ...(await ownChanges(view, station, window))]
    const came = of.scope.day > 0 ? await enteredHolders(view, of, { ...window, limit: MOST_ENTERED + 1 }) : []
    const found = changed.map((changes) => ({ items: changes.map(alone), most: limit }))
    const holders = came.map(({ changeSeq }): Item => ({ changeSeq, change: null }))
    const { items, reached } = mergeFound([...found, { items: holders, most: MOST_ENTERED }], upTo, limit)
    const shown = came.filter(({ changeSeq }) => changeSeq <= reached)
    const whole = await wholeHolders(view, of, shown)
    const changes = items.flatMap(({ change, changeSeq }) => change ?? whole.get(changeSeq) ?? [])
    return { changes, reached }
  }

  return {
    position: async () => (await feedEnd(desk)).end,

    plan: ({ store: { storeId }, settings }, now) =>
      desk.read(async (view) => {
        const scope = await copyScope(view, storeId, settings.replica, now)
        const leftOut = elsewhere((await definitions(view)).values(), storeId)
        const key = scope.day > 0 ? `store ${storeId}` : `everybody, without ${leftOut.join(' ')}`
        return { key, storeId, scope, elsewhere: leftOut }
      }),

    async since({ station, after, limit, now }) {
      const { end, last } = await feedEnd(desk)
      return desk.read(async (view): Promise<ChangesAnswer> => {
        const { storeId } = station.store
        const place = after ?? (await begin(view, station, now))
        const gone = await goneBecause(view, storeId, place, last, now)
        if (gone) return { kind: 'gone', reason: gone }

        if (place.own < place.position) {
          const window = { after: place.own, upTo: place.position, limit: limit + 1 }
          const found = (await ownChanges(view, station, window)).map((changes) => ({ items: changes, most: limit }))
          const { items: changes, reached } = mergeFound(found, place.position, limit)
          const more = reached < place.position || place.position < end
          return { kind: 'page', changes, place: { ...place, own: reached }, more }
        }
        // A transaction that began in between holds the end back for a moment: what a copy has stays final.
        if (end <= place.position) return { kind: 'page', changes: [], place, more: false }
        const leftOut = elsewhere((await definitions(view)).values(), storeId)
        const of = { storeId, scope: place.scope, elsewhere: leftOut }
        const { changes, reached } = await nextPage(view, station, of, place.position, end, limit)
        const next = { ...place, position: reached, own: reached, epoch: await epochOf(view, reached) }
        return { kind: 'page', changes, place: next, more: reached < end }
      })
    },
  }
}

/** Something at a position: a change, or with null a holder that is sent whole. */
interface Item {
  readonly changeSeq: number
  readonly change: Change | null
}

const alone = (change: Change): Item => ({ changeSeq: change.changeSeq, change })

async function begin(view: Queries, { store, settings }: StationContext, now: number): Promise<FeedPlace> {
  const scope = await copyScope(view, store.storeId, settings.replica, now)
  return { position: 0, own: 0, epoch: '', beganAt: now, scope }
}

/**
 * Whether a store's copy at `place` was begun when a campaign was elsewhere that is here now: it has left its coupons out,
 * and changes will not bring them.
 */
async function wasLeftOut(view: Queries, storeId: string, { position, beganAt }: FeedPlace): Promise<boolean> {
  const widened = await view.one(
    "SELECT 1 FROM campaign_widenings WHERE store_id IN ($1, '') AND change_seq > $2 AND at >= $3 LIMIT 1",
    [storeId, position, beganAt - CLOCKS_DIFFER_MS],
  )
  return widened !== undefined
}
