import type { CampaignRules, Condition } from '../campaigns/rules.ts'
import type { PlacedObjective } from '../objective.ts'
import type { Basket } from './basket.ts'
import { sumOf } from './benefits.ts'
import { matches } from './itemFilter.ts'
import { isoWeekday, type LocalMoment } from './localMoment.ts'
import { businessDay } from './periods.ts'
import type { Refusal } from './standing.ts'

type ConditionOf<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>

function conditionsOf<Kind extends Condition['kind']>(rules: CampaignRules, kind: Kind): ConditionOf<Kind>[] {
  return rules.conditions.filter((condition): condition is ConditionOf<Kind> => condition.kind === kind)
}

/**
 * Where: `wrong_store` when the store is not among the campaign's, or the purchase is in another currency than the
 * campaign (`{currency}`: what it is worth is only known where that is the money).
 */
export function storeRefusal(rules: CampaignRules, objective: PlacedObjective): Refusal | null {
  if (rules.currency !== objective.currency) return { reason: 'wrong_store', params: { currency: rules.currency } }
  const elsewhere = conditionsOf(rules, 'stores').some(({ storeIds }) => !storeIds.includes(objective.store.storeId))
  return elsewhere ? { reason: 'wrong_store', params: {} } : null
}

/** How the customer identified themselves: `medium_too_weak` with what would do (`{types}` or `{entries}`, comma-separated). */
export function mediumRefusal(rules: CampaignRules, { medium }: PlacedObjective): Refusal | null {
  for (const { types, entries } of conditionsOf(rules, 'media')) {
    if (types.length > 0 && !types.includes(medium.type)) {
      return { reason: 'medium_too_weak', params: { types: types.join(',') } }
    }
    if (entries.length > 0 && !entries.includes(medium.entry)) {
      return { reason: 'medium_too_weak', params: { entries: entries.join(',') } }
    }
  }
  return null
}

/**
 * When, by the store's wall clock: `wrong_time` with `{from, until}` or `{weekdays}` (ISO numbers, comma-separated). After
 * midnight a night still belongs to the weekday on which it began: until the store's cut-off hour, and until the end of
 * a campaign's hours that cross midnight.
 */
export function timeRefusal(rules: CampaignRules, objective: PlacedObjective, moment: LocalMoment): Refusal | null {
  const hours = conditionsOf(rules, 'hours')
  for (const { from, until } of hours) {
    if (!isWithin(moment.minuteOfDay, minuteOf(from), minuteOf(until))) {
      return { reason: 'wrong_time', params: { from, until } }
    }
  }
  const isAfterMidnight = hours.some(
    ({ from, until }) => minuteOf(until) <= minuteOf(from) && moment.minuteOfDay < minuteOf(until),
  )
  const day = isAfterMidnight ? moment.epochDay - 1 : businessDay(moment, objective.store)
  for (const { weekdays } of conditionsOf(rules, 'weekdays')) {
    if (!weekdays.includes(isoWeekday(day))) return { reason: 'wrong_time', params: { weekdays: weekdays.join(',') } }
  }
  return null
}

/** The minutes of the day at which `timeRefusal` may change its mind; empty when it never does. */
export function timeBoundaries(rules: CampaignRules, { store }: PlacedObjective): number[] {
  const hours = conditionsOf(rules, 'hours').flatMap(({ from, until }) => [
    minuteOf(from) % 1_440,
    minuteOf(until) % 1_440,
  ])
  if (conditionsOf(rules, 'weekdays').length === 0) return hours
  return [...hours, 0, store.businessDayStartHour * 60]
}

/** Indexes of the basket's lines that the campaign does not exclude: these count in its other conditions. */
export function countingLines(rules: CampaignRules, basket: Basket): number[] {
  const exclusions = conditionsOf(rules, 'excluded_items')
  const counting: number[] = []
  basket.lines.forEach((line, index) => {
    if (!exclusions.some(({ items }) => matches(items, line))) counting.push(index)
  })
  return counting
}

/** What must be bought: `no_matching_item` with `{missingPieces}`. */
export function itemsRefusal(rules: CampaignRules, basket: Basket, counting: readonly number[]): Refusal | null {
  for (const { items, minPieces } of conditionsOf(rules, 'items')) {
    const pieces = counting.reduce((sum, index) => {
      const line = basket.lines[index]
      return line && matches(items, line) ? sum + line.pieces : sum
    }, 0)
    if (pieces < minPieces) return { reason: 'no_matching_item', params: { missingPieces: minPieces - pieces } }
  }
  return null
}

/**
 * How much must be spent: `min_spend_not_met` with `{amount, missing, currency}`, minor units. Coupons of the same redemption
 * do not lower what was spent; a POS's own discount on the total does.
 */
export function spendRefusal(rules: CampaignRules, basket: Basket, counting: readonly number[]): Refusal | null {
  const prices = basket.lines.map(({ price }) => price)
  const spent = Math.min(sumOf(counting, prices), basket.total)
  for (const { amount } of conditionsOf(rules, 'min_spend')) {
    if (spent < amount) {
      return {
        reason: 'min_spend_not_met',
        params: { amount, missing: amount - spent, currency: rules.currency },
      }
    }
  }
  return null
}

function minuteOf(localTime: string): number {
  return Number(localTime.slice(0, 2)) * 60 + Number(localTime.slice(3, 5))
}

function isWithin(minute: number, from: number, until: number): boolean {
  return until > from ? minute >= from && minute < until : minute >= from || minute < until
}
