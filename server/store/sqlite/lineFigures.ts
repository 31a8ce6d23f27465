import type { Database } from 'better-sqlite3'
import type { LineState } from '../deciding/redemptionRows.ts'
import type { PutOff } from './putOff.ts'

/** Where and when a redemption was made: `day` is the store's business day, days since 1970. */
export interface Made {
  readonly day: number
  readonly storeId: string
}

/** A line as figures see it. */
export interface Figured {
  readonly state: LineState
  readonly discount: number
}

/** In the order of the columns: redeemed, discount, forced, forced_discount, rolled_back. */
type Sums = [number, number, number, number, number]

interface Row extends Made {
  readonly campaignId: string
  readonly sums: Sums
}

export interface LineFigures extends PutOff {
  /** A line of a campaign has come (`by` 1) or is not as it was any more (-1). */
  count(made: Made, campaignId: string, line: Figured, by: 1 | -1): void
}

/**
 * `daily_figures` of lines. Whoever writes a line says so here, in the same transaction: figures and lines cannot disagree,
 * and a day's row is written once for all that happened.
 */
export function lineFigures(db: Database): LineFigures {
  const add = db.prepare<unknown[]>(
    `INSERT INTO daily_figures (day, campaign_id, store_id, redeemed, discount, forced, forced_discount, rolled_back)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (day, campaign_id, store_id) DO UPDATE SET redeemed = redeemed + excluded.redeemed,
       discount = discount + excluded.discount, forced = forced + excluded.forced,
       forced_discount = forced_discount + excluded.forced_discount, rolled_back = rolled_back + excluded.rolled_back`,
  )
  const rows = new Map<string, Row>()

  return {
    count({ day, storeId }, campaignId, { state, discount }, by) {
      const key = `${day} ${campaignId} ${storeId}`
      let row = rows.get(key)
      if (!row) {
        row = { day, campaignId, storeId, sums: [0, 0, 0, 0, 0] }
        rows.set(key, row)
      }
      const { sums } = row
      if (state === 'rolled_back') {
        sums[4] += by
        return
      }
      sums[0] += by
      sums[1] += by * discount
      if (state !== 'forced') return
      sums[2] += by
      sums[3] += by * discount
    },
    write() {
      for (const { day, campaignId, storeId, sums } of rows.values()) add.run(day, campaignId, storeId, ...sums)
      rows.clear()
    },
    forget: () => rows.clear(),
  }
}
