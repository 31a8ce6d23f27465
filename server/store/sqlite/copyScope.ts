import type { Database } from 'better-sqlite3'
import type { StationSettings } from '../../../core/contract/stations.ts'
import { dayOf } from '../deciding/activity.ts'
import { type CopyScope, EVERYBODY } from '../feedPlace.ts'

/**
 * Whom a copy that is begun now holds: everybody where there are no more than the settings allow, else those who were at
 * the store or got coupons for it last.
 */
export function copyScope(
  db: Database,
): (storeId: string, settings: StationSettings['replica'], now: number) => CopyScope {
  const beyond = db.prepare<[number], number>('SELECT 1 FROM holders LIMIT 1 OFFSET ?').pluck()
  const nth = db.prepare<[string, number, number], CopyScope>(
    `SELECT max(day) AS day, holder_id AS holderId FROM holder_activity WHERE store_id IN (?, '') AND day >= ?
     GROUP BY holder_id ORDER BY day DESC, holder_id DESC LIMIT 1 OFFSET ?`,
  )
  return (storeId, { activityDays, maxHolders }, now) => {
    if (activityDays === null && beyond.get(maxHolders) === undefined) return EVERYBODY
    // Nobody yet: whoever comes from tomorrow on.
    if (maxHolders === 0) return { day: dayOf(now) + 1, holderId: '' }
    const since = Math.max(1, activityDays === null ? 1 : dayOf(now) - activityDays)
    return nth.get(storeId, since, maxHolders - 1) ?? { day: since, holderId: '' }
  }
}
