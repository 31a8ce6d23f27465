import { z } from 'zod'
import { CampaignAction, CampaignState, InForceState, VersionState } from '../campaigns/campaign.ts'
import { CAMPAIGN_STATUSES } from '../campaigns/lifecycle.ts'
import { CampaignRules, WireRules } from '../campaigns/rules.ts'
import { Uuid7 } from '../ids.ts'
import { Entry, MediumType } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Objective, Quantity } from '../objective.ts'
import { Params, WireReason } from './problem.ts'
import { WireDiscount } from './search.ts'

const ContentHash = z.string().max(128)

/**
 * `POST /v1/campaigns`: makes a draft, writes into the one that is there, or begins a new version after one that was
 * judged; what is in force stays in force meanwhile. `basedOn`: the content that was edited; where somebody else has
 * written since, it is refused.
 */
export const CampaignDraftRequest = z.object({
  campaignId: Uuid7,
  rules: CampaignRules,
  basedOn: ContentHash.optional(),
})
export type CampaignDraftRequest = z.infer<typeof CampaignDraftRequest>

/** `POST /v1/campaigns/{id}/{action}`. `contentHash` pins what the actor saw; a changed campaign is refused. */
export const CampaignActionRequest = z.object({
  reason: z.string().trim().max(2_000).optional(),
  contentHash: ContentHash.optional(),
})
export type CampaignActionRequest = z.infer<typeof CampaignActionRequest>

/** Actions that tell a planner what to do: never without words. */
export const REASONED_ACTIONS: readonly CampaignAction[] = ['request-changes', 'reject']

const Person = z.object({ operatorId: z.string(), name: z.string() })

/** Who did what to which content, when and why; never changed. */
export const CampaignDecision = z.object({
  position: z.int(),
  version: z.int(),
  action: z.union([z.literal('draft'), CampaignAction]),
  operatorId: z.string(),
  /** Of that person; empty where nobody has this id any more. */
  operatorName: z.string(),
  at: z.iso.datetime(),
  contentHash: z.string(),
  reason: z.string().optional(),
})
export type CampaignDecision = z.infer<typeof CampaignDecision>

/** What a campaign has given so far, in all. Amounts in minor units. */
export const CampaignUse = z.object({
  /** What counts against its limits, and what stations may be spending now. */
  uses: z.int(),
  value: Amount,
  lentUses: z.int(),
  lentValue: Amount,
  /** Beyond its limits, while a counter was offline. */
  forcedUses: z.int(),
  forcedValue: Amount,
  /** Coupons that were acquired. */
  issued: z.int(),
})
export type CampaignUse = z.infer<typeof CampaignUse>

export const CampaignVersion = z.object({
  version: z.int(),
  state: VersionState,
  contentHash: z.string(),
  rules: WireRules,
  author: Person,
  createdAt: z.iso.datetime(),
})
export type CampaignVersion = z.infer<typeof CampaignVersion>

/**
 * A campaign: `version`, `state`, `rules` and so on are of the version in force; before one is, of the newest. Of the
 * `proposal`, which is newer, customers see nothing. To a station `proposal` is null.
 */
export const CampaignSummary = z.object({
  campaignId: Uuid7,
  version: z.int(),
  state: CampaignState,
  /** `approved` seen at the server's clock. */
  phase: z.enum(['none', 'scheduled', 'active', 'over']),
  status: z.enum(CAMPAIGN_STATUSES),
  contentHash: z.string(),
  rules: WireRules,
  inForce: InForceState.nullable(),
  proposal: CampaignVersion.nullable(),
})
export type CampaignSummary = z.infer<typeof CampaignSummary>

export const CampaignResponse = CampaignSummary.extend({
  /** The latest, oldest first; `…/decisions` has all. Empty to a station. */
  decisions: z.array(CampaignDecision),
  use: CampaignUse,
})
export type CampaignResponse = z.infer<typeof CampaignResponse>

/** `GET /v1/campaigns`, newest first. `text` is looked for in titles. */
export const CampaignQuery = z.object({
  status: z.enum(CAMPAIGN_STATUSES).optional(),
  /** Those whose newest version waits for a judgement. */
  waiting: z.stringbool().optional(),
  text: z.string().trim().max(200).optional(),
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type CampaignQuery = z.infer<typeof CampaignQuery>

export const CampaignListResponse = z.object({
  campaigns: z.array(CampaignSummary),
  /** null: this was the last page. */
  cursor: z.string().nullable(),
})
export type CampaignListResponse = z.infer<typeof CampaignListResponse>

export const PageQuery = z.object({
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** `GET /v1/campaigns/{id}/decisions`, newest first. */
export const CampaignDecisionPage = z.object({ decisions: z.array(CampaignDecision), cursor: z.string().nullable() })
export type CampaignDecisionPage = z.infer<typeof CampaignDecisionPage>

/** `GET /v1/campaigns/{id}/versions`, newest first. */
export const CampaignVersionPage = z.object({ versions: z.array(CampaignVersion), cursor: z.string().nullable() })
export type CampaignVersionPage = z.infer<typeof CampaignVersionPage>

/** `GET /v1/campaigns/{id}/versions/{n}/difference?from=m`: from the version in force unless another is named. */
export const CampaignDifference = z.object({
  campaignId: Uuid7,
  /** null: nothing is in force, everything is new. */
  from: z.object({ version: z.int(), contentHash: z.string() }).nullable(),
  to: z.object({ version: z.int(), contentHash: z.string() }),
  /** As `core/campaigns/difference` names places; without `before` added, without `after` taken away. */
  changes: z.array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })),
})
export type CampaignDifference = z.infer<typeof CampaignDifference>

const PreviewBasket = z.object({ name: z.string().max(200), objective: Objective })

/** `POST /v1/campaigns/preview`: what rules would give, before anybody approves them. Changes nothing. */
export const PreviewRequest = z.object({
  rules: CampaignRules,
  storeId: z.string().min(1).max(64),
  /** Absent: the server's sample baskets. */
  baskets: z.array(PreviewBasket).max(20).optional(),
  mediumType: MediumType.default('felica-idm'),
  entry: Entry.default('tap'),
  /** When it is bought; absent: now. */
  at: z.iso.datetime().optional(),
})
export type PreviewRequest = z.infer<typeof PreviewRequest>

export const PreviewResult = z.object({
  name: z.string(),
  names: z.record(z.string(), z.string()),
  total: Amount,
  lines: z.array(z.object({ lineId: z.string(), label: z.string(), quantity: Quantity, lineTotal: Amount })),
  outcome: z.discriminatedUnion('status', [
    z.object({ status: z.literal('usable'), discount: WireDiscount }),
    z.object({ status: z.literal('unusable'), ...WireReason, params: Params }),
  ]),
})
export type PreviewResult = z.infer<typeof PreviewResult>

export const PreviewResponse = z.object({
  at: z.iso.datetime(),
  currency: z.string(),
  results: z.array(PreviewResult),
})
export type PreviewResponse = z.infer<typeof PreviewResponse>
