import type { Limits } from '../../../core/campaigns/rules.ts'
import type { Store } from '../../../core/objective.ts'
import { periodKey } from '../../../core/qualification/periods.ts'

type CountedPeriod = Parameters<typeof periodKey>[0]

/** By store and period: the key of the latest minute. Business days begin at whole minutes. */
const latest = new Map<string, { readonly minute: number; readonly key: string }>()

/** The key under which a use at `now` (epoch milliseconds) counts for `holderPeriod`; null without that limit. */
export function countedPeriod(limits: Limits | null | undefined, now: number, store: Store): string | null {
  const period = limits?.holderPeriod?.period
  return period ? periodAt(period, now, store) : null
}

/** The key of the period around `now`. */
export function periodAt(period: CountedPeriod, now: number, store: Store): string {
  const minute = Math.floor(now / 60_000)
  const place = `${period} ${store.businessDayStartHour} ${store.timeZone}`
  const known = latest.get(place)
  if (known?.minute === minute) return known.key
  const key = periodKey(period, now, store)
  latest.set(place, { minute, key })
  return key
}
