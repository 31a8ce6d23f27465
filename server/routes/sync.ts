import { z } from 'zod'
import { ChangesResponse } from '../../core/contract/changes.ts'
import { SyncEventsRequest, SyncEventsResponse } from '../../core/events/event.ts'
import { stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import { settleJournal } from '../services/settleJournal.ts'
import { stationLines } from '../services/stationLines.ts'
import { cursorOf, placeOf } from '../store/feedPlace.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const MOST_CHANGES = 1_000

/** What stations send up and take down. */
export const syncRoutes: Routes = (app, { store, guard, hashKeys, clock }) => {
  const lines = stationLines()

  app.route({
    method: 'POST',
    url: '/v1/sync/events',
    onRequest: guard('sync.events'),
    schema: {
      summary: 'Settle what a station decided on its own, event by event and line by line',
      tags: ['sync'],
      security: BEARER,
      body: SyncEventsRequest,
      response: { 200: SyncEventsResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      return settleJournal(stationOf(request), request.body.events, {
        store,
        hashKeys,
        lines,
        now: clock.now(),
        onFailure: (error) => request.log.error({ err: error }, 'an event could not be settled'),
      })
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/sync/changes',
    onRequest: guard('sync'),
    schema: {
      summary: 'What has changed since a cursor; everything from an empty one',
      description:
        'Each entity as it is now, by the time of its latest change, about 1,000 a page. 410: take a snapshot.',
      tags: ['sync'],
      security: BEARER,
      querystring: z.object({ cursor: z.string().max(256).default('') }),
      response: { 200: ChangesResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationContext(stationOf(request))
      const { cursor } = request.query
      const after = cursor === '' ? null : placeOf(cursor)
      if (after === null && cursor !== '') throw invalidRequest('the cursor is not one of ours')
      const now = clock.now()
      const answer = await store.changesSince({ station, after, limit: MOST_CHANGES, now })
      if (answer.kind === 'gone') throw new RequestProblem(410, answer.reason, 'take a new snapshot')
      const { changes, place, more } = answer
      const asOf = new Date(now).toISOString()
      const journalThrough = (await store.lastEvent(station.stationId))?.seq ?? 0
      return { changes: [...changes], cursor: cursorOf(place), more, changeSeq: place.position, journalThrough, asOf }
    },
  })
}
