import { z } from 'zod'
import { PROBLEMS, type Routes } from './route.ts'

const Fine = z.object({ status: z.literal('ok') })

/** For load balancers and monitoring. */
export const healthRoutes: Routes = (app, { store, readiness, metrics }) => {
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    const route = routeOptions.url ?? 'none'
    metrics.requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
    done()
  })
  app.addHook('onClose', async () => metrics.close())

  const shared = { tags: ['operation'] }
  app.route({
    method: 'GET',
    url: '/healthz',
    schema: { ...shared, summary: 'The process runs and answers', response: { 200: Fine, ...PROBLEMS } },
    handler: async () => ({ status: 'ok' as const }),
  })

  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      ...shared,
      summary: 'Requests may be sent here: the database can be written; 503 when not, and before the server ends',
      response: { 200: Fine, ...PROBLEMS },
    },
    handler: async () => {
      await readiness.check()
      return { status: 'ok' as const }
    },
  })

  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      ...shared,
      summary: 'Prometheus text format',
      response: {
        200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } },
        ...PROBLEMS,
      },
    },
    handler: async (_request, reply) => {
      reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
      return reply.serializer((text) => String(text)).send(await metrics.text(await store.figures()))
    },
  })
}
