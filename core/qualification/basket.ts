import { toGtin14 } from '../media/gtin.ts'
import type { Amount } from '../money.ts'
import type { Objective, Quantity } from '../objective.ts'

/** A line of the objective as the rules look at it. */
export interface BasketLine {
  readonly lineId: string
  readonly gtin: string | null
  readonly category: string | null
  /** What the line costs before any coupon. */
  readonly price: Amount
  readonly pieces: number
  readonly discountable: boolean
}

/** Lines in the order of `lineId`: what a discount goes to never depends on the order in which a POS sends them. */
export interface Basket {
  readonly lines: readonly BasketLine[]
  readonly total: Amount
}

export function openBasket(objective: Pick<Objective, 'items' | 'total'>): Basket {
  const lines = objective.items.map(({ lineId, gtin, category, quantity, lineTotal, discountable }) => ({
    lineId,
    gtin: gtin === undefined ? null : toGtin14(gtin),
    category: category ?? null,
    price: lineTotal,
    pieces: pieces(quantity),
    discountable,
  }))
  lines.sort((a, b) => (a.lineId < b.lineId ? -1 : 1))
  return { lines, total: objective.total }
}

/** Whole quantities are pieces, however they are scaled (`2.000` is two); a weight (`0.350`) is one piece. */
function pieces({ value, scale }: Quantity): number {
  const unit = 10 ** scale
  return value % unit === 0 ? value / unit : 1
}

/**
 * What is left of a basket's prices while coupons are applied to it, by line index. A piece that an item benefit made
 * free or cheaper is touched: the next item benefit takes another piece.
 */
export interface Prices {
  readonly remaining: number[]
  readonly untouchedPieces: number[]
  /** What the untouched pieces cost together. */
  readonly untouchedPrice: number[]
  /** What is left of the purchase's total, which a POS's own discounts may have put below the lines' sum. */
  left: number
}

export function openPrices({ lines, total }: Basket): Prices {
  const remaining = lines.map(({ price }) => price)
  return {
    remaining,
    untouchedPieces: lines.map((line) => line.pieces),
    untouchedPrice: remaining.slice(),
    left: total,
  }
}

/** Makes `to` equal to `from`, in place. */
export function copyPrices(from: Prices, to: Prices): void {
  for (let line = 0; line < from.remaining.length; line++) {
    to.remaining[line] = from.remaining[line] ?? 0
    to.untouchedPieces[line] = from.untouchedPieces[line] ?? 0
    to.untouchedPrice[line] = from.untouchedPrice[line] ?? 0
  }
  to.left = from.left
}
