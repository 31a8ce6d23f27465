import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { ChangeNews, RECALL_NEWS } from '../../core/contract/changeNews.ts'
import { principalOf } from '../auth/authenticate.ts'
import { RequestProblem } from '../problems.ts'
import { changeNews } from '../services/changeNews.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** Proxies cut what is silent for a minute; a token that has ended must not go on listening for longer. */
const HEARTBEAT_MS = 15_000
const MOST_LISTENERS = 1_000

/** Server-sent events (WHATWG HTML §9.2): that something has changed, so that nobody has to ask all the time. */
export const changeNewsRoutes: Routes = (app, { store, guard }) => {
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
      summary: 'Server-sent events: the change position, now and whenever it moves',
      description: `Events are named \`change\`, and \`${RECALL_NEWS}\` where a lease of this station is called back; their data is JSON: ${JSON.stringify(z.toJSONSchema(ChangeNews).properties)}. What has changed is at /v1/sync/changes.`,
      tags: ['sync'],
      security: BEARER,
      response: {
        200: { description: 'A stream without an end', content: { 'text/event-stream': { schema: z.string() } } },
        ...PROBLEMS,
      },
    },
    handler: async (request, reply) => {
      if (open.size >= MOST_LISTENERS) {
        throw new RequestProblem(503, undefined, 'too many listen already', { retryAfterSeconds: 30 })
      }
      const stream = new PassThrough()
      const say = (text: string) => {
        // Whoever does not read misses positions, not the latest one: the next event says it.
        if (!stream.writableEnded && !stream.writableNeedDrain) stream.write(text)
      }
      const principal = principalOf(request)
      const stationId = principal.kind === 'station' ? principal.station.stationId : null
      const leave = news.listen((changeSeq, recalled) => {
        const data = JSON.stringify({ changeSeq })
        if (stationId !== null && recalled.has(stationId)) say(`event: ${RECALL_NEWS}\ndata: ${data}\n\n`)
        say(`event: change\ndata: ${data}\n\n`)
      })
      const heartbeat = setInterval(() => {
        say(':\n\n')
        allowed.call(app, request, reply).catch(() => stream.end())
      }, HEARTBEAT_MS).unref()
      open.add(stream)
      stream.once('close', () => {
        leave()
        clearInterval(heartbeat)
        open.delete(stream)
      })
      request.raw.socket.once('close', () => stream.destroy())
      reply.header('content-type', 'text/event-stream').header('cache-control', 'no-store')
      // Described as the text it carries; what is sent is its stream.
      const plain: FastifyReply = reply as unknown as FastifyReply
      return plain.send(stream)
    },
  })
}
