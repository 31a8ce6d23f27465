import { z } from 'zod'
import type { RedemptionDecided, RedemptionResponse, RedemptionState } from '../../../core/contract/redemptions.ts'
import type { UsedLine } from './uses.ts'

export interface RedemptionRow {
  readonly redemptionId: string
  /** null: known from an event that did not carry its intent. */
  readonly intentHash: Uint8Array | null
  readonly stationId: string
  readonly storeId: string
  readonly status: 'approved' | 'refused'
  readonly state: RedemptionState
  readonly origin: 'online' | 'offline'
  readonly decidedAt: number
  readonly shown: boolean
  /** JSON of a `RedemptionDecided`. */
  readonly decision: string
}

export interface NewRedemption extends Omit<RedemptionRow, 'decision'> {
  /** The store's business day, days since 1970. */
  readonly day: number
  readonly entry: string | null
  readonly operatorId: string | null
  readonly saleRef: unknown
  readonly decision: RedemptionDecided
}

export type LineState = 'counted' | 'forced' | 'rolled_back'

export interface LineRow extends UsedLine {
  readonly leaseId: string | null
  readonly state: LineState
}

/** The redemptions and redemption_lines tables, inside one transaction. */
export interface RedemptionRows {
  find(redemptionId: string): RedemptionRow | null
  insert(redemption: NewRedemption): void
  setState(redemptionId: string, state: RedemptionState): void
  /** Replaces what was decided by what the station's journal says was shown. */
  replaceDecision(redemptionId: string, decision: RedemptionDecided, intentHash: Uint8Array | null): void
  /** Notes that the station's cashier was shown it. */
  markShown(redemptionId: string): void
  lines(redemptionId: string): LineRow[]
  putLine(redemptionId: string, line: UsedLine, state: LineState): void
}

/** The answer to whoever asks about a redemption: the first decision plus today's state. */
export function redemptionResponse(row: Pick<RedemptionRow, 'decision' | 'state'>): RedemptionResponse {
  return { ...StoredDecision.parse(JSON.parse(row.decision)), state: row.state }
}

/** Written by this program after it was checked; the shape is read again only where it decides. */
const StoredDecision = z.custom<RedemptionDecided>(
  (value) => typeof value === 'object' && value !== null && 'status' in value,
)
