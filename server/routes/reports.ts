import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { CampaignReport, DayReport, Figures, MOST_DAYS, ReportQuery, StoreReport } from '../../core/contract/reports.ts'
import type { Cell } from '../../core/csv.ts'
import { storeOf } from '../auth/access.ts'
import { principalOf } from '../auth/authenticate.ts'
import type { Principal } from '../auth/principal.ts'
import { invalidRequest } from '../problems.ts'
import { csv } from '../reports/csv.ts'
import { campaignReport, dayReport, type ReportSource, reportSource, storeReport } from '../reports/report.ts'
import type { FiguresQuery } from '../store/officeReads.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const EVERY_CAMPAIGN = 1_000_000
const COLUMNS = Object.keys(Figures.shape) as (keyof Figures)[]
const cellsOf = (figures: Figures): readonly Cell[] => COLUMNS.map((name) => figures[name])

interface Report {
  readonly name: string
  readonly summary: string
  readonly by: FiguresQuery['by']
  readonly body: z.ZodType<unknown>
  readonly header: readonly string[]
  make(source: ReportSource): { readonly body: unknown; readonly rows: readonly (readonly Cell[])[] }
}

/** What happened, by day, store and campaign: sums that are kept, never a look at single coupons. */
export const reportRoutes: Routes = (app, { store, guard, clock }) => {
  const sourceOf = async (query: ReportQuery, principal: Principal, by: FiguresQuery['by']) => {
    const days = (Date.parse(query.until) - Date.parse(query.from)) / 86_400_000
    if (days < 0) throw invalidRequest('from must not be after until')
    if (days >= MOST_DAYS) throw invalidRequest(`at most ${MOST_DAYS} days`)
    const now = clock.now()
    const campaigns = await store.campaigns({ decidedOnly: true, after: null, limit: EVERY_CAMPAIGN, now })
    return reportSource(store, campaigns, query, { storeId: scopeOf(principal) }, by, now)
  }

  const route = ({ name, summary, by, body, make, header }: Report): void => {
    const schema = { tags: ['reports'], security: BEARER, querystring: ReportQuery }
    app.route({
      method: 'GET',
      url: `/v1/reports/${name}`,
      onRequest: guard('reports.read'),
      schema: { ...schema, summary, response: { 200: body, ...PROBLEMS } },
      handler: async (request) => make(await sourceOf(request.query, principalOf(request), by)).body,
    })
    app.route({
      method: 'GET',
      url: `/v1/reports/${name}.csv`,
      onRequest: guard('reports.read'),
      schema: { ...schema, summary: `${summary} (CSV)`, response: { 200: z.string(), ...PROBLEMS } },
      handler: async (request, reply) => {
        const { rows } = make(await sourceOf(request.query, principalOf(request), by))
        return sendCsv(reply, `tapcoupon-${name}`, csv(header, onePage(rows)))
      },
    })
  }

  route({
    name: 'days',
    summary: 'Issued, acquired, redeemed, expired and what it cost, by business day',
    by: ['day', 'campaign'],
    body: DayReport,
    header: ['day', ...COLUMNS, 'currency'],
    make: (source) => {
      const body = dayReport(source)
      return { body, rows: body.days.map((day) => [day.day, ...cellsOf(day), body.currency]) }
    },
  })
  route({
    name: 'stores',
    summary: 'The same by store',
    by: ['store', 'campaign'],
    body: StoreReport,
    header: ['store', 'name', ...COLUMNS, 'currency'],
    make: (source) => {
      const body = storeReport(source)
      return { body, rows: body.stores.map((one) => [one.storeId, one.name, ...cellsOf(one), body.currency]) }
    },
  })
  route({
    name: 'campaigns',
    summary: 'The same by campaign, with what each has given in all against its budget',
    by: ['campaign'],
    body: CampaignReport,
    header: ['campaign', 'title', ...COLUMNS, 'currency', 'usesInAll', 'usesLimit', 'valueInAll', 'budget'],
    make: (source) => {
      const body = campaignReport(source)
      const rows = body.campaigns.map((one) => [
        one.campaignId,
        one.title,
        ...cellsOf(one),
        body.currency,
        one.use.uses + one.use.forcedUses,
        one.budget.campaignUses,
        one.use.value + one.use.forcedValue,
        one.budget.campaignValue,
      ])
      return { body, rows }
    },
  })
}

/** The one store that somebody's reports are of; null: of the chain. */
function scopeOf(principal: Principal): string | null {
  switch (principal.kind) {
    case 'operator':
      return storeOf(principal.operator)
    case 'station':
      return principal.station.store.storeId
    case 'api_key':
      return null
  }
}

/** Sends rows as they come, under a name for the folder of downloads. */
export function sendCsv(reply: FastifyReply, name: string, rows: ReturnType<typeof csv>): FastifyReply {
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('cache-control', 'no-store')
    .send(rows)
}

async function* onePage(rows: readonly (readonly Cell[])[]): AsyncGenerator<readonly (readonly Cell[])[]> {
  yield rows
}
