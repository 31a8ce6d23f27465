import { AcquisitionRequest, AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import { stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { contentHash, mediumIntent } from '../events/intent.ts'
import { invalidRequest } from '../problems.ts'
import { firstAnswer } from './firstAnswer.ts'
import { mediumOf } from './medium.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** Taking a coupon onto a medium. */
export const acquisitionRoutes: Routes = (app, { commits, guard, hashKeys }) => {
  app.route({
    method: 'POST',
    url: '/v1/acquisitions',
    onRequest: guard('acquisitions.acquire'),
    schema: {
      summary: 'Take a coupon of a campaign onto a medium, once for each acquisitionId',
      tags: ['registration'],
      security: BEARER,
      body: AcquisitionRequest,
      response: { 200: AcquisitionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const { medium: wire, acquisitionId, campaignId } = request.body
      if (campaignId === undefined) throw invalidRequest('no list of codes is known')
      const asked = { acquisitionId, campaignId }
      const medium = mediumOf(wire, station, hashKeys)
      const intent = contentHash({ medium: mediumIntent(medium), campaignId: asked.campaignId })
      if (!intent) throw invalidRequest('the request cannot be compared')
      const command = {
        kind: 'acquire',
        station: stationContext(station),
        medium,
        request: asked,
        intentHash: intent,
      } as const
      return firstAnswer(await commits.submit(command))
    },
  })
}
