import type { Purchase, PurchaseLine } from '../../core/counter/state.ts'
import { Objective } from '../../core/objective.ts'
import { toObjective } from './objective.ts'

/** The purchase that these lines make, or null when no server would accept it (an amount too large, a line twice). */
export function purchaseOf(currency: string, lines: readonly PurchaseLine[]): Purchase | null {
  const purchase = { currency, lines: [...lines], total: lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0) }
  return Objective.safeParse(toObjective(purchase)).success ? purchase : null
}
