import { CounterValues } from '../core/contract/counterSettings.ts'
import type { ClosedBecause } from '../core/counter/closed.ts'
import { NO_OFFLINE_VIEW } from '../core/counter/offlineView.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Counter } from './counter.ts'
import { Screens } from './screens.ts'
import { STORAGE_FAILED } from './session/model.ts'
import type { RescueFile } from './store/counterStore.ts'
import { NO_CURRENCY } from './till.ts'

export interface ClosedParts {
  readonly clock: Clock
  readonly ids: Ids
  readonly exportQueue: (now: number) => Outcome<RescueFile, object>
}

/**
 * A counter whose files cannot be used: it says so by name on every screen, approves nothing and writes nothing to them.
 * Anybody at the screen may have what was not sent saved to a file: it stays on this machine and names nobody.
 */
export function closedCounter(because: ClosedBecause, { clock, ids, exportQueue }: ClosedParts): Counter {
  const since = clock.now()
  const notice = { noticeId: ids.uuid7(), code: 'storage_failed', params: { code: because }, at: since } as const
  let queueExport: CounterState['queueExport'] = null
  const state: Omit<CounterState, 'revision' | 'queueExport'> = {
    enrolment: { status: 'needed', reason: because },
    closed: because,
    connection: { mode: 'offline', since, cause: null, replicaAsOf: null },
    clock: { doubt: 'not_measured', wrong: false },
    replica: { phase: 'empty', received: 0, total: null, problem: null },
    waiting: { count: 0, value: 0, forced: 0, quarantined: 0 },
    readers: [],
    cashier: null,
    operators: [],
    signIn: { problem: null, retryAt: null },
    categories: [],
    purchase: { currency: NO_CURRENCY, lines: [], total: 0 },
    visit: { phase: 'idle' },
    leases: [],
    settings: { oneTap: false, undoWindowSeconds: 0, version: '0', values: CounterValues.parse({}), fixed: [] },
    notices: [notice],
    shift: null,
    lastShift: null,
    training: false,
    recent: null,
    scannedItem: null,
    staffCard: null,
    customerCode: null,
    printer: null,
    offline: NO_OFFLINE_VIEW,
    offlineDesk: null,
    dayDesk: null,
    firstRun: null,
    readerSetup: null,
    pos: null,
    registration: null,
    simulator: null,
  }
  const screens = new Screens(
    (revision) => ({ revision, ...state, queueExport }),
    async (command) => {
      if (command.type !== 'exportQueue') return STORAGE_FAILED
      const at = clock.now()
      const written = exportQueue(at)
      if (!written.ok) return STORAGE_FAILED
      const { path, events } = written.value
      queueExport = { path, events, at }
      screens.changed()
      return null
    },
  )
  return {
    attach: (client) => screens.attach(client),
    attachDisplay: (client) => screens.attachDisplay(client),
    attachDevices: () => {},
    stop: async () => screens.closeAll(),
  }
}
