import { EnrolRequest, EnrolResponse, StationAnnounced, StationRequest } from '../../core/contract/stations.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { newEnrolmentCode, typedEnrolmentCode } from '../auth/enrolmentCode.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const CODE_LIFETIME_MS = 60 * 60_000

/** How machines become stations. */
export const stationRoutes: Routes = (app, { store, guard, hashKeys, clock, ids }) => {
  app.route({
    method: 'POST',
    url: '/v1/stations',
    onRequest: guard('stations.administer'),
    schema: {
      summary: 'Announce a station; the code enrols one machine, once, within an hour',
      tags: ['stations'],
      security: BEARER,
      body: StationRequest,
      response: { 200: StationAnnounced, ...PROBLEMS },
    },
    handler: async (request) => {
      const { storeId, name, role } = request.body
      const stationId = ids.uuid7()
      const code = newEnrolmentCode(ids)
      const now = clock.now()
      const codeExpiresAt = now + CODE_LIFETIME_MS
      const announced = await store.announceStation({
        stationId,
        storeId,
        name,
        role,
        codeHash: secretHash(code),
        codeExpiresAt,
        announcedBy: operatorOf(request).operatorId,
        now,
      })
      if (!announced) throw invalidRequest('no store has this storeId')
      return { stationId, code, expiresAt: new Date(codeExpiresAt).toISOString() }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/enrol',
    schema: {
      summary: 'Become a station with a one-time code',
      tags: ['stations'],
      body: EnrolRequest,
      response: { 200: EnrolResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { code, publicKey } = request.body
      const token = newSecret(ids)
      const station = await store.enrolStation({
        codeHash: secretHash(typedEnrolmentCode(code)),
        tokenHash: secretHash(token),
        publicKey: Buffer.from(publicKey, 'base64url'),
        now: clock.now(),
      })
      if (!station) throw new RequestProblem(401, 'unauthorized', 'the code is not known, was used, or has expired')
      return {
        stationId: station.stationId,
        token,
        store: station.store,
        role: station.role,
        settings: station.settings,
        mediumHashKeys: hashKeys.map(({ v, key }) => ({ v, key: Buffer.from(key).toString('base64url') })),
      }
    },
  })
}
