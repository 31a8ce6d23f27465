import type { Operator } from '../../core/contract/sessions.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { CounterStore, StationRecord } from '../store/counterStore.ts'
import type { Connectivity } from '../sync/connectivity.ts'
import type { EventWriter } from './eventWriter.ts'

/** What the work behind a visit is done with. */
export interface SessionParts {
  readonly store: CounterStore
  readonly gateway: CouponGateway
  readonly connectivity: Connectivity
  readonly clock: CorrectedClock
  readonly scheduler: Scheduler
  readonly ids: Ids
  readonly events: EventWriter
  readonly station: () => StationRecord
  readonly cashier: () => Operator | null
  /** Redemptions that somebody is waiting for; the intent resolver leaves them alone. */
  readonly inFlight: Set<string>
  /** The disk did not take a write: a notice, at once. */
  readonly storageFailed: (detail: string) => void
}
