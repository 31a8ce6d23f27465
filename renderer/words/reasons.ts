import type { TFunction } from 'i18next'
import type { Params } from '../../core/contract/problem.ts'
import { isKnownReason, type ReasonGroup } from '../../core/reasonCodes.ts'
import { money } from './amounts.ts'
import { type Language, WORDS } from './languages.ts'
import { day } from './times.ts'

/** A reason as it comes: open on the wire, its group closed. */
export interface GivenReason {
  readonly reason: string
  readonly reasonGroup: ReasonGroup
  readonly params: Params
}

export interface ReasonWords {
  /** What is the matter, a few words. */
  readonly text: string
  /** What the cashier can do about it. */
  readonly todo: string
}

const MONEY_PARAMS: readonly string[] = ['missing', 'amount', 'minimum', 'value']
/** 2001-09-09: a number above it is a time in epoch milliseconds, not a count. */
const EARLIEST_TIME = 1_000_000_000_000

/**
 * Puts a reason into words. The most exact wording whose placeholders are all among `params` is taken; a reason that a
 * newer server knows and we do not gets the words of its group.
 */
export function reasonWords(
  given: GivenReason,
  place: { language: Language; currency: string; now: number; t: TFunction },
): ReasonWords {
  if (!isKnownReason(given.reason)) {
    const group = `reasons.groups.${given.reasonGroup}` as const
    return { text: place.t(`${group}.text`), todo: place.t(`${group}.todo`) }
  }
  const words: { text: string; details?: readonly string[]; todo: string } =
    WORDS[place.language].reasons.codes[given.reason]
  const shown = Object.fromEntries(
    Object.entries(given.params).map(([name, value]) => [name, paramWords(name, value, place)]),
  )
  const exact = words.details?.findIndex((detail) => placeholders(detail).every((name) => name in shown)) ?? -1
  const code = `reasons.codes.${given.reason}`
  return {
    text: exact >= 0 ? place.t(`${code}.details.${exact}`, shown) : place.t(`${code}.text`),
    todo: place.t(`${code}.todo`),
  }
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')
}

/** Amounts and times as the language writes them; a time of day (`22:00`) and a count stay as they are. */
function paramWords(
  name: string,
  value: string | number | boolean,
  { language, currency, now }: { language: Language; currency: string; now: number },
): string {
  if (typeof value === 'number') {
    if (MONEY_PARAMS.includes(name)) return money(language, currency, value)
    return value > EARLIEST_TIME ? day(language, value, now) : new Intl.NumberFormat(language).format(value)
  }
  const at = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? String(value) : day(language, at, now)
}
