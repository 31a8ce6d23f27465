import type { PurchaseLine } from '../../../core/counter/state.ts'
import { MAX_AMOUNT } from '../../../core/money.ts'
import { type AmountEntry, unitPriceOf } from './amountEntry.ts'

/** Lines that one purchase can have (core/counter/commands.ts). */
export const MAX_LINES = 500

/** What a line is of: a category that was touched, a product that was scanned, or both. */
export interface LineOf {
  readonly category?: string | undefined
  /** GTIN-14. */
  readonly gtin?: string | undefined
}

/** The purchase with one line more; null when it would not fit. */
export function withLine(
  lines: readonly PurchaseLine[],
  entry: AmountEntry,
  { category, gtin }: LineOf,
): PurchaseLine[] | null {
  const unitPrice = unitPriceOf(entry)
  const pieces = entry.times ?? 1
  const lineTotal = unitPrice * pieces
  if (unitPrice === 0 || lines.length >= MAX_LINES || totalOf(lines) + lineTotal > MAX_AMOUNT) return null
  const line: PurchaseLine = {
    lineId: nextLineId(lines),
    label: '',
    ...(category === undefined ? {} : { category }),
    ...(gtin === undefined ? {} : { gtin }),
    quantity: { value: pieces, scale: 0 },
    unitPrice,
    lineTotal,
  }
  return [...lines, line]
}

/** The purchase with one piece more of a product that is in it; null: it is not, or it would not fit. */
export function withOneMore(lines: readonly PurchaseLine[], gtin: string): PurchaseLine[] | null {
  const line = lines.find((one) => one.gtin === gtin && one.quantity.scale === 0)
  if (!line || totalOf(lines) + line.unitPrice > MAX_AMOUNT) return null
  const value = line.quantity.value + 1
  const more = { ...line, quantity: { value, scale: 0 }, lineTotal: line.unitPrice * value }
  return lines.map((one) => (one === line ? more : one))
}

export function withoutLine(lines: readonly PurchaseLine[], lineId: string): PurchaseLine[] {
  return lines.filter((line) => line.lineId !== lineId)
}

export function totalOf(lines: readonly PurchaseLine[]): number {
  return lines.reduce((sum, line) => sum + line.lineTotal, 0)
}

function nextLineId(lines: readonly PurchaseLine[]): string {
  const numbers = lines.map((line) => Number(line.lineId)).filter(Number.isSafeInteger)
  return String(Math.max(0, ...numbers) + 1)
}
