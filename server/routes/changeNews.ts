import type { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { ChangeNews, NewsQuery, RECALL_NEWS, RESET_NEWS } from '../../core/contract/changeNews.ts'
import { principalOf } from '../auth/authenticate.ts'
import { noticesFor } from '../notices/access.ts'
import { noticePlace } from '../notices/wire.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import { changeNews } from '../services/changeNews.ts'
import { newsLine } from '../services/newsLine.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** Proxies cut what is silent for a minute; a token that has ended must not go on listening for longer. */
const HEARTBEAT_MS = 15_000
const MOST_LISTENERS = 1_000

const DATA = JSON.stringify(z.toJSONSchema(ChangeNews).properties)

/** Server-sent events (WHATWG HTML §9.2): what has happened, so that nobody has to ask all the time. */
export const changeNewsRoutes: Routes = (app, { store, guard, metrics }) => {
  const news = changeNews(store)
  const open = new Set<PassThrough>()
  const allowed = guard('changes.watch')

  // A server that waited for its listeners would never end.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })

  app.route({
    method: 'GET',
    url: '/v1/events',
    onRequest: allowed,
    schema: {
      summary: 'Server-sent events: what happens, and whenever the change position moves',
      description: `Events are named \`change\`, and \`${RECALL_NEWS}\` where a lease of this station is called back; their data is JSON: ${DATA}. What has changed is at /v1/sync/changes. Notices are named by their type, bear an id and are as in webhooks; with \`Last-Event-ID\` they go on after it, and \`${RESET_NEWS}\` says that it is not known any more. A listener that reads too slowly is cut off.`,
      tags: ['integration'],
      security: BEARER,
      querystring: NewsQuery,
      headers: z.object({ 'last-event-id': z.string().max(64).optional() }),
      response: {
        200: { description: 'A stream without an end', content: { 'text/event-stream': { schema: z.string() } } },
        ...PROBLEMS,
      },
    },
    handler: async (request, reply) => {
      if (open.size >= MOST_LISTENERS) {
        throw new RequestProblem(503, undefined, 'too many listen already', { retryAfterSeconds: 30 })
      }
      const last = request.headers['last-event-id'] ?? ''
      const after = last === '' ? null : noticePlace(last)
      if (after === null && last !== '') throw invalidRequest('the Last-Event-ID is not one of ours')
      const principal = principalOf(request)
      const stationId = principal.kind === 'station' ? principal.station.stationId : null
      const stream = newsLine({ store, news, stationId, scope: noticesFor(principal, request.query.types), after })
      const heartbeat = setInterval(() => {
        if (!stream.writableEnded && !stream.writableNeedDrain) stream.write(':\n\n')
        allowed.call(app, request, reply, (error) => {
          if (error) stream.end()
        })
      }, HEARTBEAT_MS).unref()
      open.add(stream)
      metrics.listeners.inc()
      stream.once('close', () => {
        clearInterval(heartbeat)
        open.delete(stream)
        metrics.listeners.dec()
      })
      request.raw.socket.once('close', () => stream.destroy())
      reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store')
      // Described as the text it carries; what is sent is its stream.
      const plain: FastifyReply = reply as unknown as FastifyReply
      return plain.send(stream)
    },
  })
}
