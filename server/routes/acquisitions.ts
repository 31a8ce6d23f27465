import { AcquisitionRequest, AcquisitionResponse, HolderAcquisitionRequest } from '../../core/contract/acquisitions.ts'
import { Holdings, HoldingsRequest } from '../../core/contract/holdings.ts'
import { actorOf } from '../auth/actor.ts'
import { principalOf, stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { contentHash, mediumIntent } from '../events/intent.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import { acquisitionCode } from './acquisitionCode.ts'
import { firstAnswer } from './firstAnswer.ts'
import { mediumOf } from './medium.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['registration'], security: BEARER }

/** Taking a coupon onto a medium, what is to be had for it, and giving one to a customer. */
export const acquisitionRoutes: Routes = (app, { store, commits, guard, hashKeys, clock }) => {
  const withCode = acquisitionCode(clock, hashKeys)

  app.route({
    method: 'POST',
    url: '/v1/acquisitions',
    onRequest: guard('acquisitions.acquire'),
    schema: {
      ...shared,
      summary: 'Take a coupon of a campaign, or the one that a code is for, onto a medium, once for each acquisitionId',
      body: AcquisitionRequest,
      response: { 200: AcquisitionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const { medium: wire, acquisitionId, campaignId, code } = request.body
      const medium = mediumOf(wire, station, hashKeys)
      const what = code === undefined ? { campaignId } : { code }
      const intent = contentHash({ medium: mediumIntent(medium), ...what })
      if (!intent) throw invalidRequest('the request cannot be compared')
      const asked = { acquisitionId, ...(campaignId === undefined ? {} : { campaignId }) }
      // Whoever guesses is the customer in front of a terminal, not the terminal.
      const who = medium.ok ? `medium ${medium.value.keys[0]?.key ?? ''}` : station.stationId
      return withCode(code, who, station.stationId, async (keys) =>
        firstAnswer(
          await commits.submit({
            kind: 'acquire',
            station: stationContext(station),
            medium,
            request: asked,
            ...(keys ? { code: keys } : {}),
            intentHash: intent,
          }),
        ),
      )
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/holders/:id/acquisitions',
    onRequest: guard('acquisitions.give'),
    schema: {
      ...shared,
      summary: 'Give a customer a coupon, whether they may take it themselves or not',
      params: ById,
      body: HolderAcquisitionRequest,
      response: { 200: AcquisitionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const holderId = request.params.id
      const intent = contentHash({ holderId, campaignId: request.body.campaignId })
      if (!intent) throw invalidRequest('the request cannot be compared')
      const actor = actorOf(principalOf(request))
      const given = { kind: 'give', holderId, by: 'staff', actor, request: request.body } as const
      return firstAnswer(await commits.submit({ ...given, intentHash: intent }))
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/holdings',
    onRequest: guard('holdings.read'),
    schema: {
      ...shared,
      summary: 'What a medium’s holder has and may take; changes nothing',
      body: HoldingsRequest,
      response: { 200: Holdings, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const medium = mediumOf(request.body.medium, station, hashKeys)
      const found = await store.holdings({ of: { medium }, storeId: station.store.storeId, now: clock.now() })
      if (!found.ok) throw new RequestProblem(409, found.reason, 'nothing can be shown for this medium')
      return found.value
    },
  })
}
