import type { IssueFigures } from '../deciding/acquire.ts'
import type { LineRow } from '../deciding/redemptionRows.ts'
import type { Call, Row, Statement } from './connection.ts'
import { put } from './put.ts'

const PUT: Statement = {
  name: 'count_figures',
  text: `INSERT INTO daily_figures AS f (day, campaign_id, store_id, issued, issued_uses, acquired, redeemed, discount, forced,
      forced_discount, rolled_back)
    SELECT * FROM unnest($1::BIGINT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[], $7::BIGINT[],
      $8::BIGINT[], $9::BIGINT[], $10::BIGINT[], $11::BIGINT[]) AS x (day, campaign_id, store_id) ORDER BY 1, 2, 3
    ON CONFLICT (day, campaign_id, store_id) DO UPDATE SET issued = f.issued + excluded.issued,
      issued_uses = f.issued_uses + excluded.issued_uses, acquired = f.acquired + excluded.acquired,
      redeemed = f.redeemed + excluded.redeemed, discount = f.discount + excluded.discount,
      forced = f.forced + excluded.forced, forced_discount = f.forced_discount + excluded.forced_discount,
      rolled_back = f.rolled_back + excluded.rolled_back`,
}

type Line = Pick<LineRow, 'campaignId' | 'discount' | 'state'>

interface Figures {
  issued: number
  issuedUses: number
  acquired: number
  redeemed: number
  discount: number
  forced: number
  forcedDiscount: number
  rolledBack: number
}

export interface FigureSet extends IssueFigures {
  /** A line came (`before` undefined) or changed. */
  lineMoved(day: number, storeId: string, before: Line | undefined, after: Line): void
  writes(): readonly Call[]
}

/** What one transaction adds to the figures of reports, summed by day, campaign and store. */
export function figureSet(): FigureSet {
  const sums = new Map<string, { readonly key: Row; readonly sum: Figures }>()
  const sumOf = (day: number, campaignId: string, storeId: string): Figures => {
    const name = `${day} ${campaignId} ${storeId}`
    const found = sums.get(name)
    if (found) return found.sum
    const none = { issued: 0, issuedUses: 0, acquired: 0 }
    const sum = { ...none, redeemed: 0, discount: 0, forced: 0, forcedDiscount: 0, rolledBack: 0 }
    sums.set(name, { key: [day, campaignId, storeId], sum })
    return sum
  }
  const add = (sum: Figures, { state, discount }: Line, by: 1 | -1): void => {
    if (state === 'rolled_back') {
      sum.rolledBack += by
      return
    }
    sum.redeemed += by
    sum.discount += by * discount
    if (state !== 'forced') return
    sum.forced += by
    sum.forcedDiscount += by * discount
  }
  return {
    issued(day, campaignId, storeId, uses, taken) {
      const sum = sumOf(day, campaignId, storeId)
      sum.issued += 1
      sum.issuedUses += uses
      sum.acquired += Number(taken)
    },
    lineMoved(day, storeId, before, after) {
      const sum = sumOf(day, after.campaignId, storeId)
      if (before) add(sum, before, -1)
      add(sum, after, 1)
    },
    writes: () =>
      put(
        PUT,
        [...sums.values()].map(({ key, sum }) => [...key, ...Object.values(sum)]),
      ),
  }
}
