import { z } from 'zod'
import { ChangesResponse } from '../../core/contract/changes.ts'
import { SyncEventsRequest, SyncEventsResponse } from '../../core/events/event.ts'
import { stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { arrivedEvents } from '../events/arrivedEvent.ts'
import { invalidRequest } from '../problems.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const MOST_CHANGES = 1_000
const FOREIGN_CURSOR = 'the cursor is not one of ours'

/** What stations send up and take down. */
export const syncRoutes: Routes = (app, { store, guard, hashKeys, clock }) => {
  app.route({
    method: 'POST',
    url: '/v1/sync/events',
    onRequest: guard('sync'),
    schema: {
      summary: 'Settle what a station decided on its own, event by event and line by line',
      tags: ['sync'],
      security: BEARER,
      body: SyncEventsRequest,
      response: { 200: SyncEventsResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const context = stationContext(station)
      const now = clock.now()
      const { publicKey, acceptsRawMedia } = station
      const arrival = { station: context, publicKey, acceptsRawMedia, hashKeys, now }
      const answer = await store.settleEvents({
        station: context,
        events: arrivedEvents(request.body.events, arrival),
        now,
        onFailure: (error) => request.log.error({ err: error }, 'an event could not be settled'),
      })
      return { results: [...answer.results], changeSeq: answer.changeSeq }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/sync/changes',
    onRequest: guard('sync'),
    schema: {
      summary: 'What has changed since a cursor; everything from an empty one',
      description: 'Each entity as it is now, by the time of its latest change, at most 1,000 a page.',
      tags: ['sync'],
      security: BEARER,
      querystring: z.object({ cursor: z.string().max(64).default('') }),
      response: { 200: ChangesResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationContext(stationOf(request))
      const after = positionOf(request.query.cursor)
      const { changes, position, more } = await store.changesSince({ station, after, limit: MOST_CHANGES })
      // A database restored from a backup: the copy is of one that is gone, and must begin again.
      if (position < after) throw invalidRequest(FOREIGN_CURSOR)
      const asOf = new Date(clock.now()).toISOString()
      return { changes: [...changes], cursor: cursorOf(position), more, changeSeq: position, asOf }
    },
  })
}

/** Opaque to receivers, so that it may become something else. */
function cursorOf(position: number): string {
  return Buffer.from(`p1:${position}`, 'utf8').toString('base64url')
}

function positionOf(cursor: string): number {
  if (cursor === '') return 0
  const position = /^p1:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  if (position === undefined) throw invalidRequest(FOREIGN_CURSOR)
  return Number(position)
}
