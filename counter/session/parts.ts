import type { Operator } from '../../core/contract/sessions.ts'
import type { Override } from '../../core/redemption/overrides.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { CounterStore, StationRecord } from '../store/counterStore.ts'
import type { ExchangeParts } from '../sync/exchangeParts.ts'
import type { EventWriter } from './eventWriter.ts'

/** What the work behind a visit is done with. */
export interface SessionParts extends ExchangeParts {
  readonly store: CounterStore
  readonly clock: CorrectedClock
  readonly events: EventWriter
  readonly station: () => StationRecord
  readonly cashier: () => Operator | null
  /** What managers have set aside at this moment. */
  readonly overrides: () => readonly Override[]
  /** Redemptions that somebody is waiting for; the intent resolver leaves them alone. */
  readonly inFlight: Set<string>
  /** The disk did not take a write: a notice, at once. */
  readonly storageFailed: (detail: string) => void
}
