import { z } from 'zod'
import { CAMPAIGN_ACTIONS, readCampaign } from '../../core/campaigns/campaign.ts'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import {
  CampaignActionRequest,
  CampaignDraftRequest,
  CampaignListResponse,
  CampaignQuery,
  CampaignResponse,
  REASONED_ACTIONS,
} from '../../core/contract/campaigns.ts'
import { operatorOf, principalOf } from '../auth/authenticate.ts'
import { contentHash } from '../events/intent.ts'
import { invalidRequest, notFound, RequestProblem } from '../problems.ts'
import type { CampaignRefusal } from '../store/campaignCommands.ts'
import { campaignResponse, campaignSummary, maySee } from './campaignResponse.ts'
import { pageOf, placeInList, UUID } from './listCursor.ts'
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
      summary: 'Write a draft',
      description:
        'A new campaign, the draft that is there, or a new version of a campaign: what is in force stays in force until the new version is approved. 409 with `params.contentHash` when it was based on other content than is there now.',
      body: CampaignDraftRequest,
      response: { 200: CampaignResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId, role } = operatorOf(request)
      const { campaignId, rules, basedOn } = request.body
      const hash = contentHash({ campaignId, rules })
      if (!hash) throw invalidRequest('the rules hold text that cannot be compared')
      const problem = rulesProblem(rules)
      if (problem) throw invalidRequest(problem)
      const content = Buffer.from(hash).toString('base64url')
      const now = clock.now()
      const drafted = await store.draftCampaign({
        campaignId,
        rules,
        contentHash: content,
        basedOn,
        operatorId,
        role,
        now,
      })
      if (!drafted.ok) throw campaignProblem(drafted)
      return campaignResponse(drafted.value, now, principalOf(request))
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns',
    onRequest: guard('campaigns.read'),
    schema: {
      ...shared,
      summary: 'Campaigns, newest first',
      description: 'To a station those that are or were in force. `waiting=true`: those with a version to be judged.',
      querystring: CampaignQuery,
      response: { 200: CampaignListResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const principal = principalOf(request)
      const { cursor, limit, ...query } = request.query
      const [after = null] = placeInList(cursor, [UUID]) ?? []
      const now = clock.now()
      const decidedOnly = principal.kind !== 'operator'
      const found = await store.campaigns({ ...query, decidedOnly, after, limit, now })
      const page = pageOf(found, limit, ({ campaignId }) => [campaignId])
      return {
        campaigns: page.shown.map((campaign) => campaignSummary(campaign, now, principal)),
        cursor: page.cursor,
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id',
    onRequest: guard('campaigns.read'),
    schema: { ...shared, summary: 'One campaign', params: ById, response: { 200: CampaignResponse, ...PROBLEMS } },
    handler: async (request) => {
      const principal = principalOf(request)
      const campaign = await store.campaign(request.params.id)
      if (!campaign || !maySee(principal, campaign)) throw notFound('no campaign has this id')
      return campaignResponse(campaign, clock.now(), principal)
    },
  })

  for (const action of CAMPAIGN_ACTIONS) {
    app.route({
      method: 'POST',
      url: `/v1/campaigns/:id/${action}`,
      onRequest: guard(action === 'submit' ? 'campaigns.submit' : 'campaigns.judge'),
      // Most steps need no words: an empty body will do.
      preValidation: async (request) => {
        request.body ??= {}
      },
      schema: {
        ...shared,
        summary: `${action}: one step of the life cycle`,
        ...(REASONED_ACTIONS.includes(action) ? { description: 'Only with a reason.' } : {}),
        params: ById,
        body: CampaignActionRequest,
        response: { 200: CampaignResponse, ...PROBLEMS },
      },
      handler: async (request) => {
        const { operatorId, role } = operatorOf(request)
        const now = clock.now()
        if (REASONED_ACTIONS.includes(action) && !request.body.reason) throw invalidRequest(`${action} takes a reason`)
        const acted = await store.actOnCampaign({
          campaignId: request.params.id,
          action,
          actor: { operatorId, role },
          ...request.body,
          now,
        })
        if (!acted.ok) throw campaignProblem(acted)
        return campaignResponse(acted.value, now, principalOf(request))
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

function campaignProblem(refusal: CampaignRefusal): RequestProblem {
  if (refusal.problem === 'not_found') return notFound('no campaign has this id')
  const { reason, params } = refusal
  const words = Object.entries(params).map(([name, value]) => `${name}: ${value}`)
  const { limit } = params
  const errors = limit === undefined ? {} : { errors: [{ path: `/rules/limits/${limit}`, message: words.join(', ') }] }
  return new RequestProblem(reason === 'operator_not_allowed' ? 403 : 409, reason, words.join(', '), {
    ...errors,
    params,
  })
}
