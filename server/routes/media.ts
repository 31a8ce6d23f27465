import type { FastifyRequest } from 'fastify'
import {
  BlockRequest,
  LinkRequest,
  MediaActionResponse,
  PRESENTATION_MS,
  PresentationRequest,
  PresentationResponse,
  TransferRequest,
} from '../../core/contract/media.ts'
import type { AuditActor } from '../audit/entry.ts'
import { storeOf } from '../auth/access.ts'
import { actorOf } from '../auth/actor.ts'
import { principalOf, stationOf } from '../auth/authenticate.ts'
import { newPresentationCode, presentationHash } from '../auth/presentationCode.ts'
import { contentHash } from '../events/intent.ts'
import { differs, invalidRequest, notFound, RequestProblem } from '../problems.ts'
import type { MediaAnswer, MediaCommand } from '../store/holderCommands.ts'
import { mediumOf } from './medium.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['media'], security: BEARER }

/** Media of customers: shown, linked, blocked, and replaced when they are lost. */
export const mediaRoutes: Routes = (app, { store, guard, hashKeys, clock, ids }) => {
  app.route({
    method: 'POST',
    url: '/v1/media/presentations',
    onRequest: guard('media.present'),
    schema: {
      ...shared,
      summary: 'A medium was tapped or scanned here just now: the answer proves it for five minutes, at this store',
      body: PresentationRequest,
      response: { 200: PresentationResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const now = clock.now()
      const presentation = newPresentationCode(ids)
      const expiresAt = now + PRESENTATION_MS
      const shown = await store.present({
        tokenHash: presentationHash(presentation),
        medium: mediumOf(request.body.medium, station, hashKeys),
        storeId: station.store.storeId,
        stationId: station.stationId,
        expiresAt,
        now,
      })
      if ('reason' in shown) throw new RequestProblem(409, shown.reason, 'this medium identifies nobody')
      return { presentation, expiresAt: new Date(expiresAt).toISOString(), known: shown.known }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/media/link',
    onRequest: guard('media.link'),
    schema: {
      ...shared,
      summary: 'Two media that were both shown belong to one customer from now on; what they have adds up',
      body: LinkRequest,
      response: { 200: MediaActionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { actionId, presentations } = request.body
      const [first, second] = presentations.map(presentationHash)
      if (!first || !second) throw invalidRequest('two media have to be shown')
      return act(request, actionId, { link: presentations.map(hex) }, (by) => ({
        ...by,
        kind: 'link',
        presentations: [first, second],
      }))
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/media/block',
    onRequest: guard('media.administer'),
    schema: {
      ...shared,
      summary: 'Block a medium, or unblock it',
      body: BlockRequest,
      response: { 200: MediaActionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { actionId, medium, blocked, reason } = request.body
      const named = 'mediumId' in medium ? medium : { presentation: presentationHash(medium.presentation) }
      const intent = { block: 'mediumId' in medium ? medium.mediumId : hex(medium.presentation), blocked }
      return act(request, actionId, intent, (by) => ({ ...by, kind: 'block', medium: named, blocked, reason }))
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/media/transfer',
    onRequest: guard('media.administer'),
    schema: {
      ...shared,
      summary: 'A medium is lost: it is blocked, and the one that lies there takes its place',
      body: TransferRequest,
      response: { 200: MediaActionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { actionId, from, to, proof, merge } = request.body
      const proven = 'reason' in proof ? proof : { presentation: presentationHash(proof.presentation) }
      return act(request, actionId, { transfer: from.mediumId, to: hex(to.presentation), merge }, (by) => ({
        ...by,
        kind: 'transfer',
        fromMediumId: from.mediumId,
        to: presentationHash(to.presentation),
        proof: proven,
        merge,
      }))
    },
  })

  async function act(
    request: FastifyRequest,
    actionId: string,
    intent: object,
    command: (by: Omit<Extract<MediaCommand, { kind: 'link' }>, 'kind' | 'presentations'>) => MediaCommand,
  ): Promise<MediaActionResponse> {
    const intentHash = contentHash(intent)
    if (!intentHash) throw invalidRequest('the request cannot be compared')
    return done(await store.actOnMedia(command({ actionId, intentHash, ...whoAsks(request), now: clock.now() })))
  }
}

const hex = (secret: string): string => Buffer.from(presentationHash(secret)).toString('hex')

/** Who is written down, and the one store whose presentations count; null: any. */
function whoAsks(request: FastifyRequest): { readonly by: AuditActor; readonly storeId: string | null } {
  const principal = principalOf(request)
  const by = actorOf(principal)
  switch (principal.kind) {
    case 'operator':
      return { by, storeId: storeOf(principal.operator) }
    case 'station':
      return { by, storeId: principal.station.store.storeId }
    case 'api_key':
      return { by, storeId: null }
  }
}

function done(answer: MediaAnswer): MediaActionResponse {
  switch (answer.kind) {
    case 'done':
      return answer.response
    case 'differs':
      throw differs()
    case 'unknown':
      throw notFound('no medium has this id')
    case 'refused':
      throw new RequestProblem(409, answer.refusal.reason, 'nothing was changed')
  }
}
