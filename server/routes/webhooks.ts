import {
  MOST_WEBHOOKS,
  WebhookAct,
  WebhookMade,
  WebhookPage,
  WebhookQuery,
  WebhookRequest,
  WebhookResponse,
  WebhookRotate,
  WebhookSecret,
} from '../../core/contract/webhooks.ts'
import { byOperator } from '../audit/entry.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { invalidRequest, notFound, RequestProblem } from '../problems.ts'
import { newWebhookSecret, secretContext, shownSecret } from '../webhooks/secret.ts'
import { targetProblem } from '../webhooks/target.ts'
import { pageOf, placeInList, UUID } from './listCursor.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'
import { webhookView } from './webhookView.ts'

const HOUR_MS = 3_600_000
const ACTS = {
  enable: 'Send again, and go on with what waits',
  disable: 'Send nothing until it is enabled again; what happens meanwhile waits',
  remove: 'Forget it, with what was on its way',
  test: 'Send it one `webhook.test`',
} as const
const NO_SUCH_WEBHOOK = 'no webhook has this id'

/** Whom we tell of what happens. */
export const webhookRoutes: Routes = (app, { store, guard, sealing, webhookTargets, clock, ids }) => {
  const shared = { tags: ['integration'], security: BEARER }

  app.route({
    method: 'GET',
    url: '/v1/webhooks',
    onRequest: guard('webhooks.read'),
    schema: {
      ...shared,
      summary: 'Endpoints that are told of what happens',
      querystring: WebhookQuery,
      response: { 200: WebhookPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor: asked, limit } = request.query
      const [after = ''] = placeInList(asked, [UUID]) ?? []
      const endpoints = (await store.webhooks()).filter(({ endpointId }) => endpointId > after)
      const { shown, cursor } = pageOf(endpoints, limit, ({ endpointId }) => [endpointId])
      return { webhooks: shown.map((endpoint) => webhookView(endpoint, clock.now())), cursor }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/webhooks/:id',
    onRequest: guard('webhooks.read'),
    schema: { ...shared, summary: 'One endpoint', params: ById, response: { 200: WebhookResponse, ...PROBLEMS } },
    handler: async (request) => {
      const endpoint = await store.webhook(request.params.id)
      if (!endpoint) throw notFound(NO_SUCH_WEBHOOK)
      return { webhook: webhookView(endpoint, clock.now()) }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/webhooks',
    onRequest: guard('webhooks.administer'),
    schema: {
      ...shared,
      summary: 'Make an endpoint, or replace what is said of one',
      description: 'A new one hears of what happens from now on. Its secret is shown once; who lost it rotates.',
      body: WebhookRequest,
      response: { 200: WebhookMade, ...PROBLEMS },
    },
    handler: async (request) => {
      const { reason = null, types, ...said } = request.body
      const problem = targetProblem(said.url, webhookTargets)
      if (problem) throw invalidRequest(`webhooks are not sent to ${problem}`)
      const secret = newWebhookSecret(ids)
      const put = await store.putWebhook({
        ...said,
        types: [...new Set(types)],
        secret: sealing.seal(secret, secretContext(said.endpointId)),
        by: byOperator(operatorOf(request).operatorId),
        reason,
        now: clock.now(),
      })
      if (!put.ok) {
        if (put.problem === 'no_such_store') throw invalidRequest('no store has this storeId')
        throw new RequestProblem(409, undefined, `there are ${MOST_WEBHOOKS} endpoints already`)
      }
      const { endpoint, made } = put.value
      return { webhook: webhookView(endpoint, clock.now()), secret: made ? shownSecret(secret) : null }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/webhooks/:id/rotate',
    onRequest: guard('webhooks.administer'),
    schema: {
      ...shared,
      summary: 'Give it a new secret, shown once',
      description: 'For `overlapHours` the old one signs as well: each message then bears two signatures.',
      params: ById,
      body: WebhookRotate,
      response: { 200: WebhookSecret, ...PROBLEMS },
    },
    handler: async (request) => {
      const { id } = request.params
      const { overlapHours, reason } = request.body
      const secret = newWebhookSecret(ids)
      const now = clock.now()
      const endpoint = await store.actOnWebhook(id, {
        kind: 'rotate',
        secret: sealing.seal(secret, secretContext(id)),
        previousUntil: now + overlapHours * HOUR_MS,
        by: byOperator(operatorOf(request).operatorId),
        reason,
        now,
      })
      if (!endpoint) throw notFound(NO_SUCH_WEBHOOK)
      return { webhook: webhookView(endpoint, now), secret: shownSecret(secret) }
    },
  })

  for (const kind of Object.keys(ACTS) as (keyof typeof ACTS)[]) {
    app.route({
      method: 'POST',
      url: `/v1/webhooks/:id/${kind}`,
      onRequest: guard('webhooks.administer'),
      schema: {
        ...shared,
        summary: ACTS[kind],
        params: ById,
        body: WebhookAct,
        response: { 200: WebhookResponse, ...PROBLEMS },
      },
      handler: async (request) => {
        const by = byOperator(operatorOf(request).operatorId)
        const now = clock.now()
        const { reason } = request.body
        const endpoint = await store.actOnWebhook(request.params.id, { kind, by, reason, now })
        if (!endpoint) throw notFound(NO_SUCH_WEBHOOK)
        return { webhook: webhookView(endpoint, now) }
      },
    })
  }
}
