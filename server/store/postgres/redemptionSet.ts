import { RedemptionState } from '../../../core/contract/redemptions.ts'
import type { LineRow, RedemptionRow, RedemptionRows } from '../deciding/redemptionRows.ts'
import type { Call, Row, Statement } from './connection.ts'
import type { FigureSet } from './figureSet.ts'
import { lookedUp } from './lookedUp.ts'
import { mustFindAll, put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

/** A redemption with all that its lock covers: lines, undoings that wait for it, overuse, conflicts, coupons it brought. */
const LOAD: Statement = {
  name: 'load_redemptions',
  text: `WITH r AS MATERIALIZED (SELECT r.* FROM unnest($1::TEXT[]) AS n (id), ${lookedUp('redemptions AS r', 'r.redemption_id = n.id')} AS r),
    l AS MATERIALIZED (SELECT l.* FROM r, ${lookedUp('redemption_lines AS l', 'l.redemption_id = r.redemption_id')} AS l)
    SELECT
      (SELECT json_agg(json_build_array(redemption_id, encode(intent_hash, 'hex'), station_id, store_id, status, state, origin,
         decided_at, day, shown, decision)) FROM r),
      (SELECT json_agg(json_build_array(redemption_id, acquisition_id, campaign_id, holder_id, period, discount, lease_id, state)
         ORDER BY redemption_id, acquisition_id) FROM l),
      (SELECT json_agg(json_build_array(w.redemption_id, w.rollback_id, w.station_id) ORDER BY w.rollback_id)
       FROM unnest($1::TEXT[]) AS n (id), ${lookedUp('rollbacks AS w', "w.redemption_id = n.id AND w.state <> 'applied'")} AS w),
      (SELECT json_agg(json_build_array(o.acquisition_id, o.redemption_id, o.campaign_id, o.reason, o.took_use, o.discount, o.at,
         o.resolution))
       FROM (SELECT acquisition_id FROM l UNION SELECT unnest($2::TEXT[])) AS a,
         ${lookedUp('overuse AS o', 'o.acquisition_id = a.acquisition_id')} AS o),
      (SELECT json_agg(json_build_array(c.conflict_id, c.kind, c.store_id, c.redemption_id, c.acquisition_id, c.outcome,
         c.resolved_reason, c.station_id, c.event_id, c.resolution_id))
       FROM (
         SELECT c.conflict_id FROM l, ${lookedUp('conflicts AS c', 'c.redemption_id = l.redemption_id AND c.acquisition_id = l.acquisition_id')} AS c
         UNION SELECT unnest($3::TEXT[])
         UNION SELECT c.conflict_id FROM conflicts AS c WHERE c.resolution_id = ANY ($4::TEXT[])
         UNION SELECT c.conflict_id FROM conflicts AS c WHERE c.station_id = ANY ($5::TEXT[]) AND c.event_id = ANY ($6::TEXT[])) AS k (id),
         ${lookedUp('conflicts AS c', 'c.conflict_id = k.id')} AS c),
      (SELECT json_agg(json_build_array(i.redemption_id, i.acquisition_id, i.campaign_id, i.uses)
         ORDER BY i.redemption_id, i.acquisition_id)
       FROM r, ${lookedUp('issued_coupons AS i', 'i.redemption_id = r.redemption_id')} AS i),
      (SELECT json_agg(json_build_array(v.holder_id, v.redemption_id)) FROM unnest($7::TEXT[]) AS n (id), LATERAL (
         SELECT holder_id, redemption_id FROM redemption_lines WHERE holder_id = n.id AND state <> 'rolled_back'
         LIMIT 50) AS v)`,
}

/** Loads redemptions with all that their locks cover, and what is known of conflicts and overuse: one row of seven lists. */
export const loadRedemptions = (wants: Wants): Call => ({
  statement: LOAD,
  values: [
    [...wants.redemptions],
    [...wants.acquisitions],
    [...wants.conflicts],
    [...wants.resolutions],
    [...wants.stations],
    [...wants.events],
    [...wants.visitors],
  ],
})

type Loaded<Columns extends Row> = readonly Columns[] | null
type Status = RedemptionRow['status']
type Origin = RedemptionRow['origin']
export type OveruseColumns = readonly [string, string, string, string, number, number, number, string | null]
export type ConflictColumns = readonly [
  string,
  'forced' | 'quarantined',
  string,
  string | null,
  string | null,
  string | null,
  string | null,
  string,
  string | null,
  string | null,
]
type RedemptionColumns = readonly [
  ...[string, string | null, string, string, Status, string, Origin, number, number, number, string],
]
type LineColumns = readonly [string, string, string, string, string | null, number, string | null, LineRow['state']]
export type RedemptionLoaded = readonly [
  Loaded<RedemptionColumns>,
  Loaded<LineColumns>,
  Loaded<readonly [string, string, string | null]>,
  Loaded<OveruseColumns>,
  Loaded<ConflictColumns>,
  Loaded<readonly [string, string, string, number]>,
  Loaded<readonly [string, string]>,
]

const INSERT: Statement = {
  name: 'new_redemptions',
  text: `INSERT INTO redemptions (redemption_id, intent_hash, station_id, store_id, status, state, origin, decided_at, day, entry,
      operator_id, sale_ref, shown, decision)
    SELECT * FROM unnest($1::TEXT[], $2::BYTEA[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::TEXT[], $7::TEXT[], $8::BIGINT[],
      $9::BIGINT[], $10::TEXT[], $11::TEXT[], $12::TEXT[], $13::SMALLINT[], $14::TEXT[])`,
}
const UPDATE: Statement = {
  name: 'put_redemptions',
  text: mustFindAll(
    `UPDATE redemptions AS r SET intent_hash = x.intent_hash, status = x.status, state = x.state, origin = x.origin,
       shown = x.shown, decision = x.decision
     FROM unnest($1::TEXT[], $2::BYTEA[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::SMALLINT[], $7::TEXT[])
       AS x (redemption_id, intent_hash, status, state, origin, shown, decision)
     WHERE r.redemption_id = x.redemption_id`,
    'redemptions',
  ),
}
const LINES: Statement = {
  name: 'put_lines',
  text: `INSERT INTO redemption_lines (redemption_id, acquisition_id, campaign_id, holder_id, period, discount, lease_id, state)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[], $7::TEXT[], $8::TEXT[])
    ON CONFLICT (redemption_id, acquisition_id) DO UPDATE SET period = excluded.period, discount = excluded.discount,
      lease_id = excluded.lease_id, state = excluded.state`,
}

interface Kept {
  row: RedemptionRow
  readonly day: number
  /** Columns that only a new one has; null: it is in the database. */
  readonly isNew: {
    readonly entry: string | null
    readonly operatorId: string | null
    readonly saleRef: unknown
  } | null
  isChanged: boolean
}

export interface RedemptionSet {
  readonly redemptions: RedemptionRows
  /** Throws `Missing` for a redemption that is not in the set. */
  mustHave(redemptionId: string): void
  /** Lines that stand, put in this transaction or before: whether a holder has one in another redemption. */
  hasRedeemed(holderId: string, exceptRedemptionId: string): boolean
  writes(): readonly Call[]
}

/** Redemptions and their lines, in memory for one transaction. */
export function redemptionSet(wants: Wants, loaded: RedemptionLoaded, figures: FigureSet): RedemptionSet {
  const [known, itsLines, , , , , visits] = loaded
  const rows = new Map<string, Kept>()
  for (const [
    redemptionId,
    intent,
    stationId,
    storeId,
    status,
    state,
    origin,
    decidedAt,
    day,
    shown,
    decision,
  ] of known ?? []) {
    const row: RedemptionRow = {
      redemptionId,
      intentHash: intent === null ? null : Buffer.from(intent, 'hex'),
      stationId,
      storeId,
      status,
      state: RedemptionState.parse(state),
      origin,
      decidedAt,
      shown: shown === 1,
      decision,
    }
    rows.set(redemptionId, { row, day, isNew: null, isChanged: false })
  }
  const lines = new Map<string, Map<string, LineRow>>()
  for (const [redemptionId, acquisitionId, campaignId, holderId, period, discount, leaseId, state] of itsLines ?? []) {
    const line = { acquisitionId, campaignId, holderId, period, discount, leaseId, state }
    linesOf(redemptionId).set(acquisitionId, line)
  }
  const putLines = new Map<string, Row>()

  function linesOf(redemptionId: string): Map<string, LineRow> {
    const some = lines.get(redemptionId) ?? new Map<string, LineRow>()
    lines.set(redemptionId, some)
    return some
  }
  const mustHave = (redemptionId: string): void => {
    if (!wants.redemptions.has(redemptionId)) throw new Missing('redemptions', redemptionId)
  }
  const change = (redemptionId: string, to: Partial<RedemptionRow>): void => {
    mustHave(redemptionId)
    const kept = rows.get(redemptionId)
    if (!kept) return
    kept.row = { ...kept.row, ...to }
    kept.isChanged = true
  }

  return {
    mustHave,
    redemptions: {
      find(redemptionId) {
        mustHave(redemptionId)
        return rows.get(redemptionId)?.row ?? null
      },
      insert({ day, entry, operatorId, saleRef, decision, ...row }) {
        const isNew = { entry, operatorId, saleRef }
        const kept = { row: { ...row, decision: JSON.stringify(decision) }, day, isNew, isChanged: false }
        rows.set(row.redemptionId, kept)
      },
      setState: (redemptionId, state) => change(redemptionId, { state }),
      replaceDecision(redemptionId, decision, intentHash) {
        change(redemptionId, {
          status: decision.status,
          decision: JSON.stringify(decision),
          origin: 'offline',
          state: 'active',
          ...(intentHash === null ? {} : { intentHash }),
        })
      },
      markShown: (redemptionId) => change(redemptionId, { shown: true }),
      lines(redemptionId) {
        mustHave(redemptionId)
        return [...linesOf(redemptionId).values()].sort((a, b) => (a.acquisitionId < b.acquisitionId ? -1 : 1))
      },
      putLine(redemptionId, { acquisitionId, campaignId, holderId, period, discount, leaseId = null }, state) {
        const some = linesOf(redemptionId)
        const before = some.get(acquisitionId)
        // What it is about stays what it was first.
        const about = before ?? { campaignId, holderId }
        const line = {
          acquisitionId,
          campaignId: about.campaignId,
          holderId: about.holderId,
          period,
          discount,
          leaseId,
          state,
        }
        some.set(acquisitionId, line)
        const key = `${redemptionId} ${acquisitionId}`
        putLines.set(key, [
          redemptionId,
          acquisitionId,
          about.campaignId,
          about.holderId,
          period,
          discount,
          leaseId,
          state,
        ])
        const kept = rows.get(redemptionId)
        if (kept) figures.lineMoved(kept.day, kept.row.storeId, before, line)
      },
    },
    hasRedeemed(holderId, except) {
      if (!wants.visitors.has(holderId)) throw new Missing('visitors', holderId)
      const here = [...lines].some(
        ([redemptionId, some]) =>
          redemptionId !== except &&
          [...some.values()].some((line) => line.holderId === holderId && line.state !== 'rolled_back'),
      )
      return here || (visits ?? []).some(([of, id]) => of === holderId && id !== except && !lines.has(id))
    },
    writes() {
      const fresh: Row[] = []
      const old: Row[] = []
      for (const { row, day, isNew, isChanged } of rows.values()) {
        const { redemptionId, intentHash, stationId, storeId, status, state, origin, decidedAt, shown, decision } = row
        if (isNew) {
          const { entry, operatorId, saleRef } = isNew
          fresh.push([
            ...[redemptionId, intentHash, stationId, storeId, status, state, origin, decidedAt, day, entry, operatorId],
            ...[saleRef ? JSON.stringify(saleRef) : null, Number(shown), decision],
          ])
        } else if (isChanged) {
          old.push([redemptionId, intentHash, status, state, origin, Number(shown), decision])
        }
      }
      return [...put(INSERT, fresh), ...put(UPDATE, old), ...put(LINES, [...putLines.values()])]
    },
  }
}
