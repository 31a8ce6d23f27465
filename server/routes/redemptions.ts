import type { FastifyReply } from 'fastify'
import {
  RedemptionRequest,
  RedemptionResponse,
  RollbackRequest,
  RollbackResponse,
} from '../../core/contract/redemptions.ts'
import { SearchRequest, SearchResponse } from '../../core/contract/search.ts'
import { operatorOf, principalOf, stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { contentHash, intentHash } from '../events/intent.ts'
import { differs, invalidRequest, notFound, RequestProblem } from '../problems.ts'
import { searchTogether } from '../services/searchTogether.ts'
import { firstAnswer } from './firstAnswer.ts'
import { mediumOf } from './medium.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const UNREADABLE_TEXT = 'text with lone surrogates is not JSON that can be compared'

/** Search, redemptions, and undoing them. */
export const redemptionRoutes: Routes = (app, { store, commits, guard, hashKeys, clock, recalled }) => {
  const search = searchTogether(store)

  app.route({
    method: 'POST',
    url: '/v1/search',
    onRequest: guard('search'),
    schema: {
      summary: 'What a medium’s holder can use for this purchase',
      tags: ['counter'],
      security: BEARER,
      body: SearchRequest,
      response: { 200: SearchResponse, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const station = stationOf(request)
      const { medium, objective, entry, select } = request.body
      const query = {
        station: stationContext(station),
        medium: mediumOf(medium, station, hashKeys),
        objective,
        entry,
        ...(select === undefined ? {} : { select }),
      }
      const { json, short } = await search({ ...query, now: clock.now() })
      const until = short.length === 0 ? null : await store.recallLeases(short, clock.now())
      if (until === null) return asWritten(reply, json)
      await recalled(short, until)
      return asWritten(reply, (await search({ ...query, now: clock.now() })).json)
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/redemptions',
    onRequest: guard('redemptions.redeem'),
    schema: {
      summary: 'Approve the use of coupons, once for each redemptionId',
      tags: ['counter'],
      security: BEARER,
      body: RedemptionRequest,
      response: { 200: RedemptionResponse, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const station = stationOf(request)
      const { medium: wire, ...asked } = request.body
      const medium = mediumOf(wire, station, hashKeys)
      const intent = intentHash(medium, asked.objective, asked.select)
      if (!intent) throw invalidRequest(UNREADABLE_TEXT)
      const command = {
        kind: 'redeem',
        station: stationContext(station),
        medium,
        request: asked,
        intentHash: intent,
      } as const
      const answer = await commits.submit({ ...command, mayRecall: true })
      if (answer.kind === 'decided' && answer.json !== undefined) return asWritten(reply, answer.json)
      if (answer.kind !== 'recalling') return firstAnswer(answer)
      await recalled([answer.campaignId], answer.until)
      const last = await commits.submit({ ...command, mayRecall: false })
      if (last.kind === 'recalling') throw new Error('leases were called back for a command that does not wait')
      return firstAnswer(last)
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/redemptions/:id',
    onRequest: guard('redemptions.read'),
    schema: {
      summary: 'The first decision under an id, and whether it still stands',
      tags: ['counter'],
      security: BEARER,
      params: ById,
      response: { 200: RedemptionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const principal = principalOf(request)
      const found = await store.redemption(request.params.id)
      const hidden = principal.kind === 'station' && principal.station.store.storeId !== found?.storeId
      if (!found || hidden) throw notFound('no redemption has this id')
      return found.response
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/redemptions/:id/rollback',
    onRequest: guard('redemptions.rollback'),
    schema: {
      summary: 'Undo a redemption, or some of its coupons',
      description:
        'By the station that made it within its window, else by a manager. 404 for an id that nobody has used yet, and nothing is noted: a request that may still be on its way is undone by an annul event, which waits for it.',
      tags: ['counter'],
      security: BEARER,
      params: ById,
      body: RollbackRequest,
      response: { 200: RollbackResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const principal = principalOf(request)
      const redemptionId = request.params.id
      const intent = contentHash({ redemptionId, acquisitionIds: request.body.acquisitionIds?.toSorted() })
      if (!intent) throw invalidRequest(UNREADABLE_TEXT)
      const by =
        principal.kind === 'station'
          ? ({ kind: 'station', station: stationContext(principal.station) } as const)
          : ({ kind: 'manager', operatorId: operatorOf(request).operatorId } as const)
      const command = { kind: 'rollback', by, redemptionId, request: request.body, intentHash: intent } as const
      const answer = await commits.submit(command)
      switch (answer.kind) {
        case 'decided':
          return answer.response
        case 'differs':
          throw differs()
        case 'unknown':
          throw notFound('no redemption has this id')
        case 'not_allowed':
          throw new RequestProblem(403, 'operator_not_allowed', 'undoing this takes a manager now')
        case 'no_such_line':
          throw invalidRequest(`the redemption has no line for acquisition ${answer.acquisitionId}`)
      }
    },
  })
}

/** JSON that is a response already. */
function asWritten(reply: FastifyReply, json: string): never {
  // Fastify sends text of this type as it is.
  return reply.header('content-type', 'application/json; charset=utf-8').send(json) as never
}
