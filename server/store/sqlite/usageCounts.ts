import type { Database } from 'better-sqlite3'
import type { CampaignUsage } from '../../../core/qualification/model.ts'

/** How often was used what limits count; read inside the transaction that decides. */
export interface UsageCounts {
  /** Of everybody, and what is lent, which others may be using now; null for a campaign that counts nothing yet. */
  ofCampaign(campaignId: string): CampaignUsage['campaign'] | null
  /** Of one holder in a period: the key of one, or `ever`. */
  ofHolder(holderId: string, campaignId: string, period: string): number
}

export function usageCounts(db: Database): UsageCounts {
  const campaignUsage = db.prepare<[string], { uses: number; value: number }>(
    'SELECT uses + lent_uses AS uses, value + lent_value AS value FROM campaign_usage WHERE campaign_id = ?',
  )
  const holderUsage = db
    .prepare<[string, string, string], number>(
      'SELECT uses FROM holder_usage WHERE holder_id = ? AND campaign_id = ? AND period = ?',
    )
    .pluck()
  return {
    ofCampaign: (campaignId) => campaignUsage.get(campaignId) ?? null,
    ofHolder: (holderId, campaignId, period) => holderUsage.get(holderId, campaignId, period) ?? 0,
  }
}
