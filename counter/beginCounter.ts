import { mkdirSync } from 'node:fs'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { accepted, type Outcome } from '../core/outcome.ts'
import { loadSampleChain } from '../resources/sample/sampleChain.ts'
import { closedCounter } from './closedCounter.ts'
import type { Counter, Sample } from './counter.ts'
import type { StartRefusal } from './counterProcess.ts'
import { httpGateway } from './gateway/httpGateway.ts'
import { createCounter } from './host.ts'
import { ed25519Sealer } from './station/sealer.ts'
import { StationFile } from './station/stationFile.ts'
import { openCounterStore } from './store/sqlite/openCounterStore.ts'
import { systemClock, systemIds, systemScheduler } from './system.ts'

/**
 * Puts a counter together from the real adapters: files in `start.dataDir`, the server at `start.serverUrl`, the
 * system's clock. Refused by name when a file that nothing can replace is damaged, newer, or not to be had.
 */
export function beginCounter(start: CounterStart): Outcome<Counter, StartRefusal> {
  mkdirSync(start.dataDir, { recursive: true, mode: 0o700 })
  const station = StationFile.open(start.dataDir)
  if (!station.ok) return unusable({ ...station, detail: 'station.json' })
  const { privateKey, token } = station.value
  const store = openCounterStore(start.dataDir, ed25519Sealer(privateKey))
  if (!store.ok) return unusable(store)
  const chain = loadSampleChain()
  return accepted(
    createCounter({
      store: store.value,
      station: station.value,
      gateway: httpGateway({ baseUrl: start.serverUrl, token }),
      clock: systemClock,
      ids: systemIds,
      scheduler: systemScheduler,
      devicesConfiguration: start.devicesConfiguration,
      categories: chain.categories,
      sample: start.simulator ? sampleOf(chain) : null,
      ...(start.enrolCode === undefined ? {} : { enrolCode: start.enrolCode }),
    }),
  )
}

/** Damage that no restart heals is shown on the screen; anything else may pass, and the shell starts us again. */
const LASTING: readonly string[] = ['journal_corrupt', 'journal_schema_too_new', 'station_key_unreadable']

function unusable(refused: { readonly ok: false } & StartRefusal): Outcome<Counter, StartRefusal> {
  if (!LASTING.includes(refused.code)) return refused
  process.stderr.write(`counter: ${refused.code}: nothing can be approved\n`)
  return accepted(closedCounter(refused.code, systemClock, systemIds))
}

function sampleOf({ holders, extraMedia, baskets }: ReturnType<typeof loadSampleChain>): Sample {
  const media = [
    ...holders.flatMap((holder) => holder.media.map((medium) => ({ ...medium, holder: holder.name }))),
    ...extraMedia.map((medium) => ({ ...medium, holder: '' })),
  ]
  return {
    media: media.map(({ sampleId, type, identifier, note, holder }) => ({
      sampleId,
      type,
      holder,
      note,
      medium: { type, identifier },
    })),
    baskets,
  }
}
