import type { Pool } from '../leaseCommands.ts'
import type { Definitions } from './definitions.ts'
import type { LeaseRows } from './leaseRows.ts'
import type { UsageRows } from './usageRows.ts'

/** What is left of a campaign for those who ask the server. */
export function poolOf(
  campaignId: string,
  definitions: Definitions,
  usage: Pick<UsageRows, 'ofCampaign'>,
  leases: Pick<LeaseRows, 'outstandingOfCampaign'>,
): Pool {
  const { campaignUses, campaignValue } = definitions.current().get(campaignId)?.rules?.limits ?? {}
  const used = usage.ofCampaign(campaignId) ?? { uses: 0, value: 0 }
  return {
    uses: (campaignUses ?? Number.POSITIVE_INFINITY) - used.uses,
    value: (campaignValue ?? Number.POSITIVE_INFINITY) - used.value,
    isLent: leases.outstandingOfCampaign(campaignId).length > 0,
  }
}

/** Until when it is worth waiting for any of several; null: for none. */
export function latestOf(untils: readonly (number | null)[]): number | null {
  const latest = Math.max(...untils.map((until) => until ?? Number.NEGATIVE_INFINITY))
  return Number.isFinite(latest) ? latest : null
}
