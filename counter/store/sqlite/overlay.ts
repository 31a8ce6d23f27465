import type { LocalUse } from '../counterStore.ts'
import type { Db } from './database.ts'

interface OverlayRow {
  acquisition_id: string
  discount: number
  used_at: number
  change_seq: number | null
}

/** Uses that the replica does not contain yet. The methods run inside the caller's transaction. */
export function overlayOf(db: Db) {
  const insert = db.prepare(
    'INSERT INTO overlay (redemption_id, acquisition_id, discount, used_at, change_seq) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM overlay WHERE redemption_id = ?')
  const drop = db.prepare('DELETE FROM overlay WHERE change_seq <= ?')
  const raise = db.prepare<[number]>('UPDATE overlay_dropped SET through = MAX(through, ?)')
  const through = db.prepare<[], number>('SELECT through FROM overlay_dropped').pluck()
  const forget = db.prepare('UPDATE overlay_dropped SET through = 0')
  const select = db.prepare<[string], OverlayRow>(
    `SELECT acquisition_id, discount, used_at, change_seq FROM overlay
     WHERE acquisition_id IN (SELECT value FROM json_each(?))`,
  )
  return {
    add(redemptionId: string, uses: readonly LocalUse[]): void {
      for (const use of uses) insert.run(redemptionId, use.acquisitionId, use.discount, use.usedAt, use.changeSeq)
    },
    remove: (redemptionId: string): void => void remove.run(redemptionId),
    drop(changeSeq: number): void {
      if (drop.run(changeSeq).changes > 0) raise.run(changeSeq)
    },
    droppedThrough: (): number => through.get() ?? 0,
    forgetPositions: (): void => void forget.run(),
    usesOf: (acquisitionIds: readonly string[]): LocalUse[] =>
      select.all(JSON.stringify(acquisitionIds)).map((row) => ({
        acquisitionId: row.acquisition_id,
        discount: row.discount,
        usedAt: row.used_at,
        changeSeq: row.change_seq,
      })),
  }
}
