import type { Database } from 'better-sqlite3'
import type { Change } from '../../../core/contract/changes.ts'
import { LeaseState } from '../../../core/contract/leases.ts'
import type { StationContext } from '../commands.ts'
import type { LeaseRow, LeaseRows } from '../deciding/leaseRows.ts'
import { leaseChange } from '../rows/changeRows.ts'

interface Row {
  readonly lease_id: string
  readonly campaign_id: string
  readonly station_id: string
  readonly intent_hash: Uint8Array
  readonly uses: number
  readonly value: number | null
  readonly drawn_uses: number
  readonly drawn_value: number
  readonly lent_at: number
  readonly spend_until: number
  readonly state: string
  readonly recalled_at: number | null
  readonly change_seq: number
}

const COLUMNS = `lease_id, campaign_id, station_id, intent_hash, uses, value, drawn_uses, drawn_value, lent_at, spend_until,
  state, recalled_at, change_seq`

const readRow = (row: Row): LeaseRow => ({
  leaseId: row.lease_id,
  campaignId: row.campaign_id,
  stationId: row.station_id,
  intentHash: row.intent_hash,
  uses: row.uses,
  value: row.value,
  drawnUses: row.drawn_uses,
  drawnValue: row.drawn_value,
  lentAt: row.lent_at,
  spendUntil: row.spend_until,
  state: LeaseState.parse(row.state),
  recalledAt: row.recalled_at,
  changeSeq: row.change_seq,
})

/** The leases table. */
export function leaseRows(db: Database): LeaseRows {
  const find = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM leases WHERE lease_id = ?`)
  const insert = db.prepare<unknown[]>(
    `INSERT INTO leases (lease_id, campaign_id, station_id, intent_hash, uses, value, lent_at, spend_until, state, change_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'out', ?)`,
  )
  const draw = db.prepare<[number, string, number]>(
    `UPDATE leases SET drawn_uses = drawn_uses + 1, drawn_value = drawn_value + ?
     WHERE lease_id = ? AND state IN ('out', 'recalled') AND drawn_uses < uses
       AND (value IS NULL OR drawn_value + ? <= value)`,
  )
  const recall = db.prepare<[number, number, string]>(
    "UPDATE leases SET state = 'recalled', recalled_at = ?, change_seq = ? WHERE lease_id = ? AND state = 'out'",
  )
  const end = db.prepare<[string, number, string | null, string | null, number, string]>(
    `UPDATE leases SET state = ?, ended_at = ?, ended_by = ?, ended_reason = ?, change_seq = ?
     WHERE lease_id = ? AND state IN ('out', 'recalled')`,
  )
  const outstanding = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM leases WHERE campaign_id = ? AND state IN ('out', 'recalled') ORDER BY lease_id`,
  )
  const ofStation = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM leases WHERE station_id = ? ORDER BY lease_id`)
  const isStation = db.prepare<[string], number>('SELECT 1 FROM stations WHERE station_id = ?').pluck()
  const counters = db.prepare<[], { storeId: string; stations: number }>(
    `SELECT store_id AS storeId, count(*) AS stations FROM stations
     WHERE state = 'enrolled' AND role = 'counter' AND public_key IS NOT NULL GROUP BY store_id`,
  )

  return {
    find(leaseId) {
      const row = find.get(leaseId)
      return row ? readRow(row) : null
    },
    insert: ({ leaseId, campaignId, stationId, intentHash, uses, value, lentAt, spendUntil, changeSeq }) =>
      void insert.run(leaseId, campaignId, stationId, intentHash, uses, value, lentAt, spendUntil, changeSeq),
    draw: (leaseId, value) => draw.run(value, leaseId, value).changes === 1,
    setRecalled: (leaseId, at, changeSeq) => void recall.run(at, changeSeq, leaseId),
    end: (leaseId, { state, at, by, reason, changeSeq }) => void end.run(state, at, by, reason, changeSeq, leaseId),
    outstandingOfCampaign: (campaignId) => outstanding.all(campaignId).map(readRow),
    ofStation: (stationId) => ofStation.all(stationId).map(readRow),
    isStation: (stationId) => isStation.get(stationId) !== undefined,
    countersByStore: () => counters.all(),
  }
}

/** How the server sees a station's leases, for its copy. */
export function leaseFeed(db: Database) {
  const select = db.prepare<[string, number, number, number], Row>(
    `SELECT ${COLUMNS} FROM leases WHERE station_id = ? AND change_seq > ? AND change_seq <= ?
     ORDER BY change_seq LIMIT ?`,
  )
  return {
    read: ({ stationId }: StationContext, after: number, upTo: number, limit: number): readonly Change[] =>
      select.all(stationId, after, upTo, limit).map(leaseChange),
  }
}
