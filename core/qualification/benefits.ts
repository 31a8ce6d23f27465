import type { Benefit } from '../campaigns/rules.ts'
import { type Amount, allocate, mulDiv, portion } from '../money.ts'
import { unreachable } from '../outcome.ts'
import type { Prices } from './basket.ts'

/** What a benefit takes off, beside the list of line indexes that it was computed for. */
export interface Cut {
  readonly total: Amount
  readonly amounts: readonly Amount[]
  /** Pieces that an item benefit touched. */
  readonly pieces: readonly number[] | null
}

/** The order of CONTRACT.md §9: item benefits, then fixed price, then percent, then amount. */
export function stageOf(benefit: Benefit): number {
  switch (benefit.kind) {
    case 'free_item':
    case 'buy_x_get_y':
      return 0
    case 'fixed_price':
      return 1
    case 'percent_off':
      return 2
    case 'amount_off':
      return 3
    default:
      return unreachable(benefit)
  }
}

/**
 * What a benefit gives on the eligible lines, on what is left of their prices. Rounded down to minor units, the remainder
 * on the largest line; never more than a line, nor than what is left of the purchase's total.
 */
export function cut(benefit: Benefit, eligible: readonly number[], prices: Prices): Cut {
  const made = uncapped(benefit, eligible, prices)
  if (made.total <= prices.left) return made
  return { total: prices.left, amounts: allocate(prices.left, made.amounts), pieces: made.pieces }
}

/** Takes a cut off the prices it was computed from. */
export function take({ total, amounts, pieces }: Cut, eligible: readonly number[], prices: Prices): void {
  for (let at = 0; at < eligible.length; at++) {
    const line = eligible[at] ?? 0
    prices.remaining[line] = (prices.remaining[line] ?? 0) - (amounts[at] ?? 0)
    const touched = pieces?.[at] ?? 0
    if (touched > 0) {
      prices.untouchedPrice[line] = (prices.untouchedPrice[line] ?? 0) - priceOfPieces(line, touched, prices)
      prices.untouchedPieces[line] = (prices.untouchedPieces[line] ?? 0) - touched
    }
  }
  prices.left -= total
}

function uncapped(benefit: Benefit, eligible: readonly number[], prices: Prices): Cut {
  switch (benefit.kind) {
    case 'free_item':
      return reprice(benefit.pieces, 0, eligible, prices)
    case 'fixed_price':
      return reprice(benefit.maxPieces, benefit.price, eligible, prices)
    case 'buy_x_get_y':
      return cheapest(benefit, eligible, prices)
    case 'percent_off': {
      const off = portion(sumOf(eligible, prices.remaining), benefit.basisPoints)
      return spread(Math.min(off, benefit.cap ?? off), eligible, prices)
    }
    case 'amount_off':
      return spread(Math.min(benefit.amount, sumOf(eligible, prices.remaining)), eligible, prices)
    default:
      return unreachable(benefit)
  }
}

function spread(total: Amount, eligible: readonly number[], prices: Prices): Cut {
  const weights = eligible.map((line) => prices.remaining[line] ?? 0)
  return { total, amounts: allocate(total, weights), pieces: null }
}

/** At most `count` pieces, dearest first, are sold at `price` each; a piece that costs no more is left alone. */
function reprice(count: number, price: Amount, eligible: readonly number[], prices: Prices): Cut {
  const amounts = eligible.map(() => 0)
  const pieces = eligible.map(() => 0)
  let total = 0
  let left = count
  for (const at of byPiecePrice(eligible, prices).reverse()) {
    if (left === 0) break
    const line = eligible[at] ?? 0
    const taken = Math.min(left, prices.untouchedPieces[line] ?? 0)
    const off = priceOfPieces(line, taken, prices) - price * taken
    if (off <= 0) continue
    amounts[at] = off
    pieces[at] = taken
    total += off
    left -= taken
  }
  return { total, amounts, pieces }
}

