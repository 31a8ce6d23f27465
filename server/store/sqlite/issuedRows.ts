import type { Database } from 'better-sqlite3'
import type { IssuedCoupon, IssuedRows } from '../deciding/issuing.ts'
import { LINES_OF_HOLDER } from './linesOfHolder.ts'

export function issuedRows(db: Database): IssuedRows {
  const of = db.prepare<[string], IssuedCoupon>(
    `SELECT acquisition_id AS acquisitionId, campaign_id AS campaignId, uses FROM issued_coupons
     WHERE redemption_id = ? ORDER BY acquisition_id`,
  )
  const insert = db.prepare<[string, string, string, number]>(
    'INSERT INTO issued_coupons (redemption_id, acquisition_id, campaign_id, uses) VALUES (?, ?, ?, ?)',
  )
  const redeemed = db
    .prepare<[string, string], number>(
      `${LINES_OF_HOLDER} SELECT 1 FROM line JOIN redemption_lines USING (redemption_id, acquisition_id)
       WHERE redemption_id <> ? AND state <> 'rolled_back' LIMIT 1`,
    )
    .pluck()
  const revoke = db.prepare<[number, number, string, string, number, number]>(
    `UPDATE acquisitions SET revoked = ?, change_seq = ?
     WHERE holder_id = ? AND acquisition_id = ? AND revoked = ? AND uses_left = ?`,
  )
  const count = db.prepare<[number, string]>(
    'UPDATE campaign_usage SET issued = max(issued + ?, 0) WHERE campaign_id = ?',
  )
  return {
    of: (redemptionId) => of.all(redemptionId),
    insert: (redemptionId, { acquisitionId, campaignId, uses }) =>
      void insert.run(redemptionId, acquisitionId, campaignId, uses),
    hasRedeemed: (holderId, except) => redeemed.get(holderId, except) !== undefined,
    setRevoked: ({ holderId, acquisitionId }, revoked, uses, changeSeq) =>
      revoke.run(Number(revoked), changeSeq, holderId, acquisitionId, Number(!revoked), uses).changes === 1,
    countIssued: (campaignId, by) => void count.run(by, campaignId),
  }
}
