import type { CounterState } from '../core/counter/state.ts'
import type { Cashiers } from './cashiers.ts'
import type { Sample } from './counter.ts'
import type { DevicesLink } from './devicesLink.ts'
import type { ReaderSetup } from './readerSetup/readerSetup.ts'
import type { Notices } from './session/notices.ts'
import { mayManage, tillOperators } from './session/signIn.ts'
import { visitView } from './session/visitView.ts'
import type { Enrolment } from './station/enrolment.ts'
import type { CounterStore } from './store/counterStore.ts'
import type { Connectivity } from './sync/connectivity.ts'
import type { Till } from './till.ts'

export interface StateParts {
  readonly store: CounterStore
  readonly connectivity: Connectivity
  readonly enrolment: Enrolment
  readonly cashiers: Cashiers
  readonly devices: DevicesLink
  readonly notices: Notices
  readonly till: Till
  readonly readerSetup: ReaderSetup
  readonly categories: CounterState['categories']
  readonly sample: Sample | null
}

/** Everything a screen may know, as it is now. */
export function stateView(parts: StateParts, revision: number): CounterState {
  const { store, connectivity, enrolment, cashiers, devices, notices, till, readerSetup, categories, sample } = parts
  const { purchase, visit, oneTap } = till.session
  return {
    revision,
    enrolment: enrolment.state(),
    connection: {
      mode: connectivity.mode,
      since: connectivity.since,
      replicaAsOf: store.replica.position().asOf,
    },
    waiting: store.journal.waiting(),
    readers: devices.readers(),
    cashier: cashiers.current,
    operators: tillOperators(store).map((operator) => ({
      operatorId: operator.operatorId,
      name: operator.name,
      manages: mayManage(operator),
    })),
    signIn: cashiers.signInState,
    categories,
    purchase,
    visit: visitView(visit),
    leases: [],
    settings: { oneTap, undoWindowSeconds: enrolment.station()?.settings.undoWindowSeconds ?? 0 },
    notices: notices.list(),
    readerSetup: readerSetup.view(),
    simulator: sample && {
      media: sample.media.map(({ sampleId, type, holder, note }) => ({ sampleId, type, holder, note })),
      baskets: [...sample.baskets],
    },
  }
}
