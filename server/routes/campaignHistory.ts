import { z } from 'zod'
import { rulesDifference } from '../../core/campaigns/difference.ts'
import {
  CampaignDecisionPage,
  CampaignDifference,
  CampaignVersion,
  CampaignVersionPage,
  PageQuery,
} from '../../core/contract/campaigns.ts'
import { notFound } from '../problems.ts'
import { campaignDecision, campaignVersion } from './campaignResponse.ts'
import { NUMBER, pageOf, placeInList } from './listCursor.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const VersionNumber = z.coerce.number().int().min(1).max(1_000_000_000)
const ByVersion = ById.extend({ version: VersionNumber })

const NO_SUCH_CAMPAIGN = 'no campaign has this id'
const NO_SUCH_VERSION = 'the campaign has no such version'

/** What a campaign was before, what is proposed, how they differ, and who decided what. */
export const campaignHistoryRoutes: Routes = (app, { store, guard }) => {
  const shared = { tags: ['campaigns'], security: BEARER }
  const before = (cursor: string | undefined) => {
    const [place] = placeInList(cursor, [NUMBER]) ?? []
    return place === undefined ? null : Number(place)
  }

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id/decisions',
    onRequest: guard('campaigns.history'),
    schema: {
      ...shared,
      summary: 'Who decided what about which content, when and why; newest first',
      params: ById,
      querystring: PageQuery,
      response: { 200: CampaignDecisionPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor, limit } = request.query
      const campaignId = request.params.id
      const found = await store.campaignDecisions({ campaignId, before: before(cursor), limit })
      // Every campaign has at least the decision that drafted it.
      if (found.length === 0 && cursor === undefined) throw notFound(NO_SUCH_CAMPAIGN)
      const page = pageOf(found, limit, ({ position }) => [position])
      return { decisions: page.shown.map(campaignDecision), cursor: page.cursor }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id/versions',
    onRequest: guard('campaigns.history'),
    schema: {
      ...shared,
      summary: 'Every version, newest first',
      params: ById,
      querystring: PageQuery,
      response: { 200: CampaignVersionPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor, limit } = request.query
      const campaignId = request.params.id
      const found = await store.campaignVersions({ campaignId, before: before(cursor), limit })
      if (found.length === 0 && cursor === undefined) throw notFound(NO_SUCH_CAMPAIGN)
      const page = pageOf(found, limit, ({ version }) => [version])
      return { versions: page.shown.map(campaignVersion), cursor: page.cursor }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id/versions/:version',
    onRequest: guard('campaigns.history'),
    schema: { ...shared, summary: 'One version', params: ByVersion, response: { 200: CampaignVersion, ...PROBLEMS } },
    handler: async (request) => {
      const { id, version } = request.params
      const found = await store.campaignVersion(id, version)
      if (!found) throw notFound(NO_SUCH_VERSION)
      return campaignVersion(found)
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id/versions/:version/difference',
    onRequest: guard('campaigns.history'),
    schema: {
      ...shared,
      summary: 'What a version changes',
      description:
        'Against the version in force, or another that is named by `from`; everything is new where there is none.',
      params: ByVersion,
      querystring: z.object({ from: VersionNumber.optional() }),
      response: { 200: CampaignDifference, ...PROBLEMS },
    },
    handler: async (request) => {
      const { id, version } = request.params
      const [campaign, to] = await Promise.all([store.campaign(id), store.campaignVersion(id, version)])
      if (!campaign || !to) throw notFound(NO_SUCH_VERSION)
      const fromVersion = request.query.from ?? (campaign.inForce === null ? null : campaign.version)
      const from = fromVersion === null ? null : await store.campaignVersion(id, fromVersion)
      if (fromVersion !== null && !from) throw notFound(NO_SUCH_VERSION)
      return {
        campaignId: id,
        from: from && { version: from.version, contentHash: from.contentHash },
        to: { version: to.version, contentHash: to.contentHash },
        changes: rulesDifference(from?.rules ?? null, to.rules),
      }
    },
  })
}
