import type { ConflictOutcome } from '../../../core/contract/conflicts.ts'
import type { ConflictRows, ConflictStep, NewConflict, StoredConflict } from '../deciding/conflicts.ts'
import type { OveruseRow, OveruseRows } from '../deciding/overuse.ts'
import type { Call, Row, Statement } from './connection.ts'
import { put } from './put.ts'
import type { RedemptionLoaded } from './redemptionSet.ts'
import { Missing, type Wants } from './wants.ts'

const OVERUSE: Statement = {
  name: 'put_overuse',
  text: `INSERT INTO overuse (acquisition_id, redemption_id, campaign_id, reason, took_use, discount, at, resolution)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::SMALLINT[], $6::BIGINT[], $7::BIGINT[], $8::TEXT[])
    ON CONFLICT (acquisition_id, redemption_id) DO UPDATE SET reason = excluded.reason, took_use = excluded.took_use,
      discount = excluded.discount, resolution = excluded.resolution`,
}
const CONFLICTS: Statement = {
  name: 'new_conflicts',
  text: `INSERT INTO conflicts (conflict_id, kind, station_id, store_id, event_id, seq, digest, redemption_id, acquisition_id,
      campaign_id, operator_id, discount, reason, happened_at, opened_at)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[], $7::BYTEA[], $8::TEXT[],
      $9::TEXT[], $10::TEXT[], $11::TEXT[], $12::BIGINT[], $13::TEXT[], $14::BIGINT[], $15::BIGINT[])`,
}
const REOPENED: Statement = {
  name: 'reopened_conflicts',
  text: `UPDATE conflicts AS c SET reason = x.reason, discount = x.discount, outcome = NULL, resolution_id = NULL,
      resolved_by = NULL, resolved_at = NULL, resolved_reason = NULL, change_seq = NULL
    FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[]) AS x (conflict_id, reason, discount)
    WHERE c.conflict_id = x.conflict_id`,
}
const ENDED: Statement = {
  name: 'ended_conflicts',
  text: `UPDATE conflicts AS c SET outcome = x.outcome, resolution_id = x.resolution_id, resolved_by = x.operator_id,
      resolved_at = x.at, resolved_reason = x.reason, change_seq = x.change_seq
    FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::BIGINT[], $6::TEXT[], $7::BIGINT[])
      AS x (conflict_id, outcome, resolution_id, operator_id, at, reason, change_seq)
    WHERE c.conflict_id = x.conflict_id`,
}
const STEPS: Statement = {
  name: 'new_conflict_steps',
  text: `INSERT INTO conflict_steps (conflict_id, position, action, operator_id, reason, at)
    SELECT x.conflict_id, x.position + coalesce((SELECT max(s.position) FROM conflict_steps AS s
      WHERE s.conflict_id = x.conflict_id), 0), x.action, x.operator_id, x.reason, x.at
    FROM unnest($1::TEXT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[])
      AS x (conflict_id, position, action, operator_id, reason, at)`,
}

interface Forced extends OveruseRow {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly discount: number
  readonly at: number
  readonly resolution: string | null
}

interface Kept {
  conflict: StoredConflict
  readonly stationId: string
  readonly eventId: string | null
  resolutionId: string | null
  readonly steps: ConflictStep[]
}

export interface ConflictSet {
  readonly overuse: OveruseRows
  readonly conflicts: ConflictRows
  writes(): readonly Call[]
}

