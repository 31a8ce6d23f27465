import type { Campaign } from '../../core/campaigns/campaign.ts'
import type { LeaseOverview } from '../../core/contract/leases.ts'
import type { DeskLease, OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { StationLease } from '../store/leaseBook.ts'

/** More than fits a screen. */
const MOST_ROWS = 200

export interface DeskLeasesInput {
  /** What this counter holds. */
  readonly own: readonly StationLease[]
  /** What the server says is lent to the store; null: it has not been asked. */
  readonly ofStore: readonly LeaseOverview[] | null
  readonly stationId: string
  readonly campaigns: ReadonlyMap<string, Campaign>
}

/** What is lent, for the manager: this counter's own first, what ends soonest before the rest. */
export function deskLeases({ own, ofStore, stationId, campaigns }: DeskLeasesInput): OfflineDesk['leases'] {
  const named = (campaignId: string) => {
    const { title = '', titles = {} } = campaigns.get(campaignId) ?? {}
    return { title, titles: { ...titles } }
  }
  const rows: DeskLease[] =
    ofStore === null
      ? own.flatMap(({ leaseId, campaignId, state, uses, usesLeft, value, valueLeft, spendUntil }) => {
          // Only asked for: nothing is lent yet.
          if (state === 'asked') return []
          const it = { leaseId, stationName: null, uses, usesLeft, value, valueLeft, until: spendUntil }
          return [{ ...it, ...named(campaignId), state: state === 'held' ? ('out' as const) : ('recalled' as const) }]
        })
      : ofStore.map((lease) => ({
          leaseId: lease.leaseId,
          stationName: lease.stationId === stationId ? null : lease.stationName,
          ...named(lease.campaignId),
          uses: lease.uses,
          usesLeft: lease.uses - lease.drawnUses,
          value: lease.value,
          valueLeft: lease.value === null ? null : lease.value - lease.drawnValue,
          until: Date.parse(lease.spendUntil),
          state: lease.state === 'out' ? ('out' as const) : ('recalled' as const),
        }))
  const isOthers = ({ stationName }: DeskLease) => Number(stationName !== null)
  rows.sort((a, b) => isOthers(a) - isOthers(b) || a.until - b.until || (a.leaseId < b.leaseId ? -1 : 1))
  return { of: ofStore === null ? 'counter' : 'store', rows: rows.slice(0, MOST_ROWS) }
}
