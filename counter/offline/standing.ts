import type { OfflineSettings } from '../../core/contract/stations.ts'
import type { OfflineStanding } from '../../core/redemption/offlinePolicy.ts'
import { capsUnder, type Override } from '../../core/redemption/overrides.ts'
import type { CounterStore } from '../store/counterStore.ts'

/** Where this station stands in the offline policy at `now` (corrected, epoch milliseconds), with the overrides that are on. */
export function offlineStanding(
  { journal, replica }: CounterStore,
  settings: OfflineSettings,
  overrides: readonly Override[],
  now: number,
): OfflineStanding {
  const { count: storedCount, value: storedValue } = journal.waiting()
  const caps = capsUnder(settings, overrides)
  return { settings, caps, storedCount, storedValue, replicaAsOf: replica.position().asOf, now }
}
