import { StationJournal, StationRevoked, StationRevokeRequest } from '../../core/contract/stations.ts'
import { SyncEventsRequest, SyncEventsResponse } from '../../core/events/event.ts'
import { byOperator } from '../audit/entry.ts'
import { storeOf } from '../auth/access.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { invalidRequest, notFound } from '../problems.ts'
import { settleJournal } from '../services/settleJournal.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

/** What people do with a station that is out of order, stolen or retired. */
export const stationServiceRoutes: Routes = (app, { store, guard, hashKeys, clock }) => {
  /** A manager of one store knows no other's stations. */
  const ofTheirStore = async (stationId: string, operator: ReturnType<typeof operatorOf>) => {
    const station = await store.station(stationId)
    const scope = storeOf(operator)
    if (!station || (scope !== null && station.store.storeId !== scope)) throw notFound('no such station')
    return station
  }

  app.route({
    method: 'POST',
    url: '/v1/stations/:id/revoke',
    onRequest: guard('stations.administer'),
    // Nobody has to say why a stolen one is revoked.
    preValidation: async (request) => {
      request.body ??= {}
    },
    schema: {
      summary: 'Take a station out of service, for good',
      description: 'It may still bring up what it did; then it is to forget its copy and its keys.',
      tags: ['stations'],
      security: BEARER,
      params: ById,
      body: StationRevokeRequest,
      response: { 200: StationRevoked, ...PROBLEMS },
    },
    handler: async (request) => {
      const { id } = request.params
      const by = byOperator(operatorOf(request).operatorId)
      if (!(await store.revokeStation(id, clock.now(), by, request.body.reason))) throw notFound('no such station')
      return { stationId: id, state: 'revoked' as const }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/stations/:id/journal',
    onRequest: guard('events.compare'),
    schema: {
      summary: 'What a copy of a station’s journal is checked against: its key, and the last event that has arrived',
      tags: ['stations'],
      security: BEARER,
      params: ById,
      response: { 200: StationJournal, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = await ofTheirStore(request.params.id, operatorOf(request))
      const { stationId, publicKey } = station
      const last = await store.lastEvent(stationId)
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
      return {
        stationId,
        publicKey: publicKey && text(publicKey),
        last: last && { seq: last.seq, hash: text(last.hash) },
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/:id/events/import',
    onRequest: guard('events.import'),
    schema: {
      summary: 'Settle events of a station from its rescue file',
      description: 'As if the station had sent them; what arrives both ways counts once. Only signed events are taken.',
      tags: ['stations'],
      security: BEARER,
      params: ById,
      body: SyncEventsRequest,
      response: { 200: SyncEventsResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = await ofTheirStore(request.params.id, operatorOf(request))
      if (!station.publicKey) throw invalidRequest('this station signs nothing: nobody can say that it wrote this')
      return settleJournal(station, request.body.events, {
        store,
        hashKeys,
        now: clock.now(),
        by: byOperator(operatorOf(request).operatorId),
        onFailure: (error) => request.log.error({ err: error }, 'an event could not be settled'),
      })
    },
  })
}
