import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isClear } from '../counter/station/enrolment.ts'
import { ed25519Sealer, type Sealer } from '../counter/station/sealer.ts'
import { StationFile, sealedStation } from '../counter/station/stationFile.ts'
import type { Backlog } from '../counter/store/counterStore.ts'
import { openCounterStore } from '../counter/store/sqlite/openCounterStore.ts'
import { removeReplica, setAsideFilesOf } from '../counter/store/sqlite/setAside.ts'
import type { Output } from './output.ts'
import { claimFolder } from './runningLock.ts'

const USAGE = `npm run station -- status|unenrol|wipe --data-dir DIR
  what a counter's machine is, and how it stops being it. The counter must not run. Refused while events wait: rule 3
  status     whose machine it is, and what waits to be sent
  unenrol    forgets key, token and the copy; the journal stays, under another name
  wipe       unenrol, and the journal goes too; refused as well while events that were set aside are unresolved
  --help`

const REFUSED = 1
const WRONG_USAGE = 2

type Command = 'status' | 'unenrol' | 'wipe'
const isCommand = (text: string | undefined): text is Command =>
  text === 'status' || text === 'unenrol' || text === 'wipe'

/** `npm run station -- ARGUMENTS`; answers the exit code. */
export function stationCommand(args: readonly string[], output: Output): number {
  let given: { values: { 'data-dir'?: string; help?: boolean }; positionals: string[] }
  try {
    given = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    return wrong(output, error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = given
  const [command] = positionals
  if (values.help) {
    output.out(USAGE)
    return 0
  }
  const folder = values['data-dir']
  if (!isCommand(command) || positionals.length > 1) return wrong(output, 'one of status, unenrol, wipe')
  if (folder === undefined) return wrong(output, '--data-dir is missing')
  const dataDir = resolve(folder)
  if (!existsSync(join(dataDir, 'station.json'))) return refuse(output, `there is no station in ${dataDir}`)
  const claimed = claimFolder(dataDir)
  if (!claimed.ok) return refuse(output, `a counter runs on these files (process ${claimed.pid}): stop it first`)
  try {
    return carryOut(command, dataDir, output)
  } finally {
    claimed.value.release()
  }
}

function carryOut(command: Command, dataDir: string, output: Output): number {
  const sealed = sealedStation(dataDir)
  if (sealed) return sealed.enrolled ? withoutKey(command, dataDir, sealed.publicKey, output) : noStation(output)
  const station = StationFile.open(dataDir)
  if (!station.ok) return refuse(output, unreadable(station.code))
  const enrolment = station.value.enrolment()
  if (!enrolment) return noStation(output)
  const store = openCounterStore(dataDir, ed25519Sealer(station.value.privateKey))
  if (!store.ok) return refuse(output, unreadable(store.code))
  const backlog = store.value.journal.backlog()
  store.value.close()
  const { stationId, store: shop } = enrolment
  if (command === 'status') {
    output.out(JSON.stringify({ stationId, storeId: shop.storeId, storeName: shop.name, ...backlog }))
    return 0
  }
  if (!isClear(backlog)) return refuse(output, waitingWords(backlog))
  if (command === 'wipe' && backlog.quarantined > 0) {
    return refuse(
      output,
      `${backlog.quarantined} events were set aside and nobody has resolved them: nothing is changed`,
    )
  }
  if (!station.value.forget('unenrolled')) return refuse(output, 'the disk took nothing: nothing is changed')
  setAsideFilesOf(stationId, dataDir)
  if (command === 'wipe') {
    rmSync(join(dataDir, `journal-of-${stationId}.db`), { force: true })
    rmSync(join(dataDir, 'rescue'), { recursive: true, force: true })
  }
  removeReplica(dataDir)
  output.err(`station ${stationId} is no more on this machine; revoke it in the office too`)
  return 0
}

const SEALED = `station_sealed: the key of this machine lies in the operating system's keystore, which only the counter's own app opens.
Nothing is changed. Start the app as the user it runs as, and let a manager take the machine out of service there: it forgets the key
as well. What waits can be exported without it: npm run journal -- export`

/** What can be done for a station whose key is in a keystore: its journal is read, and nothing is written that has to be signed. */
function withoutKey(command: Command, dataDir: string, publicKey: Uint8Array, output: Output): number {
  if (command !== 'status') return refuse(output, SEALED)
  const unsigned = (): never => {
    throw new Error('nothing is signed without the key')
  }
  const reader: Sealer = { seal: unsigned, sign: unsigned, publicKey: () => publicKey }
  const store = openCounterStore(dataDir, reader)
  if (!store.ok) return refuse(output, unreadable(store.code))
  const { journal } = store.value
  const [station, backlog] = [journal.station(), journal.backlog()]
  store.value.close()
  if (!station) return noStation(output)
  const { stationId, store: shop } = station
  output.out(JSON.stringify({ stationId, storeId: shop.storeId, storeName: shop.name, sealed: true, ...backlog }))
  return 0
}

const noStation = (output: Output): number => refuse(output, 'this machine is no station')

const unreadable = (code: string): string => `${code}: nothing is changed; export what waits: npm run journal -- export`

function waitingWords({ stored, unresolved }: Backlog): string {
  return [
    `${stored} events have not been sent and ${unresolved} requests have no known end: nothing is changed.`,
    'Start the counter where it reaches the server; or export what waits (npm run journal -- export) and have it imported.',
  ].join('\n')
}

function refuse({ err }: Output, problem: string): number {
  err(problem)
  return REFUSED
}

function wrong({ err }: Output, problem: string): number {
  err(`${problem}\n${USAGE}`)
  return WRONG_USAGE
}
