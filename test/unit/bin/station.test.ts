import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stationCommand } from '../../../bin/stationCommand.ts'
import type { Settlement } from '../../../core/events/event.ts'
import { ed25519Sealer } from '../../../counter/station/sealer.ts'
import { StationFile } from '../../../counter/station/stationFile.ts'
import type { Journal } from '../../../counter/store/counterStore.ts'
import { openCounterStore } from '../../../counter/store/sqlite/openCounterStore.ts'
import { STATION } from '../counter/counterParts.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-station-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function station(command: string) {
  const said = { stdout: '', stderr: '' }
  const code = stationCommand([command, '--data-dir', dir], {
    out: (line) => {
      said.stdout += `${line}\n`
    },
    err: (line) => {
      said.stderr += `${line}\n`
    },
  })
  return { code, ...said }
}

const TOKEN = 't'.repeat(43)
/** A station that is enrolled here, with what `work` leaves in its journal. */
function enrolled(work: (journal: Journal) => void = () => {}): void {
  const file = StationFile.open(dir)
  if (!file.ok) throw new Error(file.code)
  expect(file.value.enrolled({ ...STATION, token: TOKEN, mediumHashKeys: [] })).toBe(true)
  withJournal(work)
}
const withKeystore = (work: (journal: Journal) => void) => withJournal(work, 'k'.repeat(43))
function withJournal(work: (journal: Journal) => void, key: string | null = null): void {
  const file = StationFile.open(dir, key)
  if (!file.ok) throw new Error(file.code)
  const store = openCounterStore(dir, ed25519Sealer(file.value.privateKey))
  if (!store.ok) throw new Error(store.code)
  work(store.value.journal)
  store.value.close()
}
const record = (journal: Journal) =>
  journal.record({ type: 'session', id: uuidv7(), stationAt: Date.now(), correctedAt: Date.now(), body: {} })
const settle = (status: Settlement) => (journal: Journal) => {
  const sent = journal.due(Number.MAX_SAFE_INTEGER, 500, 1e9)
  journal.settle(
    sent,
    sent.map(({ seq, id }) => ({ seq, id, status, lines: [] })),
    1,
    0,
    0,
  )
}
const ASIDE = `journal-of-${STATION.stationId}.db`

it('unenrol and wipe are refused while an event waits, and nothing is changed', () => {
  enrolled(record)
  const before = readFileSync(join(dir, 'station.json'), 'utf8')
  for (const command of ['unenrol', 'wipe']) {
    expect(station(command)).toMatchObject({ code: 1, stderr: expect.stringContaining('1 events have not been sent') })
  }
  expect(readFileSync(join(dir, 'station.json'), 'utf8')).toBe(before)
  expect(JSON.parse(station('status').stdout)).toMatchObject({ stationId: STATION.stationId, stored: 1 })
}, 60_000)

it('unenrol forgets keys and copy and keeps the journal under another name', () => {
  enrolled((journal) => {
    record(journal)
    settle('confirmed')(journal)
  })
  expect(station('unenrol').code).toBe(0)
  expect(readFileSync(join(dir, 'station.json'), 'utf8')).not.toContain(TOKEN)
  expect(readdirSync(dir).sort()).toEqual([ASIDE, 'station.json'])
  // It is a new machine: another key, another journal.
  withJournal((journal) => expect(journal.backlog().stored).toBe(0))
  expect(station('unenrol')).toMatchObject({ code: 1, stderr: 'this machine is no station\n' })
}, 60_000)

it('what was set aside may stay in a journal that stays, but is not wiped', () => {
  enrolled((journal) => {
    record(journal)
    settle('quarantined')(journal)
  })
  expect(station('wipe')).toMatchObject({ code: 1, stderr: expect.stringContaining('set aside') })
  expect(station('unenrol').code).toBe(0)
  expect(existsSync(join(dir, ASIDE))).toBe(true)
}, 60_000)

it('wipe leaves nothing of the station', () => {
  enrolled()
  expect(station('wipe').code).toBe(0)
  expect(readdirSync(dir)).toEqual(['station.json'])
}, 60_000)

it('whose key is in a keystore is looked at without it; the rest is refused by name, with what to do, and nothing is changed', () => {
  enrolled((journal) => {
    journal.recordStation(STATION)
    record(journal)
  })
  // The app finds a keystore at its next start.
  withKeystore(() => {})
  const before = readFileSync(join(dir, 'station.json'), 'utf8')
  expect(before).not.toContain(TOKEN)
  expect(JSON.parse(station('status').stdout)).toMatchObject({ stationId: STATION.stationId, sealed: true, stored: 1 })
  for (const command of ['unenrol', 'wipe']) {
    const { code, stderr } = station(command)
    expect([code, stderr]).toEqual([1, expect.stringContaining('station_sealed')])
    expect(stderr).toMatch(/Start the app[\s\S]*journal -- export/)
  }
  expect(readFileSync(join(dir, 'station.json'), 'utf8')).toBe(before)
  withKeystore((journal) => expect(journal.backlog().stored).toBe(1))
}, 60_000)

it('never while the counter runs, and not where there is none', () => {
  expect(station('unenrol')).toMatchObject({ code: 1 })
  enrolled()
  // Whoever started this test runs for as long as it does.
  writeFileSync(join(dir, 'running.pid'), `${process.ppid}\n\n`)
  expect(station('unenrol')).toMatchObject({ code: 1, stderr: expect.stringContaining(String(process.ppid)) })
}, 60_000)
