import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Entry } from '../../../core/media/medium.ts'
import type { Objective, Store } from '../../../core/objective.ts'
import type { CampaignUsage, QualifyInput } from '../../../core/qualification/model.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import { countedPeriod } from './countedPeriod.ts'
import type { KnownMedium } from './media.ts'
import { usageUnder } from './usageCounts.ts'
import type { UsageRows } from './usageRows.ts'

export interface Asked {
  readonly store: Store
  readonly medium: KnownMedium
  readonly objective: Objective
  readonly entry: Entry
  readonly now: number
}

export interface Holdings {
  /** Everything that the rules of `core` look at for one holder and one purchase. */
  qualifyInput(campaigns: ReadonlyMap<string, Campaign>, asked: Asked): QualifyInput
}

/** What a holder has and has used, read inside the transaction that decides. */
export function holdings(
  acquisitions: Pick<AcquisitionRows, 'heldBy'>,
  usage: Pick<UsageRows, 'ofCampaign' | 'ofHolder'>,
): Holdings {
  const usageOf = ({ campaignId, rules }: Campaign, { store, medium, now }: Asked): CampaignUsage | null => {
    const period = countedPeriod(rules?.limits, now, store)
    return usageUnder(usage, rules?.limits, { campaignId, holderId: medium.holderId, period })
  }

  return {
    qualifyInput(campaigns, asked) {
      const held = acquisitions.heldBy(asked.medium.holderId)
      const used = new Map<string, CampaignUsage>()
      for (const campaignId of new Set(held.map((coupon) => coupon.campaignId))) {
        const campaign = campaigns.get(campaignId)
        const counted = campaign && usageOf(campaign, asked)
        if (counted) used.set(campaignId, counted)
      }
      const { store, medium, objective, entry, now } = asked
      return {
        campaigns,
        acquisitions: held,
        usage: used,
        objective: { ...objective, store, medium: { type: medium.type, entry } },
        now,
        offline: false,
      }
    },
  }
}
