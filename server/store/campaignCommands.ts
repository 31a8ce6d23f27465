import type { CampaignAction, CampaignState, InForceState, VersionState } from '../../core/campaigns/campaign.ts'
import type { CampaignStatus } from '../../core/campaigns/lifecycle.ts'
import type { CampaignRules, WireRules } from '../../core/campaigns/rules.ts'
import type { CampaignUse } from '../../core/contract/campaigns.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Refusal } from './commands.ts'

/** One version of a campaign's rules, as stored: it may be of a newer `rulesVersion` than this program knows. */
export interface CampaignVersionRecord {
  readonly version: number
  readonly state: VersionState
  readonly contentHash: string
  readonly rules: WireRules
  readonly author: { readonly operatorId: string; readonly name: string }
  readonly createdAt: number
}

/** A campaign as head office sees it: its version in force or, before one is, its newest; and the proposal beside it. */
export interface CampaignRecord {
  readonly campaignId: string
  readonly version: number
  readonly state: CampaignState
  readonly contentHash: string
  readonly rules: WireRules
  readonly inForce: InForceState | null
  /** The newest version unless it is the one in force. */
  readonly proposal: CampaignVersionRecord | null
}

export interface CampaignDetail extends CampaignRecord {
  /** The latest, oldest first. */
  readonly decisions: readonly CampaignDecisionRecord[]
  readonly use: CampaignUse
}

export interface CampaignDecisionRecord {
  readonly position: number
  readonly version: number
  readonly action: CampaignAction | 'draft'
  readonly operatorId: string
  readonly operatorName: string
  readonly at: number
  readonly contentHash: string
  readonly reason?: string
}

export interface DraftCommand {
  readonly campaignId: string
  readonly rules: CampaignRules
  readonly contentHash: string
  /** The content that was edited; another one by now is refused. */
  readonly basedOn?: string | undefined
  readonly operatorId: string
  readonly role: OperatorRole
  readonly now: number
}

export interface CampaignActionCommand {
  readonly campaignId: string
  readonly action: CampaignAction
  readonly actor: { readonly operatorId: string; readonly role: OperatorRole }
  /** What the actor saw; another content is refused. */
  readonly contentHash?: string | undefined
  readonly reason?: string | undefined
  readonly now: number
}

/** Why a campaign command changed nothing: unknown id, another state, or a `Refusal` of the rules of two people. */
export type CampaignRefusal = { readonly problem: 'not_found' } | ({ readonly problem: 'conflict' } & Refusal)

export interface CampaignListQuery {
  readonly status?: CampaignStatus | undefined
  readonly waiting?: boolean | undefined
  readonly text?: string | undefined
  /** Only what a station may know of. */
  readonly decidedOnly: boolean
  /** The last campaign of the page before. */
  readonly after: string | null
  readonly limit: number
  readonly now: number
}

/** Newest first: what comes after this number (a position, a version); null: from the newest on. */
export interface HistoryQuery {
  readonly campaignId: string
  readonly before: number | null
  readonly limit: number
}

/** Generation approval; a part of `CouponStore`. */
export interface CampaignStore {
  /** Writes a draft by `core/campaigns/lifecycle`; what is in force stays in force. */
  draftCampaign(command: DraftCommand): Promise<Outcome<CampaignDetail, CampaignRefusal>>
  /** One step of the life cycle by `core/campaigns/lifecycle`; when it resolves, no process decides by the old state. */
  actOnCampaign(command: CampaignActionCommand): Promise<Outcome<CampaignDetail, CampaignRefusal>>
  campaign(campaignId: string): Promise<CampaignDetail | null>
  /** Newest first; one more than `limit` where there are more. */
  campaigns(query: CampaignListQuery): Promise<readonly CampaignRecord[]>
  campaignVersion(campaignId: string, version: number): Promise<CampaignVersionRecord | null>
  /** One more than `limit` where there are more. */
  campaignVersions(query: HistoryQuery): Promise<readonly CampaignVersionRecord[]>
  /** One more than `limit` where there are more. */
  campaignDecisions(query: HistoryQuery): Promise<readonly CampaignDecisionRecord[]>
}
