import { StationList, StoreList } from '../../core/contract/stationList.ts'
import { storeOf } from '../auth/access.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** Stores and what stands in them, as head office lists them. */
export const stationListRoutes: Routes = (app, { store, guard }) => {
  app.route({
    method: 'GET',
    url: '/v1/stores',
    onRequest: guard('stores.read'),
    schema: {
      tags: ['stations'],
      security: BEARER,
      summary: 'The stores that the caller looks after',
      response: { 200: StoreList, ...PROBLEMS },
    },
    handler: async (request) => {
      const found = await store.stores({ storeId: storeOf(operatorOf(request)) })
      return {
        stores: found.map(({ store: { storeId, name, timeZone, currency } }) => ({
          storeId,
          name,
          timeZone,
          currency,
        })),
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/stations',
    onRequest: guard('stations.read'),
    schema: {
      tags: ['stations'],
      security: BEARER,
      summary: 'Stations, with when they were last heard of and what they run',
      response: { 200: StationList, ...PROBLEMS },
    },
    handler: async (request) => {
      const stations = await store.stationList({ storeId: storeOf(operatorOf(request)) })
      return { stations: [...stations] }
    },
  })
}
