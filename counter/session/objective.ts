import type { Purchase } from '../../core/counter/state.ts'
import type { Objective } from '../../core/objective.ts'

/** What the cashier entered, as the rules and the wire see it. */
export const toObjective = ({ currency, lines, total, taxIncluded = true }: Purchase): Objective => ({
  currency,
  taxIncluded,
  items: lines.map(({ lineId, gtin, category, quantity, unitPrice, lineTotal, discountable = true }) => ({
    lineId,
    ...(gtin === undefined ? {} : { gtin }),
    ...(category === undefined ? {} : { category }),
    quantity,
    unitPrice,
    lineTotal,
    discountable,
  })),
  total,
})
