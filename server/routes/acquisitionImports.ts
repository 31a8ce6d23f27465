import { Readable } from 'node:stream'
import { z } from 'zod'
import { readHeader } from '../../core/acquisition/csv.ts'
import {
  ImportPage,
  ImportProgress,
  ImportRequest,
  ImportRows,
  MOST_ROWS_IN_ALL,
} from '../../core/contract/acquisitionImports.ts'
import { byOperator } from '../audit/entry.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { contentHash } from '../events/intent.ts'
import { differs, invalidRequest, notFound, RequestProblem } from '../problems.ts'
import { arrivedRows, ROWS_IN_A_COMMIT } from '../services/listRows.ts'
import type { CouponStore } from '../store/couponStore.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['registration'], security: BEARER }
const NO_SUCH_IMPORT = 'no list has this id'
const MOST_LISTED = 100
const FAULTS_AT_ONCE = 5_000

/** Lists of acquisitions as files: announced, then sent part by part, each a commit of its own. */
export const acquisitionImportRoutes: Routes = (app, { store, guard, hashKeys, clock }) => {
  app.route({
    method: 'POST',
    url: '/v1/acquisition-imports',
    onRequest: guard('imports.administer'),
    schema: {
      ...shared,
      summary: 'Announce a list of acquisitions (CSV); with dryRun nothing is given',
      body: ImportRequest,
      response: { 200: ImportProgress, ...PROBLEMS },
    },
    handler: async (request) => {
      const { header, campaignId, storeId, dryRun, importId } = request.body
      const columns = readHeader(header, campaignId !== undefined)
      if (!columns.ok) throw invalidRequest(columns.message)
      if (storeId !== undefined && !(await store.storeRecord(storeId)))
        throw invalidRequest('no store has this storeId')
      const intent = contentHash({ header, campaignId: campaignId ?? null, storeId: storeId ?? null, dryRun })
      if (!intent) throw invalidRequest('the request cannot be compared')
      const by = byOperator(operatorOf(request).operatorId)
      const started = await store.startImport({ ...request.body, intentHash: intent, by, now: clock.now() })
      if (started === 'differs') throw differs()
      request.log.info({ importId, dryRun }, 'a list was announced')
      return started
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/acquisition-imports',
    onRequest: guard('imports.read'),
    schema: { ...shared, summary: 'The last lists, newest first', response: { 200: ImportPage, ...PROBLEMS } },
    handler: async () => ({ imports: [...(await store.imports(MOST_LISTED))] }),
  })

  app.route({
    method: 'GET',
    url: '/v1/acquisition-imports/:id',
    onRequest: guard('imports.read'),
    schema: {
      ...shared,
      summary: 'How far a list is, and where to go on',
      params: ById,
      response: { 200: ImportProgress, ...PROBLEMS },
    },
    handler: async (request) => {
      const found = await store.import(request.params.id)
      if (!found) throw notFound(NO_SUCH_IMPORT)
      return found.progress
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/acquisition-imports/:id/rows',
    onRequest: guard('imports.administer'),
    schema: {
      ...shared,
      summary: 'The next rows of a list, at most 5,000',
      description:
        'Rows that were taken before are passed over, so that a part may be sent again. 409 for a gap, and when the list has ended.',
      params: ById,
      body: ImportRows,
      response: { 200: ImportProgress, ...PROBLEMS },
    },
    handler: async (request) => {
      const importId = request.params.id
      const list = await store.import(importId)
      if (!list) throw notFound(NO_SUCH_IMPORT)
      const { firstRow, lines, last } = request.body
      if (firstRow + lines.length - 1 > MOST_ROWS_IN_ALL) {
        throw invalidRequest(`a list has at most ${MOST_ROWS_IN_ALL} rows; begin another one`)
      }
      let progress = list.progress
      for (let taken = 0; taken < lines.length || taken === 0; taken += ROWS_IN_A_COMMIT) {
        const rows = await arrivedRows(lines.slice(taken, taken + ROWS_IN_A_COMMIT), list, { store, hashKeys })
        const isLast = last && taken + ROWS_IN_A_COMMIT >= lines.length
        const part = { importId, firstRow: firstRow + taken, rows, last: isLast, now: clock.now() }
        progress = mustGoOn(await store.importRows(part))
        // Whoever waits to be decided has a turn.
        await new Promise(setImmediate)
      }
      return progress
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/acquisition-imports/:id/cancel',
    onRequest: guard('imports.administer'),
    schema: {
      ...shared,
      summary: 'End a list early; what was given stays given',
      params: ById,
      response: { 200: ImportProgress, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const cancelled = await store.cancelImport(request.params.id, operatorId, clock.now())
      if (!cancelled) throw notFound(NO_SUCH_IMPORT)
      return cancelled
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/acquisition-imports/:id/report',
    onRequest: guard('imports.read'),
    schema: {
      ...shared,
      summary: 'Every bad row of a list as CSV: its number and why; nothing else of it',
      params: ById,
      response: { 200: z.any().describe('CSV: row, reason'), ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const importId = request.params.id
      if (!(await store.import(importId))) throw notFound(NO_SUCH_IMPORT)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="bad-rows-${importId}.csv"`)
        .send(Readable.from(reportLines(store, importId)))
    },
  })
}

function mustGoOn(answer: Awaited<ReturnType<CouponStore['importRows']>>): ImportProgress {
  if (answer === null) throw notFound(NO_SUCH_IMPORT)
  if (answer === 'gap') throw new RequestProblem(409, 'invalid_request', 'rows before these are missing')
  if (answer === 'over') throw new RequestProblem(409, 'invalid_request', 'this list has ended')
  return answer
}

async function* reportLines(store: Pick<CouponStore, 'importFaults'>, importId: string): AsyncGenerator<string> {
  yield 'row,reason\r\n'
  let after = 0
  while (true) {
    const faults = await store.importFaults(importId, after, FAULTS_AT_ONCE)
    if (faults.length === 0) return
    yield faults.map(({ row, reason }) => `${row},${reason}\r\n`).join('')
    after = faults.at(-1)?.row ?? after
  }
}
