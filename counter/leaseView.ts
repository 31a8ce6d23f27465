import type { CounterState } from '../core/counter/state.ts'
import { type HeldLease, mayBeSpent } from '../core/leases/draw.ts'
import type { ClockReading } from './clock/correctedClock.ts'
import { heldLeases, latestNow } from './session/leaseDraws.ts'
import type { CounterStore } from './store/counterStore.ts'

/** What is left to approve offline of each campaign that is lent to this station, used up or over included. */
export function leaseView({ journal, replica }: CounterStore, clock: ClockReading): CounterState['leases'] {
  const campaigns = replica.campaigns()
  const left = new Map<string, { usesLeft: number; valueLeft: number | null }>()
  for (const lease of heldLeases(journal)) {
    const before = left.get(lease.campaignId) ?? { usesLeft: 0, valueLeft: lease.valueLeft === null ? null : 0 }
    left.set(lease.campaignId, mayBeSpent(lease, latestNow(clock)) ? plus(before, lease) : before)
  }
  return [...left].map(([campaignId, rest]) => {
    const campaign = campaigns.get(campaignId)
    return { campaignId, title: campaign?.title ?? '', titles: { ...campaign?.titles }, ...rest }
  })
}

function plus(before: { usesLeft: number; valueLeft: number | null }, { usesLeft, valueLeft }: HeldLease) {
  return {
    usesLeft: before.usesLeft + usesLeft,
    valueLeft: before.valueLeft === null || valueLeft === null ? null : before.valueLeft + valueLeft,
  }
}
