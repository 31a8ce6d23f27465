import { z } from 'zod'
import { PosBasket } from '../../../core/pos/basket.ts'
import type { EventDraft, ShownApproval, Stored } from '../counterStore.ts'
import type { PosAccess, PosBook, PosSale } from '../posBook.ts'
import type { Db } from './database.ts'

interface AccessSql {
  pos_id: string
  name: string
  origins: string
  token_hash: Buffer
  made_at: number
  made_by: string
  revoked_at: number | null
}

export interface SaleSql {
  pos_id: string
  sale_id: string
  revision: number
  basket: string
  on_screen: 0 | 1
  opened_at: number
  ended: 'completed' | 'voided' | null
  total: number | null
  discount: number | null
  ended_at: number | null
  change_seq: number
  redemption_id: string | null
  approved_revision: number | null
  shown: string | null
}

/** A sale with the one approval that stands for it. */
export const SALE = `SELECT s.*, i.redemption_id, i.shown, i.created_at AS approved_at, json_extract(i.request, '$.saleRef.revision') AS approved_revision
  FROM pos_sale s LEFT JOIN intent i ON i.redemption_id =
    (SELECT max(x.redemption_id) FROM intent x
     WHERE x.pos_id = s.pos_id AND x.sale_id = s.sale_id AND x.state = 'shown' AND NOT EXISTS
       (SELECT 1 FROM undo u WHERE u.redemption_id = x.redemption_id AND u.state IN ('rolled_back', 'annulled')))`

const NEXT = '(SELECT coalesce(max(change_seq), 0) + 1 FROM pos_sale)'

/** What POS software has told, over the journal. `send` appends an event and its outbox row in the open transaction. */
export function posBookOf(db: Db, unit: (work: () => unknown) => Stored, send: (event: EventDraft) => void): PosBook {
  const selectAccesses = db.prepare<[], AccessSql>('SELECT * FROM pos_access ORDER BY made_at, pos_id')
  const insertAccess = db.prepare(
    'INSERT INTO pos_access (pos_id, name, origins, token_hash, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const revoke = db.prepare('UPDATE pos_access SET revoked_at = ? WHERE pos_id = ? AND revoked_at IS NULL')
  const selectOne = db.prepare<[string, string], SaleSql>(`${SALE} WHERE s.pos_id = ? AND s.sale_id = ?`)
  const selectOnScreen = db.prepare<[], SaleSql>(`${SALE} WHERE s.on_screen = 1`)
  const selectOpen = db.prepare<[string], SaleSql>(
    `${SALE} WHERE s.pos_id = ? AND s.ended IS NULL ORDER BY s.change_seq`,
  )
  const selectChanged = db.prepare<[string, number], SaleSql>(
    `${SALE} WHERE s.pos_id = ? AND s.change_seq > ? ORDER BY s.change_seq`,
  )
  const put = db.prepare(
    `INSERT INTO pos_sale (pos_id, sale_id, revision, basket, on_screen, opened_at, change_seq)
     VALUES (?, ?, ?, ?, 1, ?, ${NEXT})
     ON CONFLICT (pos_id, sale_id) DO UPDATE SET
       revision = excluded.revision, basket = excluded.basket, on_screen = 1, change_seq = excluded.change_seq`,
  )
  const park = db.prepare(`UPDATE pos_sale SET on_screen = 0, change_seq = ${NEXT} WHERE on_screen = 1`)
  const parkOthers = db.prepare(
    `UPDATE pos_sale SET on_screen = 0, change_seq = ${NEXT} WHERE on_screen = 1 AND NOT (pos_id = ? AND sale_id = ?)`,
  )
  const end = db.prepare(
    `UPDATE pos_sale SET ended = ?, total = ?, discount = ?, ended_at = ?, on_screen = 0, change_seq = ${NEXT}
     WHERE pos_id = ? AND sale_id = ?`,
  )
  const newest = db.prepare<[], number | null>('SELECT max(change_seq) FROM pos_sale').pluck()

  return {
    posAccesses: () => selectAccesses.all().map(toAccess),
    keepPosAccess: ({ posId, name, origins, tokenHash, madeAt, madeBy }, event) =>
      unit(() => {
        insertAccess.run(posId, name, JSON.stringify(origins), Buffer.from(tokenHash), madeAt, madeBy)
        send(event)
      }),
    revokePosAccess: (posId, at, event) =>
      unit(() => {
        if (revoke.run(at, posId).changes === 1) send(event)
      }),
    posSale: ({ posId, saleId }) => toSale(selectOne.get(posId, saleId)),
    posSaleOnScreen: () => toSale(selectOnScreen.get()),
    putPosSale: ({ posId, saleId, revision, basket, at }) =>
      unit(() => {
        parkOthers.run(posId, saleId)
        put.run(posId, saleId, revision, JSON.stringify(basket), at)
      }),
    parkPosSale: () => unit(() => park.run()),
    endPosSale: ({ posId, saleId }, { how, total, discount, at }, event) =>
      unit(() => {
        end.run(how, total, discount, at, posId, saleId)
        send(event)
      }),
    posSales: (posId, after) =>
      (after === undefined ? selectOpen.all(posId) : selectChanged.all(posId, after)).flatMap(
        (row) => toSale(row) ?? [],
      ),
    posChangeSeq: () => newest.get() ?? 0,
  }
}

const Origins = z.array(z.string())

const toAccess = (row: AccessSql): PosAccess => ({
  posId: row.pos_id,
  name: row.name,
  origins: Origins.parse(JSON.parse(row.origins)),
  tokenHash: row.token_hash,
  madeAt: row.made_at,
  madeBy: row.made_by,
  revokedAt: row.revoked_at,
})

export function toSale(row: SaleSql | undefined): PosSale | null {
  if (!row) return null
  const { ended, ended_at: at, redemption_id: redemptionId, shown } = row
  return {
    posId: row.pos_id,
    saleId: row.sale_id,
    revision: row.revision,
    basket: PosBasket.parse(JSON.parse(row.basket)),
    onScreen: row.on_screen === 1,
    openedAt: row.opened_at,
    ended: ended === null || at === null ? null : { how: ended, total: row.total, discount: row.discount, at },
    approval:
      redemptionId === null || shown === null
        ? null
        : {
            redemptionId,
            revision: row.approved_revision ?? 0,
            shown: JSON.parse(shown) as ShownApproval,
          },
    changeSeq: row.change_seq,
  }
}
