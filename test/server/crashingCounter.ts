import { mkdirSync } from 'node:fs'
import { accepted } from '../../core/outcome.ts'
import { parentChannel } from '../../counter/channel/childProcessChannel.ts'
import { runCounterProcess } from '../../counter/counterProcess.ts'
import { httpGateway } from '../../counter/gateway/httpGateway.ts'
import { createCounter } from '../../counter/host.ts'
import { ed25519Sealer } from '../../counter/station/sealer.ts'
import { StationFile } from '../../counter/station/stationFile.ts'
import type { SnapshotInbox } from '../../counter/store/counterStore.ts'
import { flushBeside } from '../../counter/store/sqlite/flusher.ts'
import { openCounterStore } from '../../counter/store/sqlite/openCounterStore.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'

/**
 * A counter that is killed at one crossing: before or after the n-th call of something that leaves a trace, on disk or at
 * the server. `CRASH_AT=n` counts from the first approval's intent; 0 never. `SNAPSHOT_CRASH="append after"` kills it at the
 * first such call of the snapshot's inbox: `before`, `during` (a moment after it began) or `after`. `JOURNAL_PAGES` bounds
 * the journal's size.
 */
const TRACES = new Set([
  'openIntent',
  'showApproved',
  'showRefused',
  'closeIntent',
  'planRollback',
  'beginUndo',
  'endUndo',
  'settle',
  'redeem',
  'rollback',
  'redemption',
])
const crashAt = Number(process.env.CRASH_AT ?? 0)
const maxJournalPages = process.env.JOURNAL_PAGES ? { maxJournalPages: Number(process.env.JOURNAL_PAGES) } : {}
let crossings = 0
let counting = false

function cross(): void {
  if (!counting) return
  crossings += 1
  if (crossings === crashAt) process.kill(process.pid, 'SIGKILL')
}

function crashing<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown
      if (typeof member !== 'function' || !TRACES.has(String(name))) return member
      return (...args: unknown[]) => {
        if (name === 'openIntent') counting = true
        cross()
        const result: unknown = Reflect.apply(member, target, args)
        if (!(result instanceof Promise)) {
          cross()
          return result
        }
        return result.then((answer: unknown) => {
          cross()
          return answer
        })
      }
    },
  })
}

const [crashingCall, moment] = (process.env.SNAPSHOT_CRASH ?? '').split(' ')
const die = () => process.kill(process.pid, 'SIGKILL')

function crashingInbox(inbox: SnapshotInbox): SnapshotInbox {
  return new Proxy(inbox, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown
      if (typeof member !== 'function' || name !== crashingCall) return member
      return (...args: unknown[]) => {
        if (moment === 'before') die()
        if (moment === 'during') setTimeout(die, 2)
        const result: unknown = Reflect.apply(member, target, args)
        if (moment !== 'after') return result
        return result instanceof Promise ? result.then(die) : die()
      }
    },
  })
}

runCounterProcess(
  parentChannel(),
  (start) => {
    mkdirSync(start.dataDir, { recursive: true })
    const station = StationFile.open(start.dataDir)
    if (!station.ok) return { ...station, detail: '' }
    const { privateKey, token } = station.value
    const store = openCounterStore(start.dataDir, ed25519Sealer(privateKey), {
      ...maxJournalPages,
      flusher: flushBeside,
    })
    if (!store.ok) return store
    return accepted(
      createCounter({
        store: {
          ...store.value,
          journal: crashing(store.value.journal),
          snapshots: crashingInbox(store.value.snapshots),
        },
        station: station.value,
        gateway: crashing(httpGateway({ baseUrl: start.serverUrl ?? '', token })),
        clock: systemClock,
        ids: systemIds,
        scheduler: systemScheduler,
        devicesConfiguration: start.devicesConfiguration,
        categories: [],
        sample: { media: [], baskets: [] },
        ...(start.enrolCode === undefined ? {} : { enrolCode: start.enrolCode }),
      }),
    )
  },
  (code) => process.exit(code),
)
