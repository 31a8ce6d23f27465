import type { StationSettings } from '../../../../core/contract/stations.ts'
import { dayOf } from '../../deciding/activity.ts'
import { type CopyScope, EVERYBODY } from '../../feedPlace.ts'
import type { Queries } from '../desk.ts'

/**
 * Whom a copy that is begun now holds: everybody where there are no more than the settings allow, else those who were at
 * the store or got coupons for it last.
 */
export async function copyScope(
  view: Queries,
  storeId: string,
  { activityDays, maxHolders }: StationSettings['replica'],
  now: number,
): Promise<CopyScope> {
  if (
    activityDays === null &&
    (await view.one('SELECT 1 FROM holders OFFSET $1 LIMIT 1', [maxHolders])) === undefined
  ) {
    return EVERYBODY
  }
  // Nobody yet: whoever comes from tomorrow on.
  if (maxHolders === 0) return { day: dayOf(now) + 1, holderId: '' }
  const since = Math.max(1, activityDays === null ? 1 : dayOf(now) - activityDays)
  const nth = await view.one<CopyScope>(
    `SELECT max(day) AS day, holder_id AS "holderId" FROM holder_activity WHERE store_id IN ($1, '') AND day >= $2
     GROUP BY holder_id ORDER BY 1 DESC, 2 DESC OFFSET $3 LIMIT 1`,
    [storeId, since, maxHolders - 1],
  )
  return nth ?? { day: since, holderId: '' }
}
