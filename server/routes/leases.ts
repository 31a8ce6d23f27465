import { z } from 'zod'
import {
  LeaseEnded,
  LeaseListQuery,
  LeaseListResponse,
  LeaseRequest,
  LeaseResponse,
  LeaseReturnRequest,
  LeaseWriteOffRequest,
  StationWriteOffResponse,
} from '../../core/contract/leases.ts'
import { operatorOf, stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { contentHash } from '../events/intent.ts'
import { differs, invalidRequest, notFound, RequestProblem } from '../problems.ts'
import { pageOf, placeInList, UUID } from './listCursor.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

/** Parts of limited campaigns, lent to stations so that they can approve alone without overspending. */
export const leaseRoutes: Routes = (app, { store, guard, clock }) => {
  app.route({
    method: 'POST',
    url: '/v1/sync/leases',
    onRequest: guard('sync'),
    schema: {
      summary: 'Borrow uses of a limited campaign, once for each leaseId',
      description:
        'A fair share of what is left, at most what is wanted; `uses` 0 with a reason when nothing is lent now, and then nothing is remembered. The same id with the same wish gets the first answer and today’s state. After `spendUntil` it may not be spent; it is back in the pool only when it was returned or written off.',
      tags: ['sync'],
      security: BEARER,
      body: LeaseRequest,
      response: { 200: LeaseResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { leaseId: _id, ...intent } = request.body
      const intentHash = contentHash(intent)
      if (!intentHash) throw invalidRequest('the wish cannot be compared')
      const station = stationContext(stationOf(request))
      const answer = await store.lend({ station, request: request.body, intentHash, now: clock.now() })
      switch (answer.kind) {
        case 'lent':
          return answer.response
        case 'differs':
          throw differs()
        case 'unknown_campaign':
          throw notFound('no campaign has this id')
        case 'not_limited':
          throw invalidRequest('the campaign has no limit over the chain: it needs no lease')
        case 'too_old':
          throw new RequestProblem(409, 'too_old', 'the leaseId is older than what is remembered')
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/sync/leases/:id/return',
    onRequest: guard('sync'),
    schema: {
      summary: 'Give back what is left of a lease',
      description:
        'The station spends it no more. 409 `in_progress` until every event up to `throughSeq` has been settled, because one of them may still draw from it. A second return gets the first one’s answer.',
      tags: ['sync'],
      security: BEARER,
      params: ById,
      body: LeaseReturnRequest,
      response: { 200: LeaseEnded, ...PROBLEMS },
    },
    handler: async (request) => {
      const { stationId } = stationOf(request)
      const { throughSeq } = request.body
      const answer = await store.returnLease({ stationId, leaseId: request.params.id, throughSeq, now: clock.now() })
      switch (answer.kind) {
        case 'ended':
          return answer.response
        case 'unknown':
          throw notFound('this station has no such lease')
        case 'not_settled':
          throw new RequestProblem(
            409,
            'in_progress',
            `events are settled through ${answer.settledThrough}; send those up to ${throughSeq} first`,
          )
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/leases',
    onRequest: guard('leases.read'),
    schema: {
      summary: 'What is lent to which station, and what became of the latest leases',
      tags: ['leases'],
      security: BEARER,
      querystring: LeaseListQuery,
      response: { 200: LeaseListResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor, limit } = request.query
      const [ended, leaseId] = placeInList(cursor, [/^\d{0,15}$/, UUID]) ?? []
      const after = leaseId === undefined ? undefined : { endedAt: ended ? Number(ended) : null, leaseId }
      const page = pageOf(await store.leases(limit + 1, after), limit, (last) => [
        last.ended ? Date.parse(last.ended.at) : '',
        last.leaseId,
      ])
      return { leases: [...page.shown], cursor: page.cursor }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/leases/:id/write-off',
    onRequest: guard('leases.writeOff'),
    schema: {
      summary: 'Give up a lease that will not come back',
      description:
        'What is left of it is in the pool again. Redemptions that its station still sends are kept as `forced`. Noted with who did it and why.',
      tags: ['leases'],
      security: BEARER,
      params: ById,
      body: LeaseWriteOffRequest,
      response: { 200: LeaseEnded, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const { reason } = request.body
      const of = { leaseId: request.params.id }
      const [ended] = (await store.writeOffLeases({ of, operatorId, reason, now: clock.now() })) ?? []
      if (!ended) throw notFound('no lease has this id')
      return ended
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/:id/write-off',
    onRequest: guard('leases.writeOff'),
    schema: {
      summary: 'Give up everything that is lent to a station: it is lost, stolen or broken',
      tags: ['leases'],
      security: BEARER,
      params: z.object({ id: z.string().min(1).max(64) }),
      body: LeaseWriteOffRequest,
      response: { 200: StationWriteOffResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const { reason } = request.body
      const stationId = request.params.id
      const ended = await store.writeOffLeases({ of: { stationId }, operatorId, reason, now: clock.now() })
      if (!ended) throw notFound('no station has this id')
      return { stationId, leases: [...ended] }
    },
  })
}
