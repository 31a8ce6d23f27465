import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StationSettings } from '../../../core/contract/stations.ts'
import type { Store } from '../../../core/objective.ts'
import { CorrectedClock } from '../../../counter/clock/correctedClock.ts'
import { httpGateway } from '../../../counter/gateway/httpGateway.ts'
import { eventWriter } from '../../../counter/session/eventWriter.ts'
import type { SessionParts } from '../../../counter/session/parts.ts'
import { ed25519Sealer } from '../../../counter/station/sealer.ts'
import { flushBeside } from '../../../counter/store/sqlite/flusher.ts'
import { openCounterStore } from '../../../counter/store/sqlite/openCounterStore.ts'
import { Connectivity } from '../../../counter/sync/connectivity.ts'
import { systemClock, systemIds, systemScheduler } from '../../../counter/system.ts'
import { keyOf, LINES, TOTAL } from './holders.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
export const PUBLIC_KEY = publicKey.export({ format: 'jwk' }).x ?? ''

export interface BenchStation {
  readonly folder: string
  readonly parts: SessionParts
  close(): void
}

/** The parts of a real counter, in a folder of their own. */
export function benchStation(server: { url: string; token: string; store: Store; settings: unknown }): BenchStation {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
  const opened = openCounterStore(
    folder,
    ed25519Sealer(() => privateKey),
    { flusher: flushBeside },
  )
  if (!opened.ok) throw new Error(opened.code)
  const store = opened.value
  const settings = StationSettings.parse(server.settings)
  const station = { stationId: 'bench', role: 'counter' as const, store: server.store, settings }
  store.journal.recordStation(station)
  const clock = new CorrectedClock(systemClock)
  clock.observe(new Date().toISOString(), clock.monotonic())
  const parts: SessionParts = {
    store,
    clock,
    ids: systemIds,
    scheduler: systemScheduler,
    gateway: httpGateway({ baseUrl: server.url, token: () => server.token }),
    connectivity: new Connectivity(systemClock, () => {}, store.journal),
    events: eventWriter(clock, systemIds),
    station: () => station,
    cashier: () => ({ operatorId: 'op', name: 'Rin', role: 'cashier' }),
    overrides: () => [],
    inFlight: new Set(),
    storageFailed: (detail) => {
      throw new Error(detail)
    },
  }
  const close = () => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, parts, close }
}

export const presented = (holder: number) => ({
  type: 'felica-idm' as const,
  keys: [{ v: 1, key: keyOf(holder) }],
  entry: 'tap' as const,
})

export const PURCHASE = { currency: 'JPY', lines: LINES, total: TOTAL }
