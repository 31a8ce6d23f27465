import { DeliveryPage, DeliveryQuery, WebhookReplay, WebhookResponse } from '../../core/contract/webhooks.ts'
import { byOperator } from '../audit/entry.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { notFound } from '../problems.ts'
import { NUMBER, pageOf, placeInList } from './listCursor.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'
import { deliveryView, webhookView } from './webhookView.ts'

const NO_SUCH_WEBHOOK = 'no webhook has this id'

/** What became of what was sent, and sending it again. */
export const webhookDeliveryRoutes: Routes = (app, { store, guard, clock }) => {
  const shared = { tags: ['integration'], security: BEARER }

  app.route({
    method: 'GET',
    url: '/v1/webhooks/:id/deliveries',
    onRequest: guard('webhooks.read'),
    schema: {
      ...shared,
      summary: 'What was sent to an endpoint, the latest first, and what it answered',
      params: ById,
      querystring: DeliveryQuery,
      response: { 200: DeliveryPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { id: endpointId } = request.params
      const { state = null, cursor: asked, limit } = request.query
      if (!(await store.webhook(endpointId))) throw notFound(NO_SUCH_WEBHOOK)
      const [place] = placeInList(asked, [NUMBER]) ?? []
      const before = place === undefined ? null : Number(place)
      const found = await store.webhookDeliveries({ endpointId, state, before, limit: limit + 1 })
      const { shown, cursor } = pageOf(found, limit, ({ position }) => [position])
      return { deliveries: shown.map(deliveryView), cursor }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/webhooks/:id/replay',
    onRequest: guard('webhooks.administer'),
    schema: {
      ...shared,
      summary: 'Send everything from a time on again',
      description: 'As far back as it is kept: 14 days. Messages keep their `webhook-id`.',
      params: ById,
      body: WebhookReplay,
      response: { 200: WebhookResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const now = clock.now()
      const endpoint = await store.actOnWebhook(request.params.id, {
        kind: 'replay',
        from: Date.parse(request.body.from),
        by: byOperator(operatorOf(request).operatorId),
        reason: request.body.reason,
        now,
      })
      if (!endpoint) throw notFound(NO_SUCH_WEBHOOK)
      return { webhook: webhookView(endpoint, now) }
    },
  })
}
