import type { Database } from 'better-sqlite3'
import type { Unit } from '../deciding/unit.ts'
import type { FeedPlace } from '../feedPlace.ts'

/** Stands for every store. */
const EVERY_STORE = ''

/** Clocks of several server processes differ by less than this. */
const CLOCKS_DIFFER_MS = 60_000

export interface Widenings {
  /** A campaign can be used at more stores from now on; `storeIds` null: at every one. */
  widened(unit: Unit, storeIds: readonly string[] | null): void
  /**
   * Whether a store's copy at `place` was begun when a campaign was elsewhere that is here now: it has left its coupons out,
   * and changes will not bring them.
   */
  leftOut(storeId: string, place: FeedPlace): boolean
}

export function widenings(db: Database): Widenings {
  const put = db.prepare<[string, number, number]>(
    'INSERT INTO campaign_widenings (store_id, change_seq, at) VALUES (?, ?, ?)',
  )
  const since = db
    .prepare<[string, string, number, number], number>(
      'SELECT 1 FROM campaign_widenings WHERE store_id IN (?, ?) AND change_seq > ? AND at >= ? LIMIT 1',
    )
    .pluck()
  return {
    widened(unit, storeIds) {
      if (storeIds?.length === 0) return
      const position = unit.nextChange()
      for (const storeId of storeIds ?? [EVERY_STORE]) put.run(storeId, position, unit.now)
    },
    leftOut: (storeId, { position, beganAt }) =>
      since.get(storeId, EVERY_STORE, position, beganAt - CLOCKS_DIFFER_MS) !== undefined,
  }
}
