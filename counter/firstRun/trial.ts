import type { FirstRunTrial } from '../../core/counter/firstRun.ts'
import type { Store } from '../../core/objective.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { practiceServer } from '../training/practiceServer.ts'

/** What a practice customer buys, minor units. */
const TOTAL = 1_000
const QUANTITY = { value: 1, scale: 0 }

export interface TrialParts {
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly store: Store
}

/**
 * What the person at this station sees when a card is held to `readerId`: practice coupons by the real rules, of a customer
 * and a server that are made for it and thrown away. Of the card itself nothing is known, asked or written.
 */
export async function trialTap(
  readerId: string,
  { ids, now, store }: TrialParts,
): Promise<Omit<FirstRunTrial, 'nth'> | null> {
  const line = { lineId: 'practice', quantity: QUANTITY, unitPrice: TOTAL, lineTotal: TOTAL, discountable: true }
  const found = await practiceServer({ ids, now, store: () => store }).search({
    medium: { type: 'nfc-uid', identifier: 'practice' },
    objective: { currency: store.currency, taxIncluded: true, items: [line], total: TOTAL },
    entry: 'tap',
  })
  if (found.kind !== 'answered') return null
  const { usable, unusable, best } = found.answer
  return { readerId, total: TOTAL, usable, unusable, best }
}
