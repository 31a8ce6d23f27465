import { z } from 'zod'
import { CampaignDefinition, CampaignState, readCampaign } from '../../../core/campaigns/campaign.ts'
import { ObjectiveItem, type PlacedObjective, Store } from '../../../core/objective.ts'
import type { QualifyInput } from '../../../core/qualification/model.ts'
import { acquisitionId, campaignId } from './shop.ts'
import document from './vectors/qualify.json' with { type: 'json' }

const Document = z.object({
  defaults: z.object({
    now: z.iso.datetime(),
    store: Store,
    medium: z.object({ type: z.literal('felica-idm'), entry: z.literal('tap') }),
    rules: z.record(z.string(), z.unknown()),
    items: z.array(ObjectiveItem.omit({ quantity: true, lineTotal: true }).extend({ pieces: z.int() })),
  }),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      offline: z.boolean().default(false),
      objective: z.object({ total: z.int() }).optional(),
      coupons: z.array(
        z.strictObject({
          state: CampaignState.default('approved'),
          rules: z.record(z.string(), z.unknown()).default({}),
          usesLeft: z.int().optional(),
          expiresAt: z.iso.datetime().optional(),
          revoked: z.boolean().default(false),
          usage: z
            .strictObject({
              campaign: z.strictObject({ uses: z.int(), value: z.int() }).nullable(),
              holderUses: z.int(),
              holderPeriodUses: z.int(),
            })
            .optional(),
        }),
      ),
      usable: z.array(z.strictObject({ coupon: z.int(), total: z.int(), allocations: z.record(z.string(), z.int()) })),
      unusable: z
        .array(z.strictObject({ coupon: z.int(), reason: z.string(), params: z.record(z.string(), z.unknown()) }))
        .default([]),
      best: z.strictObject({ total: z.int(), coupons: z.array(z.int()) }),
    }),
  ),
})

export interface Vector {
  readonly name: string
  readonly input: QualifyInput
  /** Campaigns as they would be stored, for tests that put them into a server or a replica. */
  readonly definitions: readonly CampaignDefinition[]
  /** Ids in place of the file's coupon numbers. */
  readonly usable: readonly { acquisitionId: string; total: number; allocations: Record<string, number> }[]
  readonly unusable: readonly { acquisitionId: string; reason: string; params: Record<string, unknown> }[]
  readonly best: { readonly total: number; readonly acquisitionIds: readonly string[] }
}

/** The hand-made decisions of vectors/qualify.json, which server and counter must both answer the same way. */
export function loadVectors(): Vector[] {
  const { defaults, cases } = Document.parse(document)
  const items = defaults.items.map(({ pieces, ...item }) => ({
    ...item,
    quantity: { value: pieces, scale: 0 },
    lineTotal: item.unitPrice * pieces,
  }))
  const objective: PlacedObjective = {
    currency: defaults.store.currency,
    taxIncluded: true,
    items,
    total: items.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
    store: defaults.store,
    medium: defaults.medium,
  }
  return cases.map((each) => {
    const definitions = each.coupons.map(({ state, rules }, index) =>
      CampaignDefinition.parse({
        campaignId: campaignId(index),
        version: 1,
        state,
        rules: { benefit: { kind: 'amount_off', amount: 100 }, ...defaults.rules, ...rules },
      }),
    )
    const campaigns = definitions.map(readCampaign)
    const acquisitions = each.coupons.map(({ usesLeft, expiresAt, revoked }, index) => ({
      acquisitionId: acquisitionId(index),
      campaignId: campaignId(index),
      usesLeft: usesLeft ?? 1,
      expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
      revoked,
    }))
    const usage = each.coupons.flatMap(({ usage: used }, index) => (used ? [[campaignId(index), used] as const] : []))
    return {
      name: each.name,
      definitions,
      input: {
        campaigns: new Map(campaigns.map((campaign) => [campaign.campaignId, campaign])),
        acquisitions,
        usage: new Map(usage),
        objective: { ...objective, ...each.objective },
        now: Date.parse(defaults.now),
        offline: each.offline,
      },
      usable: each.usable.map(({ coupon, ...rest }) => ({ acquisitionId: acquisitionId(coupon), ...rest })),
      unusable: each.unusable.map(({ coupon, ...rest }) => ({ acquisitionId: acquisitionId(coupon), ...rest })),
      best: { total: each.best.total, acquisitionIds: each.best.coupons.map(acquisitionId) },
    }
  })
}
