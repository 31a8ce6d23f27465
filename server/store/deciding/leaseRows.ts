import type { LeaseState } from '../../../core/contract/leases.ts'
import type { Lent } from '../../../core/leases/share.ts'

export interface LeaseRow {
  readonly leaseId: string
  readonly campaignId: string
  readonly stationId: string
  readonly intentHash: Uint8Array
  readonly uses: number
  /** null: no budget limits the campaign. */
  readonly value: number | null
  readonly drawnUses: number
  readonly drawnValue: number
  readonly lentAt: number
  readonly spendUntil: number
  readonly state: LeaseState
  readonly recalledAt: number | null
  readonly changeSeq: number
}

/** Whether it is lent still: what is left of it is not in the pool. */
export const isOutstanding = ({ state }: Pick<LeaseRow, 'state'>): boolean => state === 'out' || state === 'recalled'

/** What nobody has drawn of it. */
export const leftOf = ({ uses, value, drawnUses, drawnValue }: LeaseRow): Lent => ({
  uses: uses - drawnUses,
  value: value === null ? null : value - drawnValue,
})

export interface NewLease extends Omit<LeaseRow, 'drawnUses' | 'drawnValue' | 'state' | 'recalledAt'> {}

/** The leases table, and what is asked of the stations table for it, inside one transaction. */
export interface LeaseRows {
  find(leaseId: string): LeaseRow | null
  insert(lease: NewLease): void
  /** Takes one use and its value out; false when that is more than is left, or it has ended. */
  draw(leaseId: string, value: number): boolean
  setRecalled(leaseId: string, at: number, changeSeq: number): void
  end(
    leaseId: string,
    how: { state: 'returned' | 'written_off'; at: number; by: string | null; reason: string | null; changeSeq: number },
  ): void
  outstandingOfCampaign(campaignId: string): readonly LeaseRow[]
  ofStation(stationId: string): readonly LeaseRow[]
  isStation(stationId: string): boolean
  /** How many counters that can spend alone are in service, by store. */
  countersByStore(): readonly { readonly storeId: string; readonly stations: number }[]
}
