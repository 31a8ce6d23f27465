/** How many minor units make one: 0 for JPY, 2 for USD. Taken from Intl, which has ISO 4217. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0
}

/** An amount of minor units as the language writes it: `¥1,200`, `$12.00`. */
export function money(language: string, currency: string, amount: number): string {
  const written = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount / 10 ** minorDigits(currency))
  // Intl gives Japanese the full-width sign, which tears large figures apart; shops print the narrow one.
  return written.replace('￥', '¥')
}

/** A discount with a real minus sign: `−¥350`. */
export function discount(language: string, currency: string, amount: number): string {
  return `−${money(language, currency, amount)}`
}

/** A quantity of pieces or weight, `value / 10^scale`. */
export function quantity(language: string, { value, scale }: { value: number; scale: number }): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: scale }).format(value / 10 ** scale)
}
