import type { Campaign } from '../../core/campaigns/campaign.ts'
import { type HourOfUse, needsLease, type Wanted, wantedLease } from '../../core/leases/demand.ts'
import type { StationLease } from '../store/leaseBook.ts'

const HOUR_MS = 3_600_000

/** Leases are fetched before a campaign starts: the line may break in its first minute. */
const AHEAD_MS = 24 * HOUR_MS

export interface LeasePlanInput {
  readonly campaigns: ReadonlyMap<string, Campaign>
  readonly storeId: string
  readonly leases: readonly StationLease[]
  /** By campaign, of the last day. */
  readonly demand: ReadonlyMap<string, readonly HourOfUse[]>
  /** Corrected time, epoch milliseconds. */
  readonly now: number
}

export interface LeasePlan {
  /** Held leases that are spent no more: used up, over, or of a campaign that needs none any more. */
  readonly stop: readonly string[]
  /** Campaigns to ask for, those in demand first. */
  readonly ask: readonly (Wanted & { readonly campaignId: string })[]
}

/** What a station should give back and what it should ask for. Pure. */
export function leasePlan({ campaigns, storeId, leases, demand, now }: LeasePlanInput): LeasePlan {
  const stop = leases.filter((lease) => lease.state === 'held' && isOver(lease, campaigns.get(lease.campaignId), now))
  const stopped = new Set(stop.map(({ leaseId }) => leaseId))
  const ask: (Wanted & { campaignId: string; uses: number })[] = []
  for (const { campaignId, rules, state } of campaigns.values()) {
    if (state !== 'approved' || !rules || !needsLease(rules)) continue
    if (now >= Date.parse(rules.validUntil) || now < Date.parse(rules.validFrom) - AHEAD_MS) continue
    const elsewhere = rules.conditions.some(
      (condition) => condition.kind === 'stores' && !condition.storeIds.includes(storeId),
    )
    if (elsewhere) continue
    const ours = leases.filter((lease) => lease.campaignId === campaignId && !stopped.has(lease.leaseId))
    // One question at a time.
    if (ours.some(({ state: its }) => its === 'asked')) continue
    const room = { uses: 0, value: 0 }
    for (const { state: its, usesLeft, valueLeft } of ours) {
      if (its !== 'held') continue
      room.uses += usesLeft
      room.value += valueLeft ?? 0
    }
    const recent = demand.get(campaignId) ?? []
    const wanted = wantedLease(rules, room, recent, now)
    if (wanted) ask.push({ ...wanted, campaignId, uses: recent.reduce((sum, { uses }) => sum + uses, 0) })
  }
  ask.sort((a, b) => b.uses - a.uses || (a.campaignId < b.campaignId ? -1 : 1))
  return { stop: [...stopped], ask: ask.map(({ uses: _uses, ...wanted }) => wanted) }
}

/** A campaign that is not in the copy may only not be there yet. */
function isOver(lease: StationLease, campaign: Campaign | undefined, now: number): boolean {
  const { usesLeft, valueLeft, spendUntil, askedAt } = lease
  if (usesLeft === 0 || valueLeft === 0 || now >= spendUntil) return true
  if (!campaign) return false
  const { rules, state } = campaign
  if (state === 'ended' || !rules || !needsLease(rules)) return true
  // In its second half it is exchanged for a fresh one, where the campaign goes on for longer.
  const isWaning = now - askedAt > (spendUntil - askedAt) / 2
  return isWaning && Date.parse(rules.validUntil) > spendUntil
}
