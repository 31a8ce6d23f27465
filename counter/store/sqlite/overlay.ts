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
  const select = db.prepare<[string, string], OverlayRow>(
    `SELECT acquisition_id, discount, used_at, change_seq FROM overlay
     WHERE redemption_id = ? AND acquisition_id = ?`,
  )
  const places = usedIn(db)
  return {
    add(redemptionId: string, uses: readonly LocalUse[]): void {
      for (const { acquisitionId, discount, usedAt, changeSeq } of uses) {
        insert.run(redemptionId, acquisitionId, discount, usedAt, changeSeq)
        places.add(acquisitionId, redemptionId)
      }
    },
    remove: (redemptionId: string): void => void remove.run(redemptionId),
    drop(changeSeq: number): void {
      if (drop.run(changeSeq).changes > 0) raise.run(changeSeq)
    },
    droppedThrough: (): number => through.get() ?? 0,
    forgetPositions: (): void => void forget.run(),
    usesOf(acquisitionIds: readonly string[]): LocalUse[] {
      const uses: LocalUse[] = []
      for (const acquisitionId of acquisitionIds) {
        for (const redemptionId of places.of(acquisitionId)) {
          const row = select.get(redemptionId, acquisitionId)
          if (!row) continue
          const { discount, used_at: usedAt, change_seq: changeSeq } = row
          uses.push({ acquisitionId, discount, usedAt, changeSeq })
        }
      }
      return uses
    },
  }
}

/** Uses that are remembered beyond those in the table, before they are read from it again. */
const MOST_FORGOTTEN = 10_000

/**
 * By acquisition: the redemptions that may have used it. An index in memory, because nearly no coupon that is asked about
 * has been used here, and one on disk would be a page more to write for every approval. What has left the table, or never
 * came into it, may still be named.
 */
function usedIn(db: Db) {
  const all = db.prepare<[], [string, string]>('SELECT acquisition_id, redemption_id FROM overlay').raw()
  let known: Map<string, string[]> | null = null
  let added = 0

  const put = (redemptions: Map<string, string[]>, acquisitionId: string, redemptionId: string) => {
    const named = redemptions.get(acquisitionId)
    if (named) named.push(redemptionId)
    else redemptions.set(acquisitionId, [redemptionId])
  }
  const read = () => {
    const redemptions = new Map<string, string[]>()
    for (const [acquisitionId, redemptionId] of all.iterate()) put(redemptions, acquisitionId, redemptionId)
    return redemptions
  }
  return {
    add(acquisitionId: string, redemptionId: string): void {
      added += 1
      if (known) put(known, acquisitionId, redemptionId)
    },
    of(acquisitionId: string): readonly string[] {
      if (added > MOST_FORGOTTEN) {
        known = null
        added = 0
      }
      known ??= read()
      return known.get(acquisitionId) ?? []
    },
  }
}
