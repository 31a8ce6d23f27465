import { EndedShift, NO_TALLY, type Shift, type ShiftTotals, type Tally } from '../../../core/counter/shift.ts'
import type { EventDraft, ShownApproval, Stored } from '../counterStore.ts'
import type { PastApproval, ShiftBook } from '../shiftBook.ts'
import type { Db } from './database.ts'

interface ShiftSql {
  shift_id: string
  first_seq: number
  started_at: number
  started_by: string
}

interface GivenSql {
  redemption_id: string
  corrected_at: number
  operator_id: string | null
  shown: string
  undone: 0 | 1
  /** Of one given without the server. */
  fate: 'waiting' | 'quarantined' | 'confirmed' | 'forced' | 'resolved' | null
}

/** An approval with what became of it. CROSS JOIN: events come first, by their order. */
const GIVEN = `SELECT e.corrected_at, i.redemption_id, i.shown, json_extract(e.body, '$.operatorId') AS operator_id,
    u.redemption_id IS NOT NULL AS undone,
    CASE WHEN o.state = 'quarantined' THEN 'quarantined' WHEN o.seq IS NOT NULL THEN 'waiting' ELSE s.status END AS fate
  FROM event e
  CROSS JOIN intent i ON i.redemption_id = json_extract(e.body, '$.redemptionId') AND i.state = 'shown'
  LEFT JOIN undo u ON u.redemption_id = i.redemption_id AND u.state IN ('rolled_back', 'annulled')
  LEFT JOIN outbox o ON o.seq = e.seq
  LEFT JOIN settlement s ON s.seq = e.seq
  WHERE e.type = 'redemption'`

/** Events that are looked through for a past approval: more than a counter writes while one can be taken back. */
const RECENT = 'e.seq > (SELECT max(seq) FROM event) - 20000'

/** Shifts and past approvals over the journal. `send` appends an event in the open transaction and gives its place. */
export function shiftsOf(
  db: Db,
  unit: (work: () => unknown) => Stored,
  send: (event: EventDraft) => number,
): ShiftBook {
  const selectOpen = db.prepare<[], ShiftSql>(
    'SELECT shift_id, first_seq, started_at, started_by FROM shift WHERE ended IS NULL',
  )
  const selectLast = db
    .prepare<[], string>('SELECT ended FROM shift WHERE ended IS NOT NULL AND read = 0 ORDER BY first_seq DESC LIMIT 1')
    .pluck()
  const insert = db.prepare('INSERT INTO shift (shift_id, first_seq, started_at, started_by) VALUES (?, ?, ?, ?)')
  const end = db.prepare('UPDATE shift SET ended = ? WHERE shift_id = ? AND ended IS NULL')
  const forget = db.prepare('DELETE FROM shift WHERE ended IS NOT NULL')
  const dismiss = db.prepare('UPDATE shift SET read = 1 WHERE ended IS NOT NULL')
  const selectSince = db.prepare<[number], GivenSql>(`${GIVEN} AND e.seq >= ? ORDER BY e.seq`)
  const selectNewest = db.prepare<[number], GivenSql>(`${GIVEN} AND ${RECENT} ORDER BY e.seq DESC LIMIT ?`)
  const selectOne = db.prepare<[string], GivenSql>(
    `${GIVEN} AND ${RECENT} AND i.redemption_id = ? ORDER BY e.seq DESC LIMIT 1`,
  )

  const open = (): (Shift & { firstSeq: number }) | null => {
    const row = selectOpen.get()
    return row
      ? { shiftId: row.shift_id, startedAt: row.started_at, startedBy: row.started_by, firstSeq: row.first_seq }
      : null
  }

  return {
    openShift() {
      const shift = open()
      return shift && { shiftId: shift.shiftId, startedAt: shift.startedAt, startedBy: shift.startedBy }
    },
    startShift: ({ shiftId, startedAt, startedBy }, event) =>
      unit(() => insert.run(shiftId, send(event), startedAt, startedBy)),
    shiftTotals(nameOf) {
      const shift = open()
      return totalsOf(shift ? selectSince.all(shift.firstSeq) : [], nameOf)
    },
    endShift: (ended, event) =>
      unit(() => {
        // One that ended before is in the journal, and nobody asks for it here.
        forget.run()
        if (end.run(JSON.stringify(ended), ended.shiftId).changes !== 1) throw new Error('endShift: no such open shift')
        send(event)
      }),
    lastShift() {
      const ended = selectLast.get()
      if (ended === undefined) return null
      // What another version of this program wrote and this one cannot read is as good as read.
      const { data = null } = EndedShift.safeParse(JSON.parse(ended))
      return data
    },
    dismissLastShift: () => unit(() => dismiss.run()),
    pastApprovals: (limit) => selectNewest.all(limit).map(pastApproval),
    pastApproval(redemptionId) {
      const row = selectOne.get(redemptionId)
      return row ? pastApproval(row) : null
    },
  }
}

function pastApproval(row: GivenSql): PastApproval {
  const shown = JSON.parse(row.shown) as ShownApproval
  return {
    redemptionId: row.redemption_id,
    at: row.corrected_at,
    operatorId: row.operator_id,
    approval: { ...shown, certainty: row.fate === 'confirmed' ? 'confirmed' : shown.certainty },
    undone: row.undone === 1,
  }
}

/** Adds up what was given; see `ShiftTotals`. */
function totalsOf(given: readonly GivenSql[], nameOf: (operatorId: string) => string): ShiftTotals {
  const totals = {
    approved: NO_TALLY,
    annulled: NO_TALLY,
    waiting: NO_TALLY,
    settled: NO_TALLY,
    forced: NO_TALLY,
    quarantined: NO_TALLY,
  }
  const campaigns = new Map<string, ShiftTotals['campaigns'][number]>()
  const cashiers = new Map<string, ShiftTotals['cashiers'][number]>()
  for (const row of given) {
    const shown = JSON.parse(row.shown) as ShownApproval
    const { totalDiscount } = shown
    const operatorId = row.operator_id ?? ''
    const cashier = cashiers.get(operatorId) ?? {
      operatorId,
      name: nameOf(operatorId),
      ...NO_TALLY,
      annulled: NO_TALLY,
    }
    totals.approved = plus(totals.approved, totalDiscount)
    const undone = row.undone === 1
    cashiers.set(operatorId, {
      ...cashier,
      ...plus(cashier, totalDiscount),
      annulled: undone ? plus(cashier.annulled, totalDiscount) : cashier.annulled,
    })
    if (undone) {
      totals.annulled = plus(totals.annulled, totalDiscount)
      continue
    }
    for (const { title, titles, discount } of shown.lines) {
      campaigns.set(title, { title, titles, ...plus(campaigns.get(title) ?? NO_TALLY, discount.total) })
    }
    if (shown.certainty !== 'stored') continue
    if (row.fate === 'waiting') totals.waiting = plus(totals.waiting, totalDiscount)
    else if (row.fate === 'quarantined') totals.quarantined = plus(totals.quarantined, totalDiscount)
    else if (row.fate === 'forced') totals.forced = plus(totals.forced, totalDiscount)
    else if (row.fate !== null) totals.settled = plus(totals.settled, totalDiscount)
  }
  return {
    ...totals,
    campaigns: [...campaigns.values()].sort((a, b) => b.discount - a.discount),
    cashiers: [...cashiers.values()].sort((a, b) => b.count - a.count),
  }
}

const plus = ({ count, discount }: Tally, more: number): Tally => ({ count: count + 1, discount: discount + more })
