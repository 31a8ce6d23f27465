import { StationDifference, settingsAt } from '../../../core/contract/counterSettings.ts'
import type { StationSettings } from '../../../core/contract/stations.ts'

/** A store's settings as they are at one station. `difference`: JSON of its `StationDifference`; null: it has none. */
export function settingsUnder(settings: StationSettings, difference: string | null): StationSettings {
  if (difference === null) return settings
  return { ...settings, counter: settingsAt(settings.counter, StationDifference.parse(JSON.parse(difference))) }
}
