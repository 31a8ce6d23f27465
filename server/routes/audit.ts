import { AuditPage, AuditQuery } from '../../core/contract/audit.ts'
import { invalidRequest } from '../problems.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** The audit log, for whoever has to find out who did what. */
export const auditRoutes: Routes = (app, { store, guard }) => {
  app.route({
    method: 'GET',
    url: '/v1/audit',
    onRequest: guard('audit.read'),
    schema: {
      summary: 'Every change by people, API keys and commands, newest first',
      description: 'Each row names the hash of the one before it; `npm run server -- audit verify` checks them all.',
      tags: ['audit'],
      security: BEARER,
      querystring: AuditQuery,
      response: { 200: AuditPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { actorId, action, subjectId, from, until, cursor, limit } = request.query
      const { entries, next } = await store.auditPage({
        limit,
        ...(actorId === undefined ? {} : { actorId }),
        ...(action === undefined ? {} : { action }),
        ...(subjectId === undefined ? {} : { subjectId }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(until === undefined ? {} : { until: Date.parse(until) }),
        ...(cursor === undefined ? {} : { before: positionOf(cursor) }),
      })
      return { entries: [...entries], cursor: next === null ? null : cursorOf(next) }
    },
  })
}

const CURSOR = /^a1:(\d{1,15})$/

const cursorOf = (position: number): string => Buffer.from(`a1:${position}`, 'utf8').toString('base64url')

function positionOf(cursor: string): number {
  const [, position] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (position === undefined) throw invalidRequest('the cursor is none of ours')
  return Number(position)
}
