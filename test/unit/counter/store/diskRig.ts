import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import { openJournalFile } from '../../../../counter/store/sqlite/journalFile.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { writeExport } from '../../../../counter/store/sqlite/rescue.ts'

/**
 * Run in a mount namespace of its own (`unshare -m`): puts a small disk under a counter's files, fills it, makes room again,
 * makes it read-only. Prints what the counter was told, as one line of JSON.
 */
const folder = process.argv[2] ?? ''
const disk = join(folder, 'disk')
mkdirSync(disk)
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
const ballast = join(disk, 'ballast')
writeFileSync(ballast, Buffer.alloc(300_000))
const dataDir = join(disk, 'data')
const { privateKey } = generateKeyPairSync('ed25519')
const sealer = ed25519Sealer(() => privateKey)

const opened = openCounterStore(dataDir, sealer)
if (!opened.ok) throw new Error(opened.code)
const { journal } = opened.value
const record = () =>
  journal.record({
    type: 'session',
    id: uuidv7(),
    stationAt: Date.now(),
    correctedAt: Date.now(),
    body: { action: 'sign_in', operatorId: randomUUID().repeat(10) },
  })
const fault = (result: { ok: true } | { ok: false; fault: string }) => (result.ok ? null : result.fault)

let recorded = 0
let last = record()
while (last.ok) {
  recorded += 1
  last = record()
}
const whenFull = {
  fault: fault(last),
  kept: journal.backlog().stored,
  recorded,
  export: fault(opened.value.exportQueue(Date.now())),
}

rmSync(ballast)
const withRoom = { fault: fault(record()), kept: journal.backlog().stored }

// As a power cut leaves them: nobody has put the log away.
const aside = join(folder, 'aside')
cpSync(dataDir, aside, { recursive: true })
opened.value.close()
rmSync(dataDir, { recursive: true })
cpSync(aside, dataDir, { recursive: true })
execFileSync('mount', ['-o', 'remount,ro', disk])
const reopened = openCounterStore(dataDir, sealer)
const file = openJournalFile(join(dataDir, 'journal.db'))
const elsewhere = join(tmpdir(), `tapcoupon-${randomUUID()}.jsonl`)
const rescued = file.ok ? writeExport(file.value, elsewhere, 'queue', Date.now()) : file
if (file.ok) file.value.close()
rmSync(elsewhere, { force: true })
process.stdout.write(
  JSON.stringify({
    whenFull,
    withRoom,
    start: reopened.ok ? null : reopened.code,
    rescued: rescued.ok && 'value' in rescued && 'events' in rescued.value ? rescued.value.events : null,
  }),
)
