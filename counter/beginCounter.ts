import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PROGRAM_VERSION } from '../core/contract/version.ts'
import { ClosedBecause } from '../core/counter/closed.ts'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { POS_PORT } from '../core/pos/routes.ts'
import { loadSampleChain } from '../resources/sample/sampleChain.ts'
import { closedCounter } from './closedCounter.ts'
import type { Counter, Sample } from './counter.ts'
import type { StartRefusal } from './counterProcess.ts'
import { savedFiles } from './day/savedFiles.ts'
import { setupFile } from './firstRun/setupFile.ts'
import { httpGateway, httpRecallNews } from './gateway/httpGateway.ts'
import { httpManagerGateway } from './gateway/httpManagerGateway.ts'
import { httpRegistrationGateway } from './gateway/httpRegistrationGateway.ts'
import { httpSetupGateway } from './gateway/httpSetupGateway.ts'
import { StationTokens } from './gateway/stationTokens.ts'
import { createCounter } from './host.ts'
import { httpBridge } from './pos/httpBridge.ts'
import { ed25519Sealer } from './station/sealer.ts'
import { StationFile } from './station/stationFile.ts'
import type { CounterStore } from './store/counterStore.ts'
import { flushBeside } from './store/sqlite/flusher.ts'
import { openCounterStore } from './store/sqlite/openCounterStore.ts'
import { exportTo } from './store/sqlite/rescue.ts'
import { setAsideFilesOf } from './store/sqlite/setAside.ts'
import { systemClock, systemIds, systemScheduler } from './system.ts'
import { trainableCounter } from './training/trainableCounter.ts'

/** How long a counter whose disk fails says so before its program is started anew. */
const DISK_AGAIN_MS = 15_000

/**
 * Puts a counter together from the real adapters: files in `start.dataDir`, the server at `start.serverUrl`, the
 * system's clock. When a file that nothing can replace is damaged, newer, or not to be had, the counter is one that says so
 * by name and approves nothing. `end` ends this program with an exit code; the shell starts another.
 */
export function beginCounter(start: CounterStart, end: (code: number) => void): Outcome<Counter, StartRefusal> {
  const { dataDir } = start
  const closed = (because: ClosedBecause): Outcome<Counter, StartRefusal> => {
    process.stderr.write(`counter: ${because}: nothing can be approved\n`)
    // A disk may be back in a while; damage stays until somebody sees to it.
    if (because === 'storage_failed') systemScheduler.after(DISK_AGAIN_MS, () => end(1))
    const exportQueue = (now: number) => exportTo(dataDir, now)
    return accepted(closedCounter(because, { clock: systemClock, ids: systemIds, exportQueue }))
  }
  const files = openFiles(dataDir, start.secretsKey ?? null, (detail) => {
    process.stderr.write(`counter: the journal is damaged: ${detail}\n`)
    end(1)
  })
  if (!files.ok) return closed(files.because)
  const { station, store } = files.value
  const chain = loadSampleChain()
  const keeping = setupFile(dataDir)
  const fixedAddress = start.serverUrl ?? null
  const baseUrl = () => fixedAddress ?? keeping.read()?.serverUrl ?? ''
  const renewal = new StationTokens({ baseUrl, station, clock: systemClock })
  const line = { baseUrl, token: station.token, renewal }
  return accepted(
    trainableCounter(
      {
        store,
        station,
        gateway: httpGateway({
          ...line,
          settings: () => store.journal.station()?.settings.counter.version ?? null,
        }),
        recallNews: httpRecallNews(line),
        managers: httpManagerGateway({ baseUrl }),
        ...(start.posPort === null
          ? {}
          : { posBridge: httpBridge(start.posPort ?? POS_PORT, systemScheduler, PROGRAM_VERSION) }),
        registration: httpRegistrationGateway(line),
        saveFile: savedFiles(dataDir),
        shell: start.shell,
        clock: systemClock,
        ids: systemIds,
        scheduler: systemScheduler,
        devicesConfiguration: start.devicesConfiguration,
        categories: chain.categories,
        sample: start.simulator ? sampleOf(chain) : null,
        setup: { keeping, fixedAddress, gateway: httpSetupGateway({ station, clock: systemClock }) },
        restart: () => end(1),
        ...(start.enrolCode === undefined ? {} : { enrolCode: start.enrolCode }),
      },
      { create: createCounter, folder: join(dataDir, 'training'), soon: (task) => void setImmediate(task) },
    ),
  )
}

interface Files {
  readonly station: StationFile
  readonly store: CounterStore
}

function openFiles(
  dataDir: string,
  secretsKey: string | null,
  damaged: (detail: string) => void,
): Outcome<Files, { readonly because: ClosedBecause }> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const station = StationFile.open(dataDir, secretsKey)
    if (!station.ok) return refused({ because: station.code })
    const { privateKey } = station.value
    const former = station.value.formerStationId()
    if (former !== null) setAsideFilesOf(former, dataDir)
    const store = openCounterStore(dataDir, ed25519Sealer(privateKey), { damaged, flusher: flushBeside })
    if (!store.ok) return refused({ because: ClosedBecause.catch('storage_failed').parse(store.code) })
    return accepted({ station: station.value, store: store.value })
  } catch {
    return refused({ because: 'storage_failed' as const })
  }
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
