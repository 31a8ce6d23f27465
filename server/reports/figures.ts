import type { Figures } from '../../core/contract/reports.ts'
import type { DailyFigures } from '../store/officeReads.ts'

export const NOTHING: Figures = {
  issued: 0,
  acquired: 0,
  redeemed: 0,
  discount: 0,
  forced: 0,
  forcedDiscount: 0,
  rolledBack: 0,
  expired: 0,
}

/** Figures of several added up. */
export function sumOf(all: Iterable<Figures>): Figures {
  const sum = { ...NOTHING }
  for (const figures of all) {
    for (const name of Object.keys(sum) as (keyof Figures)[]) sum[name] += figures[name]
  }
  return sum
}

/** `worth`: whether the discount is in the report's currency, and so can be added to others. */
export function toFigures(daily: DailyFigures, worth: boolean): Figures {
  const { issued, acquired, redeemed, forced, rolledBack } = daily
  return {
    ...NOTHING,
    issued,
    acquired,
    redeemed,
    forced,
    rolledBack,
    ...(worth ? { discount: daily.discount, forcedDiscount: daily.forcedDiscount } : {}),
  }
}
