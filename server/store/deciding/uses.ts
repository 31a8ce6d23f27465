import type { Limits } from '../../../core/campaigns/rules.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Unit } from './unit.ts'
import type { UsageRows } from './usageRows.ts'

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
export const NO_LIMIT = Number.MAX_SAFE_INTEGER

/** The counters that redemptions move. Each move is conditional in the database, whatever memory believes. */
export function uses(acquisitions: AcquisitionRows, usage: UsageRows): Uses {
  const countIn = (unit: Unit, line: UsedLine, period: string, limit: number): boolean =>
    usage.countOfHolder(line.holderId, line.campaignId, period, unit.nextChange(), limit)

  const countWithin = (unit: Unit, line: UsedLine, limits: Limits | null, enforced: boolean): boolean => {
    const upTo = (limit: number | undefined): number => (enforced ? (limit ?? NO_LIMIT) : NO_LIMIT)
    const { discount, campaignId, period } = line
    const limit = { uses: upTo(limits?.campaignUses), value: upTo(limits?.campaignValue) }
    return (
      usage.countInCampaign(campaignId, discount, limit) &&
      (limits?.holderUses === undefined || countIn(unit, line, 'ever', upTo(limits.holderUses))) &&
      (limits?.holderPeriod === undefined ||
        period === null ||
        countIn(unit, line, period, upTo(limits.holderPeriod.uses)))
    )
  }

  return {
    takeUse: (unit, line) => acquisitions.takeUse(line, unit.nextChange(), false),
    takeUseAnyway: (unit, line) => acquisitions.takeUse(line, unit.nextChange(), true),
    giveUseBack: (unit, line) => acquisitions.giveUseBack(line, unit.nextChange()),
    limitRefusal({ campaignId, holderId, period, discount, leaseId = null }, limits) {
      if (!limits) return null
      const { campaignUses, campaignValue, holderUses, holderPeriod } = limits
      const usedIn = (key: string) => usage.ofHolder(holderId, campaignId, key)
      if (holderUses !== undefined && usedIn('ever') >= holderUses) return 'holder_limit_reached'
      if (holderPeriod && period !== null && usedIn(period) >= holderPeriod.uses) return 'holder_limit_reached'
      const used = leaseId === null ? usage.ofCampaign(campaignId) : null
      if (!used) return null
      const over = used.uses >= (campaignUses ?? NO_LIMIT) || used.value + discount > (campaignValue ?? NO_LIMIT)
      return over ? 'campaign_limit_reached' : null
    },
    count: (unit, line, limits) => countWithin(unit, line, limits, true),
    countAnyway: (unit, line, limits) => void countWithin(unit, line, limits, false),
    uncount(unit, line) {
      usage.uncountInCampaign(line.campaignId, line.discount)
      for (const period of line.period === null ? ['ever'] : ['ever', line.period]) {
        usage.uncountOfHolder(line.holderId, line.campaignId, period, unit.nextChange())
      }
    },
    countForced: (line) => usage.countForced(line.campaignId, line.discount, 1),
    uncountForced: (line) => usage.countForced(line.campaignId, line.discount, -1),
  }
}
