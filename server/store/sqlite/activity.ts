import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import { storesOf } from '../storesOf.ts'
import type { Unit } from './unit.ts'

const DAY_MS = 86_400_000

/** Days since 1970, UTC. */
export const dayOf = (time: number): number => Math.floor(time / DAY_MS)

/** Stands for every store. */
const EVERY_STORE = ''

export interface Activity {
  /** A holder was at a store. */
  atStore(unit: Unit, storeId: string, holderId: string): void
  /** A holder got a coupon of a campaign: every store where it can be used should know the holder. */
  gotCoupon(unit: Unit, campaign: Campaign | undefined, holderId: string): void
}

/** Where holders were when, to the day: what a store's copies are cut by. */
export function activity(db: Database): Activity {
  const lastDay = db
    .prepare<[string, string], number>('SELECT day FROM holder_activity WHERE store_id = ? AND holder_id = ?')
    .pluck()
  const put = db.prepare<[string, string, number, number]>(
    `INSERT INTO holder_activity (store_id, holder_id, day, change_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_id, holder_id) DO UPDATE SET day = excluded.day, change_seq = excluded.change_seq`,
  )
  const mark = (unit: Unit, storeId: string, holderId: string): void => {
    const today = dayOf(unit.now)
    // The second time on a day says nothing new. A clock that was set back makes nobody older.
    if ((lastDay.get(storeId, holderId) ?? -1) < today) put.run(storeId, holderId, today, unit.nextChange())
  }
  return {
    atStore: mark,
    gotCoupon(unit, campaign, holderId) {
      for (const storeId of (campaign && storesOf(campaign)) ?? [EVERY_STORE]) mark(unit, storeId, holderId)
    },
  }
}
