import { createHash } from 'node:crypto'

/** A chain whose stations hold a million coupons. */
export const HOLDERS = 100_000
export const COUPONS = 10
export const CAMPAIGNS = 24

/** The key of a holder's card. */
export const keyOf = (holder: number): string => createHash('sha256').update(`holder ${holder}`).digest('hex')

/** Three lines of food, 1,200 yen. */
export const LINES = [1, 2, 3].map((line) => ({
  lineId: String(line),
  category: 'food',
  label: `Line ${line}`,
  quantity: { value: 1, scale: 0 },
  unitPrice: 400,
  lineTotal: 400,
  discountable: true,
}))
export const TOTAL = 1_200

/** The middle of some times, and what one in a hundred exceeds. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
