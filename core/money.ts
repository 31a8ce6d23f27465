import { z } from 'zod'

/** Largest amount anything accepts, in minor units: far below 2^53, so that sums and products by basis points stay exact. */
export const MAX_AMOUNT = 1_000_000_000_000 / 10

/** Money is a non-negative integer of minor units (yen, cents); the currency stands once on the objective. */
export const Amount = z.int().min(0).max(MAX_AMOUNT)
export type Amount = z.infer<typeof Amount>

/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)
export type Currency = z.infer<typeof Currency>

/** `a × b / c` rounded down, exact however large the product; `c` > 0. */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) return Math.floor(product / c)
  return Number((BigInt(a) * BigInt(b)) / BigInt(c))
}

/** `amount × basisPoints / 10,000`, rounded down to minor units. */
export function portion(amount: Amount, basisPoints: number): Amount {
  return mulDiv(amount, basisPoints, 10_000)
}

/**
 * Splits `total` over `weights` in proportion, rounded down; the remainder goes to the largest weight (the first of
 * equals), as CONTRACT.md §9 says. Never gives a weight more than itself when `total` ≤ the weights' sum.
 */
export function allocate(total: Amount, weights: readonly Amount[]): Amount[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => mulDiv(total, weight, sum))
  let remainder = total - shares.reduce((a, b) => a + b, 0)
  // One round nearly always: a remainder is smaller than the number of weights.
  while (remainder > 0) {
    let largest = -1
    for (let index = 0; index < weights.length; index++) {
      const hasRoom = (shares[index] ?? 0) < (weights[index] ?? 0)
      if (hasRoom && (largest < 0 || (weights[index] ?? 0) > (weights[largest] ?? 0))) largest = index
    }
    if (largest < 0) break
    const room = (weights[largest] ?? 0) - (shares[largest] ?? 0)
    const extra = Math.min(room, remainder)
    shares[largest] = (shares[largest] ?? 0) + extra
    remainder -= extra
  }
  return shares
}
