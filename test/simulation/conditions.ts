import { type OfflineSettings, StationSettings } from '../../core/contract/stations.ts'
import type { LineState } from './link.ts'

/** From and to, milliseconds. */
export type Span = readonly [number, number]

/** What goes wrong how often. A run to catch one bug may be all nights, or all cut lines. */
export interface Conditions {
  /** How likely each state of a line is when it changes, in hundredths. */
  readonly lines: Readonly<Partial<Record<LineState, number>>>
  /** How long a line stays as it is. */
  readonly flaps: Span
  /** Business between two nights. */
  readonly nights: Span
  /** Between two crashes of one counter. */
  readonly crashes: Span
  /** Between two stations that are taken out of service. */
  readonly revocations: Span
  /** So many at most. */
  readonly mostRevoked: number
  /** Between two conflicts that somebody at the server ends. */
  readonly resolutions: Span
  /** Between two redemptions that a manager takes back. */
  readonly rollbacks: Span
  /** Uses of a campaign that gives only so often. */
  readonly limits: Span
  /** Discount of a campaign that gives only so much, in minor units. */
  readonly budgets: Span
  readonly offline: OfflineSettings
  /** How likely it is that a manager comes instead of the next customer. */
  readonly callsManager: number
}

export const USUAL: Conditions = {
  lines: { up: 30, lossy: 20, cut: 38, portal: 4, slow: 4, crowded: 4 },
  flaps: [2_000, 15_000],
  nights: [90_000, 300_000],
  crashes: [4_000, 30_000],
  revocations: [50_000, 200_000],
  mostRevoked: 3,
  resolutions: [4_000, 16_000],
  rollbacks: [10_000, 40_000],
  limits: [10, 80],
  budgets: [600, 4_000],
  offline: StationSettings.parse({
    offline: { maxValue: 200, maxStoredCount: 15, maxStoredValue: 2_500, maxReplicaAgeHours: 4 },
  }).offline,
  callsManager: 0.03,
}
