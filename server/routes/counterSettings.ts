import { StationSettingsRequest, StoreSettings, StoreSettingsRequest } from '../../core/contract/counterSettings.ts'
import { byOperator } from '../audit/entry.ts'
import { storeOf } from '../auth/access.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { notFound, RequestProblem } from '../problems.ts'
import type { SettingsProblem } from '../store/settingsCommands.ts'
import { BEARER, OfStore, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['stations'], security: BEARER, params: OfStore }
const NO_SUCH_STORE = 'no store has this id'

/** What counters go by: their store's settings, and how a station's differ. */
export const counterSettingsRoutes: Routes = (app, { store, guard, clock }) => {
  const settingsOf = async (storeId: string): Promise<StoreSettings> => {
    const found = await store.counterSettings(storeId)
    if (!found) throw notFound(NO_SUCH_STORE)
    return found
  }

  app.route({
    method: 'GET',
    url: '/v1/stores/:id/settings',
    onRequest: guard('stationSettings.read'),
    schema: {
      ...shared,
      summary: 'What the counters of a store go by, and which of them already do',
      response: { 200: StoreSettings, ...PROBLEMS },
    },
    handler: async (request) => {
      const scope = storeOf(operatorOf(request))
      if (scope !== null && scope !== request.params.id) throw notFound(NO_SUCH_STORE)
      return settingsOf(request.params.id)
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stores/:id/settings',
    onRequest: guard('stationSettings.administer'),
    schema: {
      ...shared,
      summary: 'Set what all counters of a store go by, and which of it may be changed at a counter',
      body: StoreSettingsRequest,
      response: { 200: StoreSettings, ...PROBLEMS },
    },
    handler: async (request) => {
      const { basedOn, values, fixed } = request.body
      const by = byOperator(operatorOf(request).operatorId)
      const storeId = request.params.id
      const set = await store.setStoreSettings({ storeId, basedOn, values, fixed, by, now: clock.now() })
      if (!set.ok) throw refusedBecause(set)
      return settingsOf(storeId)
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/:id/settings',
    onRequest: guard('stationSettings.station'),
    schema: {
      ...shared,
      summary: 'Set how one counter differs from its store',
      description: 'A manager changes what the office leaves free there; 403 names what it does not.',
      body: StationSettingsRequest,
      response: { 200: StoreSettings, ...PROBLEMS },
    },
    handler: async (request) => {
      const operator = operatorOf(request)
      const { operatorId, role } = operator
      const set = await store.setStationSettings({
        ...request.body,
        stationId: request.params.id,
        role,
        ofStore: storeOf(operator),
        by: byOperator(operatorId),
        now: clock.now(),
      })
      if (!set.ok) throw refusedBecause(set)
      return settingsOf(set.value.storeId)
    },
  })
}

function refusedBecause(problem: SettingsProblem): RequestProblem {
  switch (problem.problem) {
    case 'unknown':
      return notFound('no such store or station')
    case 'changed':
      return new RequestProblem(409, 'duplicate_request_differs', 'somebody has set another version meanwhile')
    case 'fixed':
      return new RequestProblem(403, 'operator_not_allowed', `fixed by the office: ${problem.names.join(', ')}`)
  }
}
