import type { Database } from 'better-sqlite3'
import type { OpenOveruse, OveruseRow, OveruseRows } from '../deciding/overuse.ts'

interface Row {
  readonly redemption_id: string
  readonly reason: string
  readonly took_use: number
}

const readRow = (row: Row | undefined): OveruseRow | null =>
  row ? { redemptionId: row.redemption_id, reason: row.reason, tookUse: row.took_use === 1 } : null

export function overuseRows(db: Database): OveruseRows {
  const put = db.prepare<[string, string, string, string, number, number, number]>(
    `INSERT INTO overuse (acquisition_id, redemption_id, campaign_id, reason, took_use, discount, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (acquisition_id, redemption_id) DO UPDATE SET reason = excluded.reason, took_use = excluded.took_use,
       discount = excluded.discount, resolution = NULL`,
  )
  const find = db.prepare<[string, string], Row>(
    'SELECT redemption_id, reason, took_use FROM overuse WHERE acquisition_id = ? AND redemption_id = ?',
  )
  const findOpen = db.prepare<[string, string], OpenOveruse>(
    `SELECT campaign_id AS campaignId, reason, discount FROM overuse
     WHERE acquisition_id = ? AND redemption_id = ? AND resolution IS NULL`,
  )
  const unpaid = db.prepare<[string], Row>(
    `SELECT redemption_id, reason, took_use FROM overuse
     WHERE acquisition_id = ? AND took_use = 0 AND resolution IS NULL ORDER BY at, redemption_id LIMIT 1`,
  )
  const end = db.prepare<[string, string, string]>(
    'UPDATE overuse SET resolution = ? WHERE acquisition_id = ? AND redemption_id = ?',
  )
  const pay = db.prepare<[string, string, string]>(
    'UPDATE overuse SET took_use = 1, reason = ? WHERE acquisition_id = ? AND redemption_id = ?',
  )

  return {
    find: (redemptionId, acquisitionId) => readRow(find.get(acquisitionId, redemptionId)),
    findOpen: (redemptionId, acquisitionId) => findOpen.get(acquisitionId, redemptionId) ?? null,
    unpaid: (acquisitionId) => readRow(unpaid.get(acquisitionId)),
    put: (redemptionId, { acquisitionId, campaignId, discount }, reason, tookUse, at) =>
      void put.run(acquisitionId, redemptionId, campaignId, reason, Number(tookUse), discount, at),
    end: (redemptionId, acquisitionId, how) => void end.run(how, acquisitionId, redemptionId),
    pay: (redemptionId, acquisitionId, reason) => void pay.run(reason, acquisitionId, redemptionId),
  }
}
