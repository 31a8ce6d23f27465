import { isLimitedAsAWhole } from '../../core/leases/demand.ts'
import { assignDraws, type HeldLease } from '../../core/leases/draw.ts'
import type { CombinationLine } from '../../core/qualification/model.ts'
import type { ClockWindow } from '../../core/redemption/offlineWindow.ts'
import type { Journal, Replica } from '../store/counterStore.ts'

/** What this station may draw from, apart from the time. */
export function heldLeases(journal: Pick<Journal, 'leases'>): readonly HeldLease[] {
  return journal.leases().filter(({ state }) => state === 'held')
}

/** The latest that it can be, for what must not be spent too late; a clock that cannot bound it spends nothing. */
export const latestNow = ({ latest }: ClockWindow): number => latest ?? Number.POSITIVE_INFINITY

/** By acquisition: the lease that each approved line of a limited campaign draws from. */
export function leaseDraws(
  leases: readonly HeldLease[],
  lines: readonly CombinationLine[],
  clock: ClockWindow,
): ReadonlyMap<string, string> {
  const wanted = lines.map(({ acquisitionId, campaignId, discount }) => ({
    acquisitionId,
    campaignId,
    value: discount.total,
  }))
  return assignDraws(leases, wanted, latestNow(clock))
}

/** The campaign if its uses, online and offline, are what leases are sized by. */
export function demandedCampaign(replica: Pick<Replica, 'campaigns'>, campaignId: string | null): string | undefined {
  const rules = campaignId === null ? undefined : replica.campaigns().get(campaignId)?.rules
  return campaignId !== null && rules && isLimitedAsAWhole(rules.limits) ? campaignId : undefined
}
