import { z } from 'zod'
import {
  ConflictId,
  ConflictPage,
  type ConflictPage as ConflictPageShape,
  ConflictQuery,
  ConflictStory,
  ResolveRequest,
} from '../../core/contract/conflicts.ts'
import { unreachable } from '../../core/outcome.ts'
import { storeOf } from '../auth/access.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { differs, invalidRequest, notFound, RequestProblem } from '../problems.ts'
import type { ConflictPlace, ResolveRefusal } from '../store/conflictCommands.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const ByConflict = z.object({ id: ConflictId })
const NO_SUCH_CONFLICT = 'no conflict has this id'

/** What happened offline and would have been refused online, or could not be settled: both sides' story, and a person's word. */
export const conflictRoutes: Routes = (app, { store, guard, clock }) => {
  const shared = { tags: ['conflicts'], security: BEARER }

  app.route({
    method: 'GET',
    url: '/v1/conflicts',
    onRequest: guard('conflicts.read'),
    schema: {
      ...shared,
      summary: 'Forced lines and quarantined events, newest first',
      description: 'Of the store that the caller looks after, or of every store.',
      querystring: ConflictQuery,
      response: { 200: ConflictPage, ...PROBLEMS },
    },
    handler: async (request): Promise<ConflictPageShape> => {
      const scope = { storeId: storeOf(operatorOf(request)) }
      const { cursor, ...query } = request.query
      const after = cursor === undefined ? null : placeOf(cursor)
      const { next, ...page } = await store.conflicts({ ...query, scope, after })
      return { ...page, cursor: next && cursorOf(next) }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/conflicts/:id',
    onRequest: guard('conflicts.read'),
    schema: {
      ...shared,
      summary: 'Both sides of one conflict: what the station said, what the server holds, what was done about it',
      params: ByConflict,
      response: { 200: ConflictStory, ...PROBLEMS },
    },
    handler: async (request) => {
      const story = await store.conflict(request.params.id, { storeId: storeOf(operatorOf(request)) })
      if (!story) throw notFound(NO_SUCH_CONFLICT)
      return story
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/conflicts/:id/resolve',
    onRequest: guard('conflicts.resolve'),
    schema: {
      ...shared,
      summary: 'Accept, roll back or write off',
      description:
        'Idempotent by resolutionId and by saying the same again: the first word stands. 409 when it ended otherwise before; a quarantined event can only be written off.',
      params: ByConflict,
      body: ResolveRequest,
      response: { 200: ConflictStory, ...PROBLEMS },
    },
    handler: async (request) => {
      const operator = operatorOf(request)
      const scope = { storeId: storeOf(operator) }
      const conflictId = request.params.id
      const { operatorId } = operator
      const resolved = await store.resolveConflict({ conflictId, ...request.body, operatorId, scope, now: clock.now() })
      if (!resolved.ok) throw resolveProblem(resolved.problem)
      const story = await store.conflict(conflictId, scope)
      if (!story) throw notFound(NO_SUCH_CONFLICT)
      return story
    },
  })
}

function resolveProblem(problem: ResolveRefusal['problem']): RequestProblem {
  switch (problem) {
    case 'not_found':
      return notFound(NO_SUCH_CONFLICT)
    case 'differs':
      return differs()
    case 'already':
      return new RequestProblem(409, 'duplicate_request_differs', 'this conflict has ended otherwise')
    case 'not_possible':
      return new RequestProblem(409, 'invalid_request', 'what could not be settled can only be written off')
    default:
      return unreachable(problem)
  }
}

/** Opaque to callers. */
function cursorOf({ openedAt, conflictId }: ConflictPlace): string {
  return Buffer.from(`c1:${openedAt}:${conflictId}`, 'utf8').toString('base64url')
}

function placeOf(cursor: string): ConflictPlace {
  const [, openedAt, conflictId] =
    /^c1:(\d{1,15}):([0-9a-f]{32})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (openedAt === undefined || conflictId === undefined) throw invalidRequest('the cursor is not one of ours')
  return { openedAt: Number(openedAt), conflictId }
}
