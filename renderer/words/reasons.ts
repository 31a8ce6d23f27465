import type { TFunction } from 'i18next'
import type { Params } from '../../core/contract/problem.ts'
import type { ReasonGroup } from '../../core/reasonCodes.ts'
import { money } from './amounts.ts'
import { type Language, WORDS } from './languages.ts'
import { day, weekday } from './times.ts'

/** A reason as it comes: open on the wire, its group closed. */
export interface GivenReason {
  readonly reason: string
  readonly reasonGroup: ReasonGroup
  readonly params: Params
}

interface Place {
  readonly language: Language
  readonly currency: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly t: TFunction
}

export interface ReasonWords {
  /** What is the matter, a few words. */
  readonly text: string
  /** What the cashier can do about it. */
  readonly todo: string
}

const MONEY_PARAMS: readonly string[] = ['missing', 'amount', 'minimum', 'value', 'left', 'maxValue']
/** 2001-09-09: a number above it is a time in epoch milliseconds, not a count. */
const EARLIEST_TIME = 1_000_000_000_000

/**
 * Puts a reason into words. The most exact wording whose placeholders are all among `params` is taken; a parameter that is
 * false may have words of its own. A reason that a newer server knows and we do not gets the words of its group.
 */
export function reasonWords(given: GivenReason, place: Place): ReasonWords {
  const words = wordsOf(place.language, given.reason)
  if (words === undefined) {
    const group = `reasons.groups.${given.reasonGroup}`
    return { text: place.t(`${group}.text`), todo: place.t(`${group}.todo`) }
  }
  const shown = Object.fromEntries(
    Object.entries(given.params).map(([name, value]) => [name, paramWords(name, value, place)]),
  )
  const exact = words.details?.findIndex((detail) => placeholders(detail).every((name) => name in shown)) ?? -1
  const denied = Object.keys(words.without ?? {}).find((name) => given.params[name] === false)
  if (denied !== undefined) {
    const closer = `reasons.codes.${given.reason}.without.${denied}`
    return { text: place.t(`${closer}.text`), todo: place.t(`${closer}.todo`) }
  }
  const code = `reasons.codes.${given.reason}`
  return {
    text: exact >= 0 ? place.t(`${code}.details.${exact}`, shown) : place.t(`${code}.text`),
    todo: place.t(`${code}.todo`),
  }
}

/** The locales' words for a reason: all of `core/reasonCodes`, and `core/counter/ownReasons`. */
function wordsOf(language: Language, reason: string): Wording | undefined {
  const codes: Readonly<Record<string, Wording>> = WORDS[language].reasons.codes
  return Object.hasOwn(codes, reason) ? codes[reason] : undefined
}

interface Wording {
  readonly text: string
  /** More exact than `text`, each for when all of its placeholders are known. */
  readonly details?: readonly string[]
  /** Other words for when a parameter of this name is false. */
  readonly without?: Readonly<Record<string, { readonly text: string; readonly todo: string }>>
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')
}

/** Amounts, times, weekdays and kinds as the language writes them; a time of day (`22:00`) and a count as they are. */
function paramWords(name: string, value: string | number | boolean, place: Place): string {
  const { language, currency, now, t } = place
  if (typeof value === 'number') {
    if (MONEY_PARAMS.includes(name)) return money(language, currency, value)
    return value > EARLIEST_TIME ? day(language, value, now) : new Intl.NumberFormat(language).format(value)
  }
  if (typeof value === 'boolean') return String(value)
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' })
  switch (name) {
    case 'weekdays':
      return list.format(value.split(',').map((number) => weekday(language, Number(number))))
    case 'types':
      return list.format(value.split(',').map((type) => t(`simulator.types.${type}`)))
    case 'period':
      return t(`reasons.periods.${value}`)
    default: {
      const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
      return Number.isNaN(at) ? value : day(language, at, now)
    }
  }
}
