import { CampaignDefinition } from '../../../core/campaigns/campaign.ts'
import type { Change } from '../../../core/contract/changes.ts'
import { LeaseState } from '../../../core/contract/leases.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { MediumType } from '../../../core/media/medium.ts'
import { Store } from '../../../core/objective.ts'
import { ACQUISITION_COLUMNS, type AcquisitionRow, readAcquisition } from './acquisitionRow.ts'
import type { ConflictRow } from './conflictRow.ts'
import { type OperatorRow, operatorAtTheTill } from './operatorRow.ts'
import { settingsUnder } from './stationSettings.ts'

/** A row of the change feed: where its latest change stands. */
export interface Positioned {
  readonly change_seq: number
}

export interface CampaignRow {
  readonly campaign_id: string
  readonly version: number
  readonly state: string
  readonly rules: string
}

/** A campaign as copies hold it. */
export const definitionOf = (row: CampaignRow): CampaignDefinition =>
  CampaignDefinition.parse({
    campaignId: row.campaign_id,
    version: row.version,
    state: row.state,
    rules: JSON.parse(row.rules),
  })

/** States of campaigns that copies hold: what was never approved is head office's own business. */
export const DECIDED_STATES = "('approved', 'suspended', 'ended')"

/** Of `t`. */
export const MEDIUM_COLUMNS = 't.medium_id, t.key_version, t.key, t.type, t.holder_id, t.blocked'
export interface MediumRow {
  readonly medium_id: string
  readonly key_version: number
  readonly key: Uint8Array
  readonly type: string
  readonly holder_id: string
  readonly blocked: number
}
export const mediumChange = (row: Positioned & MediumRow): Change => ({
  kind: 'medium',
  changeSeq: row.change_seq,
  mediumId: row.medium_id,
  key: { v: row.key_version, key: Buffer.from(row.key).toString('hex') },
  type: MediumType.parse(row.type),
  holderId: row.holder_id,
  blocked: row.blocked === 1,
})

export const HELD_COLUMNS = ACQUISITION_COLUMNS.split(', ')
  .map((name) => `t.${name}`)
  .join(', ')
export const acquisitionChange = (row: Positioned & AcquisitionRow): Change => ({
  kind: 'acquisition',
  changeSeq: row.change_seq,
  ...readAcquisition(row),
  holderId: row.holder_id,
  expiresAt: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
})

export const USAGE_COLUMNS = 't.holder_id, t.campaign_id, t.period, t.uses'
export interface UsageRow {
  readonly holder_id: string
  readonly campaign_id: string
  readonly period: string
  readonly uses: number
}
export const usageChange = (row: Positioned & UsageRow): Change => ({
  kind: 'holder_usage',
  changeSeq: row.change_seq,
  holderId: row.holder_id,
  campaignId: row.campaign_id,
  period: row.period,
  uses: row.uses,
})

export const campaignChange = (row: Positioned & CampaignRow): Change => ({
  kind: 'campaign',
  changeSeq: row.change_seq,
  campaign: definitionOf(row),
})

export const operatorChange = (row: Positioned & OperatorRow): Change => ({
  kind: 'operator',
  changeSeq: row.change_seq,
  ...operatorAtTheTill(row),
})

/** What concerns one station or its store alone follows: few rows, which a snapshot does not carry. */
export interface StoreChangeRow {
  readonly store: string
  readonly settings: string
  readonly difference: string | null
}
export const storeChange = (row: Positioned & StoreChangeRow): Change => ({
  kind: 'station',
  changeSeq: row.change_seq,
  store: Store.parse(JSON.parse(row.store)),
  settings: settingsUnder(StationSettings.parse(JSON.parse(row.settings)), row.difference),
})

export interface LeaseChangeRow {
  readonly lease_id: string
  readonly campaign_id: string
  readonly state: string
}
/** How the server sees a station's leases, for its copy. */
export const leaseChange = (row: Positioned & LeaseChangeRow): Change => ({
  kind: 'lease',
  changeSeq: row.change_seq,
  leaseId: row.lease_id,
  campaignId: row.campaign_id,
  state: LeaseState.parse(row.state),
})

export interface EndedConflictRow extends ConflictRow {
  /** NULL: nobody decided, or their name is not known any more. */
  readonly by_name: string | null
  /** Conflicts of the same event that are still open. */
  readonly remaining: number
}
/** How a conflict about a station's own event ended. */
export function resolutionChanges(row: Positioned & EndedConflictRow): readonly Change[] {
  if (row.outcome === null || row.resolved_at === null) return []
  return [
    {
      kind: 'resolution',
      changeSeq: row.change_seq,
      conflictId: row.conflict_id,
      conflict: row.kind,
      eventId: row.event_id,
      redemptionId: row.redemption_id,
      acquisitionId: row.acquisition_id,
      outcome: row.outcome,
      by: row.by_name,
      reason: row.resolved_reason,
      at: new Date(row.resolved_at).toISOString(),
      remaining: row.remaining,
    },
  ]
}
