import { previewRules } from '../../core/campaigns/preview.ts'
import { PreviewRequest, PreviewResponse, type PreviewResult } from '../../core/contract/campaigns.ts'
import type { Objective } from '../../core/objective.ts'
import { reasonGroup } from '../../core/reasonCodes.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { invalidRequest } from '../problems.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

interface PreviewBasket {
  readonly name: string
  readonly names: Readonly<Record<string, string>>
  /** Of lines. */
  readonly labels: ReadonlyMap<string, string>
  readonly objective: Objective
}

/** Rules against baskets, before anybody approves them. */
export const campaignPreviewRoutes: Routes = (app, { store, guard, clock }) => {
  const samples = sampleBaskets()

  app.route({
    method: 'POST',
    url: '/v1/campaigns/preview',
    onRequest: guard('campaigns.preview'),
    schema: {
      tags: ['campaigns'],
      security: BEARER,
      summary: 'What rules would give for some purchases, by the code that decides at the counter',
      description:
        'For a customer who holds one unused coupon and has used nothing of the campaign. Without `baskets`: the sample baskets.',
      body: PreviewRequest,
      response: { 200: PreviewResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { rules, storeId, baskets, mediumType, entry, at } = request.body
      const place = await store.storeRecord(storeId)
      if (!place) throw invalidRequest('no store has this storeId')
      const now = at === undefined ? clock.now() : Date.parse(at)
      const asked =
        baskets?.map(({ name, objective }) => ({ name, names: {}, labels: new Map<string, string>(), objective })) ??
        samples
      const medium = { type: mediumType, entry }
      const results = asked.map(({ name, names, labels, objective }): PreviewResult => {
        const outcome = previewRules(rules, { ...objective, store: place.store, medium }, now)
        return {
          name,
          names: { ...names },
          total: objective.total,
          lines: objective.items.map(({ lineId, quantity, lineTotal, gtin, category }) => ({
            lineId,
            label: labels.get(lineId) ?? gtin ?? category ?? lineId,
            quantity,
            lineTotal,
          })),
          outcome:
            outcome.status === 'usable'
              ? { status: 'usable', discount: { ...outcome.discount, allocations: [...outcome.discount.allocations] } }
              : { ...outcome, reasonGroup: reasonGroup(outcome.reason) },
        }
      })
      return { at: new Date(now).toISOString(), currency: rules.currency, results }
    },
  })
}

function sampleBaskets(): readonly PreviewBasket[] {
  return loadSampleChain().baskets.map(({ name, names, purchase }) => ({
    name,
    names,
    labels: new Map(purchase.lines.map(({ lineId, label }) => [lineId, label])),
    objective: {
      currency: purchase.currency,
      taxIncluded: true,
      total: purchase.total,
      items: purchase.lines.map(({ label: _label, ...item }) => ({ ...item, discountable: true })),
    },
  }))
}
