import type { JournalRow } from '../../../core/counter/dayDesk.ts'
import type { DayBook } from '../dayBook.ts'
import type { Db } from './database.ts'
import { SALE, type SaleSql, toSale } from './posBook.ts'

interface ApprovalSql {
  redemption_id: string
  at: number
  discount: number
  sale_id: string | null
  undone: 0 | 1
  waiting: 0 | 1
}

interface EventSql {
  seq: number
  at: number
  type: string
  action: string | null
  operator_id: string | null
  redemption_id: string | null
  sale_id: string | null
  medium_type: string | null
  discount: number | null
  reason: string | null
  fate: JournalRow['fate']
}

const FOREVER = Number.MAX_SAFE_INTEGER

/** What managers look back on, over the journal. */
export function dayBookOf(db: Db): DayBook {
  const approvals = db.prepare<[number, number], ApprovalSql>(
    `SELECT i.redemption_id, e.corrected_at AS at, json_extract(i.shown, '$.totalDiscount') AS discount, i.sale_id,
       EXISTS (SELECT 1 FROM undo u
               WHERE u.redemption_id = i.redemption_id AND u.state IN ('rolled_back', 'annulled')) AS undone,
       EXISTS (SELECT 1 FROM outbox o
               WHERE o.state = 'stored' AND (o.seq = e.seq OR o.redemption_id = i.redemption_id)) AS waiting
     FROM event e
     CROSS JOIN intent i ON i.redemption_id = json_extract(e.body, '$.redemptionId') AND i.state = 'shown'
     WHERE e.type = 'redemption' AND e.corrected_at >= ? AND e.corrected_at < ? ORDER BY e.seq`,
  )
  const sales = db.prepare<[number, number], SaleSql & { at: number }>(
    `SELECT * FROM (SELECT *, coalesce(ended_at, approved_at) AS at FROM (${SALE}))
     WHERE at >= ? AND at < ? ORDER BY at`,
  )
  const shifts = db.prepare<[number, number, number], { shift_id: string; began: number; ended: number | null }>(
    `SELECT b.shift_id, b.began, z.ended FROM
       (SELECT json_extract(body, '$.shiftId') AS shift_id, corrected_at AS began FROM event
        WHERE type = 'session' AND json_extract(body, '$.action') = 'shift_start') b
     LEFT JOIN
       (SELECT json_extract(body, '$.shiftId') AS shift_id, corrected_at AS ended FROM event
        WHERE type = 'session' AND json_extract(body, '$.action') = 'shift_end') z USING (shift_id)
     WHERE b.began < ? AND coalesce(z.ended, ?) >= ? ORDER BY b.began DESC LIMIT 50`,
  )
  const events = db.prepare<[number, number, number, string, string, number], EventSql>(
    `SELECT e.seq, e.corrected_at AS at, e.type,
       json_extract(e.body, '$.action') AS action,
       json_extract(e.body, '$.operatorId') AS operator_id,
       json_extract(e.body, '$.redemptionId') AS redemption_id,
       coalesce(json_extract(e.body, '$.saleRef.saleId'), json_extract(e.body, '$.sale.saleId')) AS sale_id,
       json_extract(e.body, '$.medium.type') AS medium_type,
       coalesce(json_extract(e.body, '$.totalDiscount'), json_extract(e.body, '$.discount')) AS discount,
       json_extract(e.body, '$.reason') AS reason,
       CASE o.state WHEN 'stored' THEN 'waiting' WHEN 'quarantined' THEN 'quarantined' ELSE s.status END AS fate
     FROM event e LEFT JOIN outbox o ON o.seq = e.seq LEFT JOIN settlement s ON s.seq = e.seq
     WHERE e.seq < ? AND e.corrected_at >= ? AND e.corrected_at < ?
       AND (? = '[]' OR e.type IN (SELECT value FROM json_each(?)))
     ORDER BY e.seq DESC LIMIT ?`,
  )
  const counts = db.prepare<[], { type: string; count: number; first: number; last: number }>(
    'SELECT type, count(*) AS count, min(seq) AS first, max(seq) AS last FROM event GROUP BY type',
  )

  return {
    approvalsIn: ({ from, until }) =>
      approvals.all(from, until).map((row) => ({
        redemptionId: row.redemption_id,
        at: row.at,
        discount: row.discount,
        undone: row.undone === 1,
        waiting: row.waiting === 1,
        saleId: row.sale_id,
      })),
    salesIn: ({ from, until }) =>
      sales.all(from, until).flatMap((row) => {
        const sale = toSale(row)
        return sale ? [{ ...sale, at: row.at }] : []
      }),
    shiftsIn: ({ from, until }) =>
      shifts.all(until, FOREVER, from).map((row) => ({ shiftId: row.shift_id, from: row.began, until: row.ended })),
    eventRows(before, { from = 0, until = FOREVER, types }, limit) {
      const named = JSON.stringify(types)
      return events.all(before ?? FOREVER, from, until, named, named, limit).map((row) => ({
        seq: row.seq,
        at: row.at,
        type: row.type,
        action: row.action,
        operatorId: row.operator_id === '' ? null : row.operator_id,
        redemptionId: row.redemption_id,
        saleId: row.sale_id,
        mediumType: row.medium_type,
        discount: row.discount,
        reason: row.reason,
        fate: row.fate,
      }))
    },
    eventCounts() {
      const rows = counts.all()
      return {
        byType: Object.fromEntries(rows.map(({ type, count }) => [type, count])),
        first: rows.reduce((least, { first }) => Math.min(least, first), rows[0]?.first ?? 0),
        last: rows.reduce((most, { last }) => Math.max(most, last), 0),
      }
    },
  }
}
