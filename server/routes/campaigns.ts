import { z } from 'zod'
import { CAMPAIGN_ACTIONS, readCampaign } from '../../core/campaigns/campaign.ts'
import { campaignPhase } from '../../core/campaigns/lifecycle.ts'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import {
  CampaignActionRequest,
  CampaignDraftRequest,
  CampaignListResponse,
  CampaignResponse,
} from '../../core/contract/campaigns.ts'
import { operatorOf, principalOf } from '../auth/authenticate.ts'
import type { Principal } from '../auth/principal.ts'
import { contentHash } from '../events/intent.ts'
import { invalidRequest, notFound, RequestProblem } from '../problems.ts'
import type { CampaignRecord, CampaignRefusal } from '../store/couponStore.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

/** Generation approval: one person drafts, another approves. */
export const campaignRoutes: Routes = (app, { store, guard, clock }) => {
  const shared = { tags: ['campaigns'], security: BEARER }

  app.route({
    method: 'POST',
    url: '/v1/campaigns',
    onRequest: guard('campaigns.draft'),
    preValidation: async (request) => {
      refuseUnknownParts(request.body)
    },
    schema: {
      ...shared,
      summary: 'Make a draft, or replace the rules of one',
      body: CampaignDraftRequest,
      response: { 200: CampaignResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId, role } = operatorOf(request)
      const { campaignId, rules } = request.body
      const hash = contentHash({ campaignId, rules })
      if (!hash) throw invalidRequest('the rules hold text that cannot be compared')
      const problem = rulesProblem(rules)
      if (problem) throw invalidRequest(problem)
      const content = Buffer.from(hash).toString('base64url')
      const now = clock.now()
      const drafted = await store.draftCampaign({ campaignId, rules, contentHash: content, operatorId, role, now })
      if (!drafted.ok) throw campaignProblem(drafted)
      return campaignResponse(drafted.value, now)
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns',
    onRequest: guard('campaigns.read'),
    schema: { ...shared, summary: 'All campaigns', response: { 200: CampaignListResponse, ...PROBLEMS } },
    handler: async (request) => {
      const principal = principalOf(request)
      const campaigns = await store.campaigns()
      const visible = campaigns.filter((campaign) => maySee(principal, campaign))
      return { campaigns: visible.map((campaign) => campaignResponse(campaign, clock.now())) }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id',
    onRequest: guard('campaigns.read'),
    schema: { ...shared, summary: 'One campaign', params: ById, response: { 200: CampaignResponse, ...PROBLEMS } },
    handler: async (request) => {
      const campaign = await store.campaign(request.params.id)
      if (!campaign || !maySee(principalOf(request), campaign)) throw notFound('no campaign has this id')
      return campaignResponse(campaign, clock.now())
    },
  })

  for (const action of CAMPAIGN_ACTIONS) {
    app.route({
      method: 'POST',
      url: `/v1/campaigns/:id/${action}`,
      onRequest: guard('campaigns.act'),
      // Most steps need no words: an empty body will do.
      preValidation: async (request) => {
        request.body ??= {}
      },
      schema: {
        ...shared,
        summary: `${action}: one step of the life cycle`,
        params: ById,
        body: CampaignActionRequest,
        response: { 200: CampaignResponse, ...PROBLEMS },
      },
      handler: async (request) => {
        const { operatorId, role } = operatorOf(request)
        const now = clock.now()
        const acted = await store.actOnCampaign({
          campaignId: request.params.id,
          action,
          actor: { operatorId, role },
          ...request.body,
          now,
        })
        if (!acted.ok) throw campaignProblem(acted)
        return campaignResponse(acted.value, now)
      },
    })
  }
}

const DraftShape = z.object({ rules: z.looseObject({}) })

/** A limit that was misspelt or is newer than this server must not be left out silently. */
function refuseUnknownParts(body: unknown): void {
  const draft = DraftShape.safeParse(body)
  if (!draft.success) return
  const parsed = CampaignRules.safeParse(draft.data.rules)
  // What does not parse is the schema's to explain.
  if (!parsed.success) return
  const { rulesVersion, title } = parsed.data
  const rules = { ...draft.data.rules, rulesVersion, title }
  if (readCampaign({ campaignId: '', version: 1, state: 'draft', rules }).rules !== null) return
  throw new RequestProblem(400, 'invalid_request', 'the rules have parts that this server does not know', {
    errors: [{ path: '/rules', message: 'unknown limit or field' }],
  })
}

function rulesProblem(rules: CampaignRules): string | null {
  return Date.parse(rules.validFrom) < Date.parse(rules.validUntil) ? null : 'validFrom must be before validUntil'
}

/** Stations see what customers can have or had. */
function maySee(principal: Principal, { state }: CampaignRecord): boolean {
  return principal.kind === 'operator' || state === 'approved' || state === 'suspended' || state === 'ended'
}

function campaignProblem(refusal: CampaignRefusal): RequestProblem {
  if (refusal.problem === 'not_found') return notFound('no campaign has this id')
  const { reason, params } = refusal
  const words = Object.entries(params).map(([name, value]) => `${name}: ${value}`)
  return new RequestProblem(reason === 'operator_not_allowed' ? 403 : 409, reason, words.join(', '))
}

function campaignResponse(campaign: CampaignRecord, now: number): CampaignResponse {
  const { campaignId, version, state, contentHash, rules, decisions } = campaign
  const known = CampaignRules.safeParse(rules)
  return {
    campaignId,
    version,
    state,
    phase: campaignPhase(state, known.success ? known.data : null, now),
    contentHash,
    rules,
    decisions: decisions.map((decision) => ({ ...decision, at: new Date(decision.at).toISOString() })),
  }
}
