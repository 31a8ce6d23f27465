import { z } from 'zod'
import { CampaignAction, CampaignState } from '../campaigns/campaign.ts'
import { CampaignRules, WireRules } from '../campaigns/rules.ts'
import { Uuid7 } from '../ids.ts'

/** `POST /v1/campaigns`: makes a draft, or replaces the rules of one that is a draft or had changes requested. */
export const CampaignDraftRequest = z.object({ campaignId: Uuid7, rules: CampaignRules })
export type CampaignDraftRequest = z.infer<typeof CampaignDraftRequest>

/** `POST /v1/campaigns/{id}/{action}`. `contentHash` pins what the approver saw; a changed campaign is refused. */
export const CampaignActionRequest = z.object({
  reason: z.string().max(2_000).optional(),
  contentHash: z.string().max(128).optional(),
})
export type CampaignActionRequest = z.infer<typeof CampaignActionRequest>

export const CampaignDecision = z.object({
  action: z.union([z.literal('draft'), CampaignAction]),
  operatorId: z.string(),
  at: z.iso.datetime(),
  contentHash: z.string(),
  reason: z.string().optional(),
})

export const CampaignResponse = z.object({
  campaignId: Uuid7,
  version: z.int(),
  state: CampaignState,
  /** `approved` seen at the server's clock. */
  phase: z.enum(['none', 'scheduled', 'active', 'over']),
  contentHash: z.string(),
  rules: WireRules,
  decisions: z.array(CampaignDecision),
})
export type CampaignResponse = z.infer<typeof CampaignResponse>

export const CampaignListResponse = z.object({ campaigns: z.array(CampaignResponse) })
