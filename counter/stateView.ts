import { NO_OFFLINE_VIEW } from '../core/counter/offlineView.ts'
import type { CounterState, ReplicaState } from '../core/counter/state.ts'
import type { CashierDesk } from './cashier/cashierDesk.ts'
import type { Cashiers } from './cashiers.ts'
import type { CorrectedClock } from './clock/correctedClock.ts'
import type { Sample } from './counter.ts'
import type { DayDesk } from './day/dayDesk.ts'
import type { DevicesLink } from './devicesLink.ts'
import type { FirstRunDesk } from './firstRun/firstRunDesk.ts'
import { leaseView } from './leaseView.ts'
import type { OfflineWork } from './offline/offlineWork.ts'
import { offlineStanding } from './offline/standing.ts'
import type { PosSide } from './pos/posSide.ts'
import type { ReaderSetup } from './readerSetup/readerSetup.ts'
import type { RegistrationDesk } from './registration/registrationDesk.ts'
import type { Service } from './service.ts'
import type { Notices } from './session/notices.ts'
import { mayManage, tillOperators } from './session/signIn.ts'
import { visitView } from './session/visitView.ts'
import { type SettingsInForce, shownCategories } from './settingsInForce.ts'
import type { Enrolment } from './station/enrolment.ts'
import type { CounterStore } from './store/counterStore.ts'
import type { Connectivity } from './sync/connectivity.ts'
import type { Till } from './till.ts'

export interface StateParts {
  readonly store: CounterStore
  readonly clock: CorrectedClock
  readonly connectivity: Connectivity
  readonly enrolment: Enrolment
  readonly cashiers: Cashiers
  readonly cashierDesk: CashierDesk
  readonly pos: PosSide
  readonly dayDesk: DayDesk
  readonly devices: DevicesLink
  readonly notices: Notices
  readonly till: Till
  readonly readerSetup: ReaderSetup
  readonly registration: RegistrationDesk
  readonly offline: OfflineWork
  readonly service: Service
  readonly firstRun: FirstRunDesk
  readonly replica: () => ReplicaState
  readonly categories: CounterState['categories']
  readonly settings: SettingsInForce
  readonly sample: Sample | null
}

/** Everything a screen may know, as it is now. */
export function stateView(parts: StateParts, revision: number): CounterState {
  const { store, clock, connectivity, enrolment, cashiers, devices, notices, till, readerSetup, categories, sample } =
    parts
  const { purchase, visit, oneTap } = till.session
  const reading = clock.reading()
  const { doubt, wrong } = reading
  return {
    revision,
    enrolment: enrolment.state(),
    connection: {
      mode: connectivity.mode,
      since: connectivity.since,
      cause: connectivity.cause,
      replicaAsOf: store.replica.position().asOf,
    },
    clock: { doubt, wrong },
    replica: parts.replica(),
    waiting: store.journal.waiting(),
    readers: devices.readers(),
    cashier: cashiers.current && { ...cashiers.current, byCard: cashiers.isByCard },
    operators: tillOperators(store).map((operator) => ({
      operatorId: operator.operatorId,
      name: operator.name,
      manages: mayManage(operator),
    })),
    signIn: { ...cashiers.signInState, byCard: store.journal.hasStaffCards() },
    categories: shownCategories(categories, parts.settings.values.categories),
    purchase,
    visit: visitView(visit, (at) => clock.toSystem(at)),
    leases: leaseView(store, reading),
    settings: {
      oneTap,
      undoWindowSeconds: enrolment.station()?.settings.undoWindowSeconds ?? 0,
      ...parts.settings.view(),
    },
    notices: notices.list(),
    ...parts.cashierDesk.view(),
    closed: null,
    queueExport: parts.service.queueExport,
    offline: offlineView(parts),
    offlineDesk: parts.offline.desk.view(),
    dayDesk: parts.dayDesk.view(),
    firstRun: parts.firstRun.view(),
    readerSetup: readerSetup.view(),
    pos: parts.pos.view(),
    registration: parts.registration.view(),
    simulator: sample && {
      media: sample.media.map(({ sampleId, type, holder, note }) => ({ sampleId, type, holder, note })),
      baskets: [...sample.baskets],
    },
  }
}

function offlineView({ store, enrolment, offline, clock }: StateParts): CounterState['offline'] {
  const settings = enrolment.station()?.settings.offline
  if (!settings) return NO_OFFLINE_VIEW
  const active = offline.overrides.active()
  const { caps, storedCount, storedValue } = offlineStanding(store, settings, active, clock.now())
  return {
    allowed: settings.mode === 'prefer_online',
    storedCount: { used: storedCount, limit: caps.maxStoredCount },
    storedValue: { used: storedValue, limit: caps.maxStoredValue },
    maxReplicaAgeHours: caps.maxReplicaAgeHours,
    overrides: [...active],
  }
}
