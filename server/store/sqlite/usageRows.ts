import type { Database } from 'better-sqlite3'
import type { Amounts, CampaignCounters, UsageRows } from '../deciding/usageRows.ts'
import type { PutOff } from './putOff.ts'

/** A campaign that is looked at or counted in: all that counts against its limits, and what of it is not written yet. */
interface Counting {
  uses: number
  value: number
  newUses: number
  newValue: number
}

/**
 * Uses of a campaign that many customers use at once are summed up and written at the end, and its row is read once in a
 * transaction, whoever looks.
 */
export function usageRows(db: Database): UsageRows & PutOff {
  const ofCampaign = db.prepare<[string], Amounts>(
    'SELECT uses + lent_uses AS uses, value + lent_value AS value FROM campaign_usage WHERE campaign_id = ?',
  )
  const counters = db.prepare<[string], CampaignCounters>(
    `SELECT uses, value, lent_uses AS lentUses, lent_value AS lentValue, recalled_at AS recalledAt
     FROM campaign_usage WHERE campaign_id = ?`,
  )
  const ofHolder = db
    .prepare<[string, string, string], number>(
      'SELECT uses FROM holder_usage WHERE holder_id = ? AND campaign_id = ? AND period = ?',
    )
    .pluck()
  const countCampaign = db.prepare<[number, number, string]>(
    'UPDATE campaign_usage SET uses = uses + ?, value = value + ? WHERE campaign_id = ?',
  )
  const uncountCampaign = db.prepare<[number, string]>(
    'UPDATE campaign_usage SET uses = max(uses - 1, 0), value = max(value - ?, 0) WHERE campaign_id = ?',
  )
  const countHolder = db.prepare<[string, string, string, number, number]>(
    `INSERT INTO holder_usage (holder_id, campaign_id, period, uses, change_seq) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT (holder_id, campaign_id, period)
     DO UPDATE SET uses = uses + 1, change_seq = excluded.change_seq WHERE uses < ?`,
  )
  const uncountHolder = db.prepare<[number, string, string, string]>(
    `UPDATE holder_usage SET uses = uses - 1, change_seq = ?
     WHERE holder_id = ? AND campaign_id = ? AND period = ? AND uses > 0`,
  )
  const forced = db.prepare<[number, number, string]>(
    `UPDATE campaign_usage SET forced_uses = max(forced_uses + ?, 0), forced_value = max(forced_value + ?, 0)
     WHERE campaign_id = ?`,
  )
  const issue = db.prepare<[string, number]>(
    'UPDATE campaign_usage SET issued = issued + 1 WHERE campaign_id = ? AND issued < ?',
  )
  const lend = db.prepare<[number, number, string, number, number, number, number]>(
    `UPDATE campaign_usage SET lent_uses = lent_uses + ?, lent_value = lent_value + ?
     WHERE campaign_id = ? AND uses + lent_uses + ? <= ? AND value + lent_value + ? <= ?`,
  )
  const takeBack = db.prepare<[number, number, string]>(
    'UPDATE campaign_usage SET lent_uses = lent_uses - ?, lent_value = lent_value - ? WHERE campaign_id = ?',
  )
  const noteRecall = db.prepare<[number, string]>('UPDATE campaign_usage SET recalled_at = ? WHERE campaign_id = ?')

  const counting = new Map<string, Counting>()

  const countingIn = (campaignId: string): Counting | null => {
    const known = counting.get(campaignId)
    if (known) return known
    const found = ofCampaign.get(campaignId)
    if (!found) return null
    const begun = { ...found, newUses: 0, newValue: 0 }
    counting.set(campaignId, begun)
    return begun
  }
  const writeOne = (campaignId: string): void => {
    const { newUses, newValue } = counting.get(campaignId) ?? { newUses: 0, newValue: 0 }
    if (newUses !== 0) countCampaign.run(newUses, newValue, campaignId)
    counting.delete(campaignId)
  }
  /** The row itself, with all that was counted in it. */
  const written = (campaignId: string): string => {
    if (counting.size > 0) writeOne(campaignId)
    return campaignId
  }

  return {
    ofCampaign(campaignId) {
      // Outside of transactions the next look may see something else.
      const found = db.inTransaction ? countingIn(campaignId) : ofCampaign.get(campaignId)
      return found ? { uses: found.uses, value: found.value } : null
    },
    counters: (campaignId) => counters.get(written(campaignId)) ?? null,
    ofHolder: (holderId, campaignId, period) => ofHolder.get(holderId, campaignId, period) ?? 0,
    countInCampaign(campaignId, value, limit) {
      const all = countingIn(campaignId)
      if (!all || all.uses >= limit.uses || all.value + value > limit.value) return false
      all.uses += 1
      all.value += value
      all.newUses += 1
      all.newValue += value
      return true
    },
    uncountInCampaign: (campaignId, value) => void uncountCampaign.run(value, written(campaignId)),
    countOfHolder: (holderId, campaignId, period, changeSeq, limit) =>
      countHolder.run(holderId, campaignId, period, changeSeq, limit).changes === 1,
    uncountOfHolder: (holderId, campaignId, period, changeSeq) =>
      void uncountHolder.run(changeSeq, holderId, campaignId, period),
    countForced: (campaignId, value, by) => void forced.run(by, by * value, campaignId),
    issue: (campaignId, limit) => issue.run(campaignId, limit).changes === 1,
    lend: (campaignId, lent, limit) =>
      lend.run(lent.uses, lent.value, written(campaignId), lent.uses, limit.uses, lent.value, limit.value).changes ===
      1,
    takeBack: (campaignId, lent) => void takeBack.run(lent.uses, lent.value, written(campaignId)),
    noteRecall: (campaignId, at) => void noteRecall.run(at, campaignId),
    write() {
      for (const campaignId of counting.keys()) writeOne(campaignId)
    },
    forget: () => counting.clear(),
  }
}
