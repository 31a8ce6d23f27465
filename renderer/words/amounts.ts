import { directionOf } from './direction.ts'

/** How many minor units make one: 0 for JPY, 2 for USD. Taken from Intl, which has ISO 4217. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0
}

/** An amount of minor units as the language writes it: `¥1,200`, `$12.00`. */
export function money(language: string, currency: string, amount: number): string {
  return isolated(language, written(language, currency, amount))
}

/** A discount with a real minus sign: `−¥350`. */
export function discount(language: string, currency: string, amount: number): string {
  return isolated(language, `−${written(language, currency, amount)}`)
}

function written(language: string, currency: string, amount: number): string {
  const parts = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(amount / 10 ** minorDigits(currency))
    .map(({ type, value }) => (type === 'currency' ? shortSymbol(value) : value))
  return parts.join('').replace(DIRECTION_MARKS, '')
}

/** Intl gives Japanese the full-width sign, which tears large figures apart, and Arabic `JP¥`; shops print `¥`. */
const shortSymbol = (symbol: string): string => symbol.replace('￥', '¥').replace(/^[A-Z]{1,2}(?=\p{Sc}$)/u, '')

/** Intl's own, which hold only where nothing stands around the amount. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/gu

/** In a line from right to left an amount keeps its own direction (UAX #9), or its minus would stand behind it. */
const isolated = (language: string, amount: string): string =>
  directionOf(language) === 'rtl' ? `\u2066${amount}\u2069` : amount

/** A quantity of pieces or weight, `value / 10^scale`. */
export function quantity(language: string, { value, scale }: { value: number; scale: number }): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: scale }).format(value / 10 ** scale)
}
