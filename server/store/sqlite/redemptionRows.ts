import type { Database } from 'better-sqlite3'
import { RedemptionState } from '../../../core/contract/redemptions.ts'
import type { LineState, RedemptionRows } from '../deciding/redemptionRows.ts'
import { type Figured, lineFigures, type Made } from './lineFigures.ts'
import type { PutOff } from './putOff.ts'

interface Row {
  readonly redemption_id: string
  readonly intent_hash: Uint8Array | null
  readonly station_id: string
  readonly store_id: string
  readonly status: 'approved' | 'refused'
  readonly state: string
  readonly origin: 'online' | 'offline'
  readonly decided_at: number
  readonly shown: number
  readonly decision: string
}

interface StoredLine {
  readonly acquisition_id: string
  readonly campaign_id: string
  readonly holder_id: string
  readonly period: string | null
  readonly discount: number
  readonly lease_id: string | null
  readonly state: LineState
}

/** A redemption that this transaction has made, with the lines that it has by now. */
interface New extends Made {
  readonly lines: Set<string>
}

/** Redemptions and their lines, which count in figures. */
export function redemptionRows(db: Database): RedemptionRows & PutOff {
  const figures = lineFigures(db)
  const fresh = new Map<string, New>()
  const find = db.prepare<[string], Row>(
    `SELECT redemption_id, intent_hash, station_id, store_id, status, state, origin, decided_at, shown, decision
     FROM redemptions WHERE redemption_id = ?`,
  )
  const insert = db.prepare<unknown[]>(
    `INSERT INTO redemptions (redemption_id, intent_hash, station_id, store_id, status, state, origin, decided_at, day, entry,
       operator_id, sale_ref, shown, decision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setState = db.prepare<[string, string]>('UPDATE redemptions SET state = ? WHERE redemption_id = ?')
  const replace = db.prepare<[string, string, Uint8Array | null, string]>(
    `UPDATE redemptions SET status = ?, decision = ?, intent_hash = coalesce(?, intent_hash), origin = 'offline',
       state = 'active' WHERE redemption_id = ?`,
  )
  const markShown = db.prepare<[string]>('UPDATE redemptions SET shown = 1 WHERE redemption_id = ?')
  const lines = db.prepare<[string], StoredLine>(
    `SELECT acquisition_id, campaign_id, holder_id, period, discount, lease_id, state
     FROM redemption_lines WHERE redemption_id = ?`,
  )
  const insertLine = db.prepare<unknown[]>(
    `INSERT INTO redemption_lines (redemption_id, acquisition_id, campaign_id, holder_id, period, discount, lease_id, state,
       earlier_redemption)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT latest_redemption FROM acquisitions WHERE holder_id = ? AND acquisition_id = ?))`,
  )
  const noteLatest = db.prepare<[string, string, string]>(
    'UPDATE acquisitions SET latest_redemption = ? WHERE holder_id = ? AND acquisition_id = ?',
  )
  const updateLine = db.prepare<[string | null, number, string | null, string, string, string]>(
    `UPDATE redemption_lines SET period = ?, discount = ?, lease_id = ?, state = ?
     WHERE redemption_id = ? AND acquisition_id = ?`,
  )
  const findLine = db.prepare<[string, string], Figured & { readonly campaignId: string }>(
    `SELECT campaign_id AS campaignId, discount, state FROM redemption_lines
     WHERE redemption_id = ? AND acquisition_id = ?`,
  )
  const findMade = db.prepare<[string], Made>(
    'SELECT day, store_id AS storeId FROM redemptions WHERE redemption_id = ?',
  )

  const madeOf = (redemptionId: string): Made => {
    const made = fresh.get(redemptionId) ?? findMade.get(redemptionId)
    if (!made) throw new Error(`a line of ${redemptionId}, which is not there`)
    return made
  }

  return {
    find(redemptionId) {
      const row = find.get(redemptionId)
      return row
        ? {
            redemptionId: row.redemption_id,
            intentHash: row.intent_hash,
            stationId: row.station_id,
            storeId: row.store_id,
            status: row.status,
            state: RedemptionState.parse(row.state),
            origin: row.origin,
            decidedAt: row.decided_at,
            shown: row.shown === 1,
            decision: row.decision,
          }
        : null
    },
    insert(redemption) {
      insert.run(
        redemption.redemptionId,
        redemption.intentHash,
        redemption.stationId,
        redemption.storeId,
        redemption.status,
        redemption.state,
        redemption.origin,
        redemption.decidedAt,
        redemption.day,
        redemption.entry,
        redemption.operatorId,
        redemption.saleRef ? JSON.stringify(redemption.saleRef) : null,
        Number(redemption.shown),
        JSON.stringify(redemption.decision),
      )
      const { redemptionId, day, storeId } = redemption
      fresh.set(redemptionId, { day, storeId, lines: new Set() })
    },
    setState: (redemptionId, state) => void setState.run(state, redemptionId),
    replaceDecision: (redemptionId, decision, intentHash) =>
      void replace.run(decision.status, JSON.stringify(decision), intentHash, redemptionId),
    markShown: (redemptionId) => void markShown.run(redemptionId),
    lines: (redemptionId) =>
      lines.all(redemptionId).map((row) => ({
        acquisitionId: row.acquisition_id,
        campaignId: row.campaign_id,
        holderId: row.holder_id,
        period: row.period,
        discount: row.discount,
        leaseId: row.lease_id,
        state: row.state,
      })),
    putLine(redemptionId, { acquisitionId, campaignId, holderId, period, discount, leaseId = null }, state) {
      const made = madeOf(redemptionId)
      const ofNew = fresh.get(redemptionId)?.lines
      const before = ofNew?.has(acquisitionId) === false ? undefined : findLine.get(redemptionId, acquisitionId)
      if (before) {
        updateLine.run(period, discount, leaseId, state, redemptionId, acquisitionId)
        figures.count(made, before.campaignId, before, -1)
      } else {
        const line = [redemptionId, acquisitionId, campaignId, holderId, period, discount, leaseId, state]
        insertLine.run(...line, holderId, acquisitionId)
        noteLatest.run(redemptionId, holderId, acquisitionId)
        ofNew?.add(acquisitionId)
      }
      figures.count(made, before?.campaignId ?? campaignId, { state, discount }, 1)
    },
    write() {
      figures.write()
      fresh.clear()
    },
    forget() {
      figures.forget()
      fresh.clear()
    },
  }
}
