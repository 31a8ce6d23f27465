import type { PurchaseLine } from '../../../core/counter/state.ts'
import { MAX_AMOUNT } from '../../../core/money.ts'
import { type AmountEntry, unitPriceOf } from './amountEntry.ts'

/** Lines that one purchase can have (core/counter/commands.ts). */
export const MAX_LINES = 500

/** The purchase with one line more; null when it would not fit. */
export function withLine(lines: readonly PurchaseLine[], entry: AmountEntry, category: string): PurchaseLine[] | null {
  const unitPrice = unitPriceOf(entry)
  const pieces = entry.times ?? 1
  const lineTotal = unitPrice * pieces
  if (unitPrice === 0 || lines.length >= MAX_LINES || totalOf(lines) + lineTotal > MAX_AMOUNT) return null
  const line: PurchaseLine = {
    lineId: nextLineId(lines),
    label: '',
    category,
    quantity: { value: pieces, scale: 0 },
    unitPrice,
    lineTotal,
  }
  return [...lines, line]
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
