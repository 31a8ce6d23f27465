import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Entry } from '../../../core/media/medium.ts'
import type { Objective, Store } from '../../../core/objective.ts'
import type { CampaignUsage, QualifyInput } from '../../../core/qualification/model.ts'
import { ACQUISITION_COLUMNS, type AcquisitionRow, readAcquisition } from './acquisitionRow.ts'
import { countedPeriod } from './countedPeriod.ts'
import type { KnownMedium } from './media.ts'
import { usageCounts } from './usageCounts.ts'

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
export function holdings(db: Database): Holdings {
  const heldBy = db.prepare<[string], AcquisitionRow>(
    `SELECT ${ACQUISITION_COLUMNS} FROM acquisitions WHERE holder_id = ?`,
  )
  const counts = usageCounts(db)

  const usageOf = ({ campaignId, rules }: Campaign, { store, medium, now }: Asked): CampaignUsage | null => {
    const period = countedPeriod(rules?.limits, now, store)
    return counts.under(rules?.limits, { campaignId, holderId: medium.holderId, period })
  }

  return {
    qualifyInput(campaigns, asked) {
      const acquisitions = heldBy.all(asked.medium.holderId).map(readAcquisition)
      const usage = new Map<string, CampaignUsage>()
      for (const campaignId of new Set(acquisitions.map((held) => held.campaignId))) {
        const campaign = campaigns.get(campaignId)
        const used = campaign && usageOf(campaign, asked)
        if (used) usage.set(campaignId, used)
      }
      const { store, medium, objective, entry, now } = asked
      return {
        campaigns,
        acquisitions,
        usage,
        objective: { ...objective, store, medium: { type: medium.type, entry } },
        now,
        offline: false,
      }
    },
  }
}
