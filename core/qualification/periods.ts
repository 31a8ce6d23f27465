import type { Store } from '../objective.ts'
import { unreachable } from '../outcome.ts'
import { isoDate, isoWeekday, type LocalMoment, localMoment } from './localMoment.ts'

export type Period = 'day' | 'week' | 'month'

/** The local date (as an epoch day) that the store's books put a moment on: hours before its cut-off are yesterday's. */
export function businessDay(moment: LocalMoment, store: Pick<Store, 'businessDayStartHour'>): number {
  return moment.minuteOfDay < store.businessDayStartHour * 60 ? moment.epochDay - 1 : moment.epochDay
}

/** The store's business day that contains `now` (epoch milliseconds), as days since 1970 of its local date. */
export function businessDayAt(now: number, store: Pick<Store, 'timeZone' | 'businessDayStartHour'>): number {
  return businessDay(localMoment(now, store.timeZone), store)
}

/**
 * Names the store's business day (`2026-11-22`), ISO week (`2026-W47`, Monday to Sunday) or month (`2026-11`) that
 * contains `now` (epoch milliseconds): the key under which a holder's uses are counted.
 */
export function periodKey(period: Period, now: number, store: Store): string {
  const day = businessDayAt(now, store)
  switch (period) {
    case 'day':
      return isoDate(day)
    case 'week':
      return isoWeek(day)
    case 'month':
      return isoDate(day).slice(0, 7)
    default:
      return unreachable(period)
  }
}

/** ISO 8601: a week belongs to the year that has its Thursday. */
function isoWeek(epochDay: number): string {
  const thursday = epochDay - isoWeekday(epochDay) + 4
  const year = isoDate(thursday).slice(0, 4)
  const newYear = Date.UTC(Number(year), 0, 1) / 86_400_000
  return `${year}-W${String(Math.floor((thursday - newYear) / 7) + 1).padStart(2, '0')}`
}
