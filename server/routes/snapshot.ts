import { createReadStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  SNAPSHOT_CHANGE_SEQ_HEADER,
  SNAPSHOT_FORMATS,
  SNAPSHOT_SCHEMA_HEADER,
  SNAPSHOT_UNPACKED_HEADER,
  type SnapshotFormat,
  SnapshotQuery,
} from '../../core/contract/snapshot.ts'
import { REPLICA_SCHEMA_VERSION } from '../../core/replica/schema.ts'
import { stationOf } from '../auth/authenticate.ts'
import { stationContext } from '../auth/principal.ts'
import { RequestProblem } from '../problems.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

/** A station does not wait longer for one that is being made, and asks again. */
const PATIENCE_MS = 10_000
const RETRY_AFTER_SECONDS = 3

/** A station's copy as one file. */
export const snapshotRoutes: Routes = (app, { store, guard, snapshots }) => {
  app.route({
    method: 'GET',
    url: '/v1/sync/snapshot',
    onRequest: guard('sync'),
    schema: {
      summary: 'What a station holds for offline work, as a compressed SQLite file',
      description: `By Accept: ${SNAPSHOT_FORMATS.join(' or ')}. Range with If-Range goes on with a file that was begun; Repr-Digest is its SHA-256. Go on from the cursor inside with /v1/sync/changes.`,
      tags: ['sync'],
      security: BEARER,
      querystring: SnapshotQuery,
      response: { 200: z.any().describe('The file'), 206: z.any().describe('A range of it'), ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const station = stationContext(stationOf(request))
      const { atLeast } = request.query
      const { accept, range, 'if-range': ifRange } = request.headers
      if (atLeast > (await store.changePosition())) {
        throw new RequestProblem(410, 'cursor_foreign', 'this database has not come that far')
      }
      const etag = typeof ifRange === 'string' ? ifRange : null
      const soon = snapshots.of({ station, format: acceptable(accept), atLeast, etag })
      const file = await Promise.race([soon, sleep(PATIENCE_MS, null, { ref: false })])
      if (!file) {
        soon.catch((error: unknown) => request.log.error({ err: error }, 'a snapshot could not be made'))
        throw new RequestProblem(503, undefined, 'it is being made', { retryAfterSeconds: RETRY_AFTER_SECONDS })
      }
      reply
        .header('etag', file.etag)
        .header('accept-ranges', 'bytes')
        .header('cache-control', 'private, no-store')
        .header('repr-digest', `sha-256=:${file.sha256}:`)
        .header(SNAPSHOT_UNPACKED_HEADER, String(file.unpacked))
        .header(SNAPSHOT_SCHEMA_HEADER, String(REPLICA_SCHEMA_VERSION))
        .header(SNAPSHOT_CHANGE_SEQ_HEADER, String(file.changeSeq))
        .type(file.format)
      // A range of another file than the one that was begun is of no use: the new one from its beginning.
      const part = etag === null || etag === file.etag ? rangeOf(range, file.total) : 'all'
      if (part === 'unsatisfiable') {
        reply.header('content-range', `bytes */${file.total}`)
        throw new RequestProblem(416, 'invalid_request', 'the file is shorter')
      }
      if (part === 'all') return reply.header('content-length', file.total).send(createReadStream(file.path))
      const { start, end } = part
      return reply
        .code(206)
        .header('content-range', `bytes ${start}-${end}/${file.total}`)
        .header('content-length', end - start + 1)
        .send(createReadStream(file.path, { start, end }))
    },
  })
}

/** The first of ours that a station accepts; one that does not say takes the better one. */
function acceptable(accept: string | undefined): SnapshotFormat {
  const found = SNAPSHOT_FORMATS.find(
    (format) => accept === undefined || accept.includes(format) || accept.includes('*/*'),
  )
  if (!found) throw new RequestProblem(406, 'invalid_request', `there is ${SNAPSHOT_FORMATS.join(' and ')}`)
  return found
}

/** One range of RFC 9110 §14.1.2; any other form may be ignored and gets the whole file. */
function rangeOf(range: string | undefined, total: number): { start: number; end: number } | 'all' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if (first === undefined) return 'all'
  const start = Number(first)
  const end = Math.min(total - 1, last ? Number(last) : total - 1)
  return start < total && start <= end ? { start, end } : 'unsatisfiable'
}
