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
  /**
   * Everything that the rules of `core` look at for one holder and one purchase. Usage is read when it is looked at: decide
   * before anything is used.
   */
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
      const { store, medium, objective, entry, now } = asked
      const looked = new Map<string, CampaignUsage | undefined>()
      return {
        campaigns,
        acquisitions: acquisitions.heldBy(medium.holderId),
        // Most of what a customer holds is not what is decided on.
        usage: {
          get(campaignId) {
            if (looked.has(campaignId)) return looked.get(campaignId)
            const campaign = campaigns.get(campaignId)
            const used = (campaign && usageOf(campaign, asked)) ?? undefined
            looked.set(campaignId, used)
            return used
          },
        },
        objective: { ...objective, store, medium: { type: medium.type, entry } },
        now,
        offline: false,
      }
    },
  }
}
