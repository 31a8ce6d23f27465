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

/** The holder_activity table, inside one transaction. */
export interface ActivityRows {
  /** null: never. */
  lastDay(storeId: string, holderId: string): number | null
  put(storeId: string, holderId: string, day: number, changeSeq: number): void
}

/** Where holders were when, to the day: what a store's copies are cut by. */
export function activity(rows: ActivityRows): Activity {
  const mark = (unit: Unit, storeId: string, holderId: string): void => {
    const today = dayOf(unit.now)
    // The second time on a day says nothing new. A clock that was set back makes nobody older.
    if ((rows.lastDay(storeId, holderId) ?? -1) < today) rows.put(storeId, holderId, today, unit.nextChange())
  }
  return {
    atStore: mark,
    gotCoupon(unit, campaign, holderId) {
      for (const storeId of (campaign && storesOf(campaign)) ?? [EVERY_STORE]) mark(unit, storeId, holderId)
    },
  }
}
