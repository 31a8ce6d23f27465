import { NO_OFFLINE_VIEW } from '../core/counter/offlineView.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Counter } from './counter.ts'
import { Screens } from './screens.ts'
import { STORAGE_FAILED } from './session/model.ts'

/**
 * A counter whose journal or key cannot be used: it says so by name on every screen, touches nothing and approves
 * nothing. `code` is the damage: `journal_corrupt`, `journal_schema_too_new`, `station_key_unreadable`.
 */
export function closedCounter(code: string, clock: Clock, ids: Ids): Counter {
  const since = clock.now()
  const notice = { noticeId: ids.uuid7(), code: 'storage_failed', params: { code }, at: since } as const
  const state: Omit<CounterState, 'revision'> = {
    enrolment: { status: 'needed', reason: code },
    connection: { mode: 'offline', since, cause: null, replicaAsOf: null },
    clock: { doubt: 'not_measured', wrong: false },
    waiting: { count: 0, value: 0, forced: 0, quarantined: 0 },
    readers: [],
    cashier: null,
    operators: [],
    signIn: { problem: null, retryAt: null },
    categories: [],
    purchase: { currency: 'XXX', lines: [], total: 0 },
    visit: { phase: 'idle' },
    leases: [],
    settings: { oneTap: false, undoWindowSeconds: 0 },
    notices: [notice],
    offline: NO_OFFLINE_VIEW,
    offlineDesk: null,
    queueExport: null,
    readerSetup: null,
    simulator: null,
  }
  const screens = new Screens(
    (revision) => ({ revision, ...state }),
    async () => STORAGE_FAILED,
  )
  return {
    attach: (client) => screens.attach(client),
    attachDevices: () => {},
    stop: async () => screens.closeAll(),
  }
}
