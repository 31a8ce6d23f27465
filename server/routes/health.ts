import { performance } from 'node:perf_hooks'
import type { Routes } from './route.ts'

/** For load balancers and monitoring. */
export const healthRoutes: Routes = (app, { store }) => {
  const startedAt = performance.now()
  const answered = new Map<number, number>()

  app.addHook('onResponse', async (_request, reply) => {
    answered.set(reply.statusCode, (answered.get(reply.statusCode) ?? 0) + 1)
  })

  const shared = { tags: ['operation'] }
  app.get('/healthz', { schema: { ...shared, summary: 'The process runs' } }, async () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { ...shared, summary: 'The database answers; 503 when not' } }, async () => {
    await store.figures()
    return { status: 'ok' }
  })

  app.get('/metrics', { schema: { ...shared, summary: 'Prometheus text format' } }, async (_request, reply) => {
    const figures = await store.figures()
    const lines = [
      `tapcoupon_uptime_seconds ${((performance.now() - startedAt) / 1_000).toFixed(3)}`,
      `tapcoupon_resident_memory_bytes ${process.memoryUsage.rss()}`,
      ...Object.entries(figures).map(([name, value]) => `${name} ${value}`),
      ...[...answered].sort().map(([status, count]) => `tapcoupon_http_responses_total{status="${status}"} ${count}`),
    ]
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    return `${lines.join('\n')}\n`
  })
}
