import { campaignPhase, campaignStatus } from '../../core/campaigns/lifecycle.ts'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import type {
  CampaignDecision,
  CampaignResponse,
  CampaignSummary,
  CampaignVersion,
} from '../../core/contract/campaigns.ts'
import type { Principal } from '../auth/principal.ts'
import type {
  CampaignDecisionRecord,
  CampaignDetail,
  CampaignRecord,
  CampaignVersionRecord,
} from '../store/campaignCommands.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** Stations see what customers can have or had, and nothing of what is proposed. */
export function maySee(principal: Principal, { inForce }: CampaignRecord): boolean {
  return principal.kind === 'operator' || inForce !== null
}

/** A campaign as the wire has it, seen at a time by somebody. */
export function campaignSummary(campaign: CampaignRecord, now: number, principal: Principal): CampaignSummary {
  const { campaignId, version, state, contentHash, rules, inForce, proposal } = campaign
  const known = CampaignRules.safeParse(rules)
  const validity = known.success ? known.data : null
  return {
    campaignId,
    version,
    state,
    phase: campaignPhase(state, validity, now),
    status: campaignStatus(state, validity, now),
    contentHash,
    rules,
    inForce,
    proposal: proposal && principal.kind === 'operator' ? campaignVersion(proposal) : null,
  }
}

/** The same with what was decided and used. */
export function campaignResponse(campaign: CampaignDetail, now: number, principal: Principal): CampaignResponse {
  const { decisions, use } = campaign
  return {
    ...campaignSummary(campaign, now, principal),
    decisions: principal.kind === 'operator' ? decisions.map(campaignDecision) : [],
    use,
  }
}

export function campaignVersion({ createdAt, ...version }: CampaignVersionRecord): CampaignVersion {
  return { ...version, createdAt: iso(createdAt) }
}

export function campaignDecision({ at, ...decision }: CampaignDecisionRecord): CampaignDecision {
  return { ...decision, at: iso(at) }
}
