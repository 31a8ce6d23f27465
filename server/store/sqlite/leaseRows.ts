import type { Database } from 'better-sqlite3'
import type { Change } from '../../../core/contract/changes.ts'
import { LeaseState } from '../../../core/contract/leases.ts'
import type { Lent } from '../../../core/leases/share.ts'
import type { StationContext } from '../commands.ts'

export interface LeaseRow {
  readonly leaseId: string
  readonly campaignId: string
  readonly stationId: string
  readonly intentHash: Uint8Array
  readonly uses: number
  /** null: no budget limits the campaign. */
  readonly value: number | null
  readonly drawnUses: number
  readonly drawnValue: number
  readonly lentAt: number
  readonly spendUntil: number
  readonly state: LeaseState
  readonly recalledAt: number | null
  readonly changeSeq: number
}

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

/** Whether it is lent still: what is left of it is not in the pool. */
export const isOutstanding = ({ state }: Pick<LeaseRow, 'state'>): boolean => state === 'out' || state === 'recalled'

/** What nobody has drawn of it. */
export const leftOf = ({ uses, value, drawnUses, drawnValue }: LeaseRow): Lent => ({
  uses: uses - drawnUses,
  value: value === null ? null : value - drawnValue,
})

export interface NewLease extends Omit<LeaseRow, 'drawnUses' | 'drawnValue' | 'state' | 'recalledAt'> {}

export interface LeaseRows {
  find(leaseId: string): LeaseRow | null
  insert(lease: NewLease): void
  /** Takes one use and its value out; false when that is more than is left, or it has ended. */
  draw(leaseId: string, value: number): boolean
  setRecalled(leaseId: string, at: number, changeSeq: number): void
  end(
    leaseId: string,
    how: { state: 'returned' | 'written_off'; at: number; by: string | null; reason: string | null; changeSeq: number },
  ): void
  outstandingOfCampaign(campaignId: string): readonly LeaseRow[]
  ofStation(stationId: string): readonly LeaseRow[]
}

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
      select.all(stationId, after, upTo, limit).map((row) => ({
        kind: 'lease',
        changeSeq: row.change_seq,
        leaseId: row.lease_id,
        campaignId: row.campaign_id,
        state: LeaseState.parse(row.state),
      })),
  }
}
