import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Entry } from '../../../core/media/medium.ts'
import type { Objective, Store } from '../../../core/objective.ts'
import type { Acquisition, CampaignUsage, QualifyInput } from '../../../core/qualification/model.ts'
import { countedPeriod } from './countedPeriod.ts'
import type { KnownMedium } from './media.ts'

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

interface AcquisitionRow {
  readonly acquisition_id: string
  readonly campaign_id: string
  readonly uses_left: number
  readonly expires_at: number | null
  readonly revoked: number
}

/** What a holder has and has used, read inside the transaction that decides. */
export function holdings(db: Database): Holdings {
  const heldBy = db.prepare<[string], AcquisitionRow>(
    'SELECT acquisition_id, campaign_id, uses_left, expires_at, revoked FROM acquisitions WHERE holder_id = ?',
  )
  const campaignUsage = db.prepare<[string], { uses: number; value: number }>(
    'SELECT uses, value FROM campaign_usage WHERE campaign_id = ?',
  )
  const holderUsage = db
    .prepare<[string, string, string], number>(
      'SELECT uses FROM holder_usage WHERE holder_id = ? AND campaign_id = ? AND period = ?',
    )
    .pluck()

  const usageOf = (campaign: Campaign, { store, medium, now }: Asked): CampaignUsage | null => {
    const limits = campaign.rules?.limits
    if (!limits) return null
    const limitsCampaign = limits.campaignUses !== undefined || limits.campaignValue !== undefined
    if (!limitsCampaign && limits.holderUses === undefined && limits.holderPeriod === undefined) return null
    const usedIn = (period: string): number => holderUsage.get(medium.holderId, campaign.campaignId, period) ?? 0
    const period = countedPeriod(limits, now, store)
    return {
      campaign: (limitsCampaign && campaignUsage.get(campaign.campaignId)) || { uses: 0, value: 0 },
      holderUses: limits.holderUses === undefined ? 0 : usedIn('ever'),
      holderPeriodUses: period === null ? 0 : usedIn(period),
    }
  }

  return {
    qualifyInput(campaigns, asked) {
      const acquisitions: Acquisition[] = heldBy.all(asked.medium.holderId).map((row) => ({
        acquisitionId: row.acquisition_id,
        campaignId: row.campaign_id,
        usesLeft: row.uses_left,
        expiresAt: row.expires_at,
        revoked: row.revoked === 1,
      }))
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