/** For every `buy + get` pieces the `get` cheapest of all are reduced; at most `maxSets` times. */
function cheapest(
  benefit: Extract<Benefit, { kind: 'buy_x_get_y' }>,
  eligible: readonly number[],
  prices: Prices,
): Cut {
  const sets = Math.floor(sumOf(eligible, prices.untouchedPieces) / (benefit.buy + benefit.get))
  let left = Math.min(sets, benefit.maxSets) * benefit.get
  const values = eligible.map(() => 0)
  const pieces = eligible.map(() => 0)
  for (const at of byPiecePrice(eligible, prices)) {
    if (left === 0) break
    const line = eligible[at] ?? 0
    const taken = Math.min(left, prices.untouchedPieces[line] ?? 0)
    values[at] = priceOfPieces(line, taken, prices)
    pieces[at] = taken
    left -= taken
  }
  const total = portion(
    values.reduce((a, b) => a + b, 0),
    benefit.basisPoints,
  )
  return { total, amounts: allocate(total, values), pieces }
}

/** Positions in `eligible` of lines with untouched pieces, cheapest piece first; equals in the lines' reverse order. */
function byPiecePrice(eligible: readonly number[], prices: Prices): number[] {
  const positions: number[] = []
  const piecePrices: number[] = []
  // Insertion from the back: few lines, and this is the innermost loop of the search for the best combination.
  for (let at = eligible.length - 1; at >= 0; at--) {
    const line = eligible[at] ?? 0
    const untouched = prices.untouchedPieces[line] ?? 0
    if (untouched === 0) continue
    const piecePrice = (prices.untouchedPrice[line] ?? 0) / untouched
    let slot = positions.length
    while (slot > 0 && (piecePrices[slot - 1] ?? 0) > piecePrice) {
      positions[slot] = positions[slot - 1] ?? 0
      piecePrices[slot] = piecePrices[slot - 1] ?? 0
      slot--
    }
    positions[slot] = at
    piecePrices[slot] = piecePrice
  }
  return positions
}

/** What `count` of a line's untouched pieces cost, rounded down. */
function priceOfPieces(line: number, count: number, prices: Prices): Amount {
  const untouched = prices.untouchedPieces[line] ?? 0
  return untouched === 0 ? 0 : mulDiv(prices.untouchedPrice[line] ?? 0, count, untouched)
}

export function sumOf(eligible: readonly number[], values: readonly number[]): number {
  let sum = 0
  for (const line of eligible) sum += values[line] ?? 0
  return sum
}

/**
 * What others applied before it may add to a benefit's discount. Percent and amount only shrink with company; pieces that
 * others took leave a rounding unit to the next, and to buy X get Y a dearer piece, which no slack bounds.
 */
export function companySlack(benefit: Benefit, eligible: readonly number[], prices: Prices): Amount {
  switch (benefit.kind) {
    case 'percent_off':
    case 'amount_off':
      return 0
    case 'free_item':
      return roundingSlack(benefit.pieces, eligible, prices)
    case 'fixed_price':
      return roundingSlack(benefit.maxPieces, eligible, prices)
    case 'buy_x_get_y':
      return Number.POSITIVE_INFINITY
    default:
      return unreachable(benefit)
  }
}

/** The most a benefit can give in any company, from the untouched basket. */
export function upperBound(benefit: Benefit, eligible: readonly number[], prices: Prices): Amount {
  if (benefit.kind !== 'buy_x_get_y') {
    return uncapped(benefit, eligible, prices).total + companySlack(benefit, eligible, prices)
  }
  const sets = Math.floor(sumOf(eligible, prices.untouchedPieces) / (benefit.buy + benefit.get))
  const pieces = Math.min(sets, benefit.maxSets) * benefit.get
  if (pieces === 0) return 0
  const dearest = reprice(pieces, 0, eligible, prices).total + roundingSlack(pieces, eligible, prices)
  return portion(dearest, benefit.basisPoints) + 1
}

/** Where a line's price is no multiple of its pieces, each of at most four others that took pieces left up to a unit. */
function roundingSlack(pieces: number, eligible: readonly number[], prices: Prices): number {
  let uneven = 0
  for (const line of eligible) {
    const untouched = prices.untouchedPieces[line] ?? 0
    if (untouched > 0 && (prices.untouchedPrice[line] ?? 0) % untouched !== 0) uneven++
  }
  return 5 * Math.min(uneven, pieces)
}
