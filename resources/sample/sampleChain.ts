import { z } from 'zod'
import { CampaignState } from '../../core/campaigns/campaign.ts'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import { OperatorRole } from '../../core/contract/sessions.ts'
import { SampleBasket } from '../../core/counter/state.ts'
import { Uuid7 } from '../../core/ids.ts'
import { RawMedium } from '../../core/media/medium.ts'
import { Store } from '../../core/objective.ts'
import baskets from './baskets.json' with { type: 'json' }
import campaigns from './campaigns.json' with { type: 'json' }
import categories from './categories.json' with { type: 'json' }
import extraMedia from './extraMedia.json' with { type: 'json' }
import holders from './holders.json' with { type: 'json' }
import operators from './operators.json' with { type: 'json' }
import stores from './stores.json' with { type: 'json' }

const SampleMedium = RawMedium.extend({
  sampleId: z.string().min(1).max(64),
  /** What tapping it shows, in a few English words. */
  note: z.string().min(1).max(100),
})

/** A whole small chain for demonstrations and tests. Nothing in it is a real person, shop, product or card. */
const SampleChain = z.object({
  stores: z.array(Store),
  operators: z.array(
    z.object({
      operatorId: Uuid7,
      name: z.string(),
      role: OperatorRole,
      pin: z.string().regex(/^\d{4}$/),
      /** For the office; published as everything here. */
      password: z.string().optional(),
    }),
  ),
  campaigns: z.array(
    z.object({
      campaignId: Uuid7,
      authorId: Uuid7,
      /** null: not approved yet. */
      approverId: Uuid7.nullable(),
      state: CampaignState,
      rules: CampaignRules,
    }),
  ),
  holders: z.array(
    z.object({
      holderId: Uuid7,
      name: z.string(),
      media: z.array(SampleMedium.extend({ blocked: z.boolean() })),
      acquisitions: z.array(
        z.object({
          acquisitionId: Uuid7,
          campaignId: Uuid7,
          /** Absent: as many as the campaign gives. */
          usesLeft: z.int().min(0).optional(),
        }),
      ),
    }),
  ),
  /** Media that are registered to nobody. */
  extraMedia: z.array(SampleMedium),
  baskets: z.array(SampleBasket.extend({ names: z.record(z.string(), z.string()) })),
  categories: z.array(z.object({ category: z.string(), label: z.string(), labels: z.record(z.string(), z.string()) })),
})
export type SampleChain = z.infer<typeof SampleChain>

/** Reads and validates the sample chain; throws when a file of it was broken, which is a bug. */
export function loadSampleChain(): SampleChain {
  return SampleChain.parse({ stores, operators, campaigns, holders, extraMedia, baskets, categories })
}
