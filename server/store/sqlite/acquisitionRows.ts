import type { Database } from 'better-sqlite3'
import type { AcquisitionRows } from '../deciding/acquisitionRows.ts'
import { ACQUISITION_COLUMNS, type AcquisitionRow, readAcquisition } from '../rows/acquisitionRow.ts'

export function acquisitionRows(db: Database): AcquisitionRows {
  const heldBy = db.prepare<[string], AcquisitionRow>(
    `SELECT ${ACQUISITION_COLUMNS} FROM acquisitions WHERE holder_id = ?`,
  )
  const find = db.prepare<[string], AcquisitionRow>(
    `SELECT ${ACQUISITION_COLUMNS} FROM acquisitions WHERE acquisition_id = ?`,
  )
  const findHeldBy = db.prepare<[string, string], AcquisitionRow>(
    `SELECT ${ACQUISITION_COLUMNS} FROM acquisitions WHERE holder_id = ? AND acquisition_id = ?`,
  )
  const exists = db.prepare<[string], number>('SELECT 1 FROM acquisitions WHERE acquisition_id = ?').pluck()
  const count = db
    .prepare<[string, string], number>(
      'SELECT count(*) FROM acquisitions WHERE holder_id = ? AND campaign_id = ? AND revoked = 0',
    )
    .pluck()
  const insert = db.prepare<[string, string, string, number, number | null, number, number]>(
    `INSERT INTO acquisitions (holder_id, acquisition_id, campaign_id, uses_left, expires_at, acquired_at, change_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const take = db.prepare<[number, string, string]>(
    `UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = ?
     WHERE holder_id = ? AND acquisition_id = ? AND uses_left > 0 AND revoked = 0`,
  )
  const takeAnyway = db.prepare<[number, string, string]>(
    `UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = ?
     WHERE holder_id = ? AND acquisition_id = ? AND uses_left > 0`,
  )
  const giveBack = db.prepare<[number, string, string]>(
    'UPDATE acquisitions SET uses_left = uses_left + 1, change_seq = ? WHERE holder_id = ? AND acquisition_id = ?',
  )

  return {
    heldBy: (holderId) => heldBy.all(holderId).map(readAcquisition),
    find(acquisitionId, holderId) {
      const row = (holderId !== null && findHeldBy.get(holderId, acquisitionId)) || find.get(acquisitionId)
      return row ? { ...readAcquisition(row), holderId: row.holder_id } : null
    },
    exists: (acquisitionId) => exists.get(acquisitionId) !== undefined,
    count: (holderId, campaignId) => count.get(holderId, campaignId) ?? 0,
    insert: ({ holderId, acquisitionId, campaignId, usesLeft, expiresAt, acquiredAt, changeSeq }) =>
      void insert.run(holderId, acquisitionId, campaignId, usesLeft, expiresAt, acquiredAt, changeSeq),
    takeUse: ({ holderId, acquisitionId }, changeSeq, revokedToo) =>
      (revokedToo ? takeAnyway : take).run(changeSeq, holderId, acquisitionId).changes === 1,
    giveUseBack: ({ holderId, acquisitionId }, changeSeq) => void giveBack.run(changeSeq, holderId, acquisitionId),
  }
}
