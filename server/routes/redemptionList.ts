import { z } from 'zod'
import {
  type RedemptionEntry,
  RedemptionFilter,
  RedemptionPage,
  RedemptionQuery,
} from '../../core/contract/redemptionList.ts'
import type { Cell } from '../../core/csv.ts'
import { storeOf } from '../auth/access.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { csv } from '../reports/csv.ts'
import type { OfficeReads, RedemptionListQuery, RedemptionPlace } from '../store/officeReads.ts'
import { listCursor, NUMBER, placeInList, UUID } from './listCursor.ts'
import { sendCsv } from './reports.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const EXPORT_PAGE = 200

/** Redemptions for people who look after stores; never who the customer was. */
export const redemptionListRoutes: Routes = (app, { store, guard }) => {
  const shared = { tags: ['redemptions'], security: BEARER }

  app.route({
    method: 'GET',
    url: '/v1/redemptions',
    onRequest: guard('redemptions.list'),
    schema: {
      ...shared,
      summary: 'Redemptions, newest business day first',
      description: 'Of the store that the caller looks after, or of every store. A page may be short and not the last.',
      querystring: RedemptionQuery,
      response: { 200: RedemptionPage, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor, ...filter } = request.query
      const [day, redemptionId] = placeInList(cursor, [NUMBER, UUID]) ?? []
      const after = redemptionId === undefined ? null : { day: Number(day), redemptionId }
      const scope = { storeId: storeOf(operatorOf(request)) }
      const { redemptions, next } = await store.redemptionList({ ...filter, scope, after })
      return { redemptions: [...redemptions], cursor: next && listCursor([next.day, next.redemptionId]) }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/redemptions.csv',
    onRequest: guard('redemptions.list'),
    schema: {
      ...shared,
      summary: 'The same as CSV, one line a coupon, sent as it is read',
      querystring: RedemptionFilter,
      response: { 200: z.string(), ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const scope = { storeId: storeOf(operatorOf(request)) }
      return sendCsv(reply, 'tapcoupon-redemptions', csv(HEADER, pages(store, { ...request.query, scope })))
    },
  })
}

const HEADER = [
  'redemption',
  'day',
  'at',
  'store',
  'station',
  'outcome',
  'origin',
  'entry',
  'operator',
  'sale',
  'reason',
  'campaign',
  'title',
  'line',
  'discount',
  'currency',
]

/** Page by page: others are answered between them, and nothing is read before it can be sent. */
async function* pages(
  store: OfficeReads,
  filter: Omit<RedemptionListQuery, 'after' | 'limit'>,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let after: RedemptionPlace | null = null
  do {
    const page: Awaited<ReturnType<OfficeReads['redemptionList']>> = await store.redemptionList({
      ...filter,
      after,
      limit: EXPORT_PAGE,
    })
    yield page.redemptions.flatMap(rowsOf)
    after = page.next
    await new Promise(setImmediate)
  } while (after !== null)
}

function rowsOf(entry: RedemptionEntry): readonly (readonly Cell[])[] {
  const { redemptionId, day, at, storeId, stationName, outcome, origin, operatorName, saleId, reason, currency } = entry
  const own = [redemptionId, day, at, storeId, stationName, outcome, origin, entry.entry, operatorName, saleId, reason]
  if (entry.lines.length === 0) return [[...own, null, null, null, 0, currency]]
  return entry.lines.map((line) => [...own, line.campaignId, line.title, line.state, line.discount, currency])
}
