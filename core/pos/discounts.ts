import type { Amount } from '../money.ts'

export interface DiscountedLine {
  readonly lineId: string
  /** What all coupons together take off this line. */
  readonly discount: Amount
  /** What is left to pay of it. */
  readonly lineTotal: Amount
}

/**
 * What approved coupons take off each line of the basket that they were approved for, in its order; a line that gets
 * nothing is in it with 0. The coupons' own allocations are summed (`core/money.allocate` made them), so the lines add up to
 * the approval's total exactly. null: an allocation names no line of the basket or takes more than the line costs, so it
 * belongs to another basket.
 */
export function discountedLines(
  basket: readonly { readonly lineId: string; readonly lineTotal: Amount }[],
  coupons: readonly {
    readonly discount: { readonly allocations: readonly { readonly lineId: string; readonly amount: Amount }[] }
  }[],
): readonly DiscountedLine[] | null {
  const off = new Map(basket.map(({ lineId }) => [lineId, 0]))
  for (const { discount } of coupons) {
    for (const { lineId, amount } of discount.allocations) {
      const before = off.get(lineId)
      if (before === undefined) return null
      off.set(lineId, before + amount)
    }
  }
  const lines = basket.map(({ lineId, lineTotal }) => {
    const discount = off.get(lineId) ?? 0
    return { lineId, discount, lineTotal: lineTotal - discount }
  })
  return lines.every(({ lineTotal }) => lineTotal >= 0) ? lines : null
}
