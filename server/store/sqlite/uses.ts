import type { Database } from 'better-sqlite3'
import type { Limits } from '../../../core/campaigns/rules.ts'
import type { Unit } from './unit.ts'
import { usageCounts } from './usageCounts.ts'

/** One coupon's part in a redemption. `period` is the key under which `limits.holderPeriod` counts it. */
export interface UsedLine {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly holderId: string
  readonly discount: number
  readonly period: string | null
  /** The lease it was drawn from; absent: none. */
  readonly leaseId?: string | null
}

export interface Uses {
  /** Takes one use of an acquisition; false when it has none left or is revoked. */
  takeUse(unit: Unit, line: UsedLine): boolean
  /** The same, of a revoked acquisition too: it was used, whatever is allowed. */
  takeUseAnyway(unit: Unit, line: UsedLine): boolean
  giveUseBack(unit: Unit, line: UsedLine): void
  /** Why a line could not be counted now; null: it could. One that is drawn from a lease has its place in the campaign. */
  limitRefusal(line: UsedLine, limits: Limits | null): 'campaign_limit_reached' | 'holder_limit_reached' | null
  /** Counts a line against its campaign's limits; false, with nothing to keep, when one of them is reached. */
  count(unit: Unit, line: UsedLine, limits: Limits): boolean
  /** Counts a line that stays whatever the limits say. */
  countAnyway(unit: Unit, line: UsedLine, limits: Limits | null): void
  uncount(unit: Unit, line: UsedLine): void
  countForced(line: UsedLine): void
  uncountForced(line: UsedLine): void
}

/** Beyond every count and every sum that can be reached. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER

/** The counters that redemptions move. Each move is conditional in the database, whatever memory believes. */
export function uses(db: Database): Uses {
  const take = db.prepare<[number, string, string]>(
    `UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = ?
     WHERE holder_id = ? AND acquisition_id = ? AND uses_left > 0 AND revoked = 0`,
  )
  const takeAnyway = db.prepare<[number, string, string]>(
    `UPDATE acquisitions SET uses_left = uses_left - 1, change_seq = ?
     WHERE holder_id = ? AND acquisition_id = ? AND uses_left > 0`,
  )
  const giveBack = db.prepare<[number, string, string]>(
    'UPDATE acquisitions SET uses_left = uses_left + 1, change_seq = ? WHERE holder_id = ? AND acquisition_id = ?',
  )
  const countCampaign = db.prepare<[number, string, number, number, number]>(
    `UPDATE campaign_usage SET uses = uses + 1, value = value + ?
     WHERE campaign_id = ? AND uses + lent_uses < ? AND value + lent_value + ? <= ?`,
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

  const counts = usageCounts(db)

  const countIn = (unit: Unit, line: UsedLine, period: string, limit: number): boolean =>
    countHolder.run(line.holderId, line.campaignId, period, unit.nextChange(), limit).changes === 1

  const countWithin = (unit: Unit, line: UsedLine, limits: Limits | null, enforced: boolean): boolean => {
    const upTo = (limit: number | undefined): number => (enforced ? (limit ?? NO_LIMIT) : NO_LIMIT)
    const { discount, campaignId, period } = line
    return (
      countCampaign.run(discount, campaignId, upTo(limits?.campaignUses), discount, upTo(limits?.campaignValue))
        .changes === 1 &&
      (limits?.holderUses === undefined || countIn(unit, line, 'ever', upTo(limits.holderUses))) &&
      (limits?.holderPeriod === undefined ||
        period === null ||
        countIn(unit, line, period, upTo(limits.holderPeriod.uses)))
    )
  }

  return {
    takeUse: (unit, line) => take.run(unit.nextChange(), line.holderId, line.acquisitionId).changes === 1,
    takeUseAnyway: (unit, line) => takeAnyway.run(unit.nextChange(), line.holderId, line.acquisitionId).changes === 1,
    giveUseBack: (unit, line) => void giveBack.run(unit.nextChange(), line.holderId, line.acquisitionId),
    limitRefusal({ campaignId, holderId, period, discount, leaseId = null }, limits) {
      if (!limits) return null
      const { campaignUses, campaignValue, holderUses, holderPeriod } = limits
      const usedIn = (key: string) => counts.ofHolder(holderId, campaignId, key)
      if (holderUses !== undefined && usedIn('ever') >= holderUses) return 'holder_limit_reached'
      if (holderPeriod && period !== null && usedIn(period) >= holderPeriod.uses) return 'holder_limit_reached'
      const used = leaseId === null ? counts.ofCampaign(campaignId) : null
      if (!used) return null
      const over = used.uses >= (campaignUses ?? NO_LIMIT) || used.value + discount > (campaignValue ?? NO_LIMIT)
      return over ? 'campaign_limit_reached' : null
    },
    count: (unit, line, limits) => countWithin(unit, line, limits, true),
    countAnyway: (unit, line, limits) => void countWithin(unit, line, limits, false),
    uncount(unit, line) {
      uncountCampaign.run(line.discount, line.campaignId)
      for (const period of line.period === null ? ['ever'] : ['ever', line.period]) {
        uncountHolder.run(unit.nextChange(), line.holderId, line.campaignId, period)
      }
    },
    countForced: (line) => void forced.run(1, line.discount, line.campaignId),
    uncountForced: (line) => void forced.run(-1, -line.discount, line.campaignId),
  }
}