/** Forced lines and what managers have to look at, in memory for one transaction. */
export function conflictSet(
  wants: Wants,
  [, knownLines, , overuseLoaded, conflictsLoaded]: RedemptionLoaded,
  mustHaveRedemption: (redemptionId: string) => void,
): ConflictSet {
  const forced = new Map<string, Forced>()
  const putForced = new Set<string>()
  const nameOf = (redemptionId: string, acquisitionId: string) => `${redemptionId} ${acquisitionId}`
  for (const [acquisitionId, redemptionId, campaignId, reason, took, discount, at, resolution] of overuseLoaded ?? []) {
    const row = { acquisitionId, redemptionId, campaignId, reason, tookUse: took === 1, discount, at, resolution }
    forced.set(nameOf(redemptionId, acquisitionId), row)
  }
  const usedBefore = new Set(knownLines?.map(([, acquisitionId]) => acquisitionId))
  const mustHaveOveruse = (acquisitionId: string): void => {
    if (!usedBefore.has(acquisitionId) && !wants.acquisitions.has(acquisitionId)) {
      throw new Missing('acquisitions', acquisitionId)
    }
  }
  const find = (redemptionId: string, acquisitionId: string): Forced | null => {
    mustHaveOveruse(acquisitionId)
    return forced.get(nameOf(redemptionId, acquisitionId)) ?? null
  }
  const change = (redemptionId: string, acquisitionId: string, to: Partial<Forced>): void => {
    const row = find(redemptionId, acquisitionId)
    if (!row) return
    const name = nameOf(redemptionId, acquisitionId)
    forced.set(name, { ...row, ...to })
    putForced.add(name)
  }

  const kept = new Map<string, Kept>()
  for (const row of conflictsLoaded ?? []) {
    const [conflictId, kind, storeId, redemptionId, acquisitionId, outcome, resolvedReason] = row
    const [, , , , , , , stationId, eventId, resolutionId] = row
    const end = outcome as ConflictOutcome | null
    const conflict = { conflictId, kind, storeId, redemptionId, acquisitionId, outcome: end, resolvedReason }
    kept.set(conflictId, { conflict, stationId, eventId, resolutionId, steps: [] })
  }
  const opened: Row[] = []
  const reopened = new Map<string, Row>()
  const ended = new Map<string, Row>()
  const inSet = (is: (row: Kept) => boolean): StoredConflict[] =>
    [...kept.values()].filter(is).map(({ conflict }) => conflict)

  /** A forced line is its redemption's, an event its station's. */
  const mustBeLocked = ({ conflict: { redemptionId, kind }, stationId }: Kept): void => {
    if (kind === 'forced' && redemptionId !== null) mustHaveRedemption(redemptionId)
    else if (!wants.stations.has(stationId)) throw new Missing('stations', stationId)
  }

  return {
    overuse: {
      find,
      findOpen(redemptionId, acquisitionId) {
        const row = find(redemptionId, acquisitionId)
        return row?.resolution === null ? row : null
      },
      unpaid(acquisitionId) {
        mustHaveOveruse(acquisitionId)
        const open = [...forced.values()].filter(
          (row) => row.acquisitionId === acquisitionId && !row.tookUse && row.resolution === null,
        )
        open.sort((a, b) => a.at - b.at || (a.redemptionId < b.redemptionId ? -1 : 1))
        return open[0] ?? null
      },
      put(redemptionId, { acquisitionId, campaignId, discount }, reason, tookUse, at) {
        const name = nameOf(redemptionId, acquisitionId)
        const before = forced.get(name)
        const row = { acquisitionId, redemptionId, campaignId, reason, tookUse, discount, at, resolution: null }
        forced.set(name, before ? { ...row, campaignId: before.campaignId, at: before.at } : row)
        putForced.add(name)
      },
      end: (redemptionId, acquisitionId, how) => change(redemptionId, acquisitionId, { resolution: how }),
      pay: (redemptionId, acquisitionId, reason) => change(redemptionId, acquisitionId, { tookUse: true, reason }),
    },
    conflicts: {
      find(conflictId) {
        const row = kept.get(conflictId)
        if (!row && !wants.conflicts.has(conflictId)) throw new Missing('conflicts', conflictId)
        if (row) mustBeLocked(row)
        return row?.conflict ?? null
      },
      byResolution(resolutionId) {
        if (!wants.resolutions.has(resolutionId)) throw new Missing('resolutions', resolutionId)
        return inSet((row) => row.resolutionId === resolutionId)[0] ?? null
      },
      ofLine(redemptionId, acquisitionId) {
        mustHaveRedemption(redemptionId)
        const is = ({ conflict }: Kept) =>
          conflict.redemptionId === redemptionId && conflict.acquisitionId === acquisitionId
        return inSet(is)[0] ?? null
      },
      openOfEvent(stationId, eventId) {
        if (!wants.stations.has(stationId)) throw new Missing('stations', stationId)
        if (!wants.events.has(eventId)) throw new Missing('events', eventId)
        return inSet(
          (row) =>
            row.stationId === stationId &&
            row.eventId === eventId &&
            row.conflict.kind === 'quarantined' &&
            row.conflict.outcome === null,
        )
      },
      insert(conflictId, conflict, openedAt) {
        const { kind, storeId, redemptionId, acquisitionId, stationId, eventId } = conflict
        const stored = { conflictId, kind, storeId, redemptionId, acquisitionId, outcome: null, resolvedReason: null }
        kept.set(conflictId, { conflict: stored, stationId, eventId, resolutionId: null, steps: [] })
        opened.push(newColumns(conflictId, conflict, openedAt))
      },
      reopen(conflictId, reason, discount) {
        const row = kept.get(conflictId)
        if (!row) return
        row.conflict = { ...row.conflict, outcome: null, resolvedReason: null }
        row.resolutionId = null
        reopened.set(conflictId, [conflictId, reason, discount])
        ended.delete(conflictId)
      },
      end(conflictId, outcome, verdict, at, changeSeq) {
        const row = kept.get(conflictId)
        if (!row) return
        const { resolutionId = null, operatorId = null, reason = null } = verdict ?? {}
        row.conflict = { ...row.conflict, outcome, resolvedReason: reason }
        row.resolutionId = resolutionId
        ended.set(conflictId, [conflictId, outcome, resolutionId, operatorId, at, reason, changeSeq])
      },
      addStep: (conflictId, step) => void kept.get(conflictId)?.steps.push(step),
    },
    writes() {
      const steps = [...kept].flatMap(([conflictId, row]) =>
        row.steps.map(({ action, operatorId, reason, at }, index) => [
          conflictId,
          index + 1,
          action,
          operatorId,
          reason,
          at,
        ]),
      )
      return [
        ...put(
          OVERUSE,
          [...putForced].flatMap((name) => overuseColumns(forced.get(name))),
        ),
        ...put(CONFLICTS, opened),
        ...put(REOPENED, [...reopened.values()]),
        ...put(ENDED, [...ended.values()]),
        ...put(STEPS, steps),
      ]
    },
  }
}

function overuseColumns(row: Forced | undefined): Row[] {
  if (!row) return []
  const { acquisitionId, redemptionId, campaignId, reason, tookUse, discount, at, resolution } = row
  return [[acquisitionId, redemptionId, campaignId, reason, Number(tookUse), discount, at, resolution]]
}

function newColumns(conflictId: string, conflict: NewConflict, openedAt: number): Row {
  const { kind, stationId, storeId, eventId, seq, digest, redemptionId, acquisitionId } = conflict
  const { campaignId, operatorId, discount, reason, happenedAt } = conflict
  return [
    ...[conflictId, kind, stationId, storeId, eventId, seq, digest, redemptionId, acquisitionId],
    ...[campaignId, operatorId, discount, reason, happenedAt, openedAt],
  ]
}
