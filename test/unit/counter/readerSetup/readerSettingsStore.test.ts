import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { uuidv7 } from 'uuidv7'
import { expect, it, onTestFinished } from 'vitest'
import { ReaderSettings } from '../../../../core/counter/readerSetup.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import { JOURNAL_MIGRATIONS } from '../../../../counter/store/sqlite/journalSchema.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const SETTINGS = ReaderSettings.parse({ serial: [{ path: '/dev/ttyACM0', preset: 'zebra' }] })
const event = () => ({ type: 'policy' as const, id: uuidv7(), stationAt: 1, correctedAt: 1, body: {} })

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function open(folder: string) {
  const opened = openCounterStore(
    folder,
    ed25519Sealer(() => privateKey),
  )
  if (!opened.ok) throw new Error(opened.code)
  return opened.value
}

it('a journal from before there were reader settings is brought forward and keeps what it holds', () => {
  const folder = newFolder()
  const old = new DatabaseSync(join(folder, 'journal.db'))
  old.exec(JOURNAL_MIGRATIONS[0] ?? '')
  old.exec("INSERT INTO sign_in_throttle VALUES ('kaori', 3, 0); PRAGMA user_version = 1")
  old.close()
  const store = open(folder)
  expect(store.journal.throttle('kaori')).toEqual({ wrong: 3, retryAt: 0 })
  expect(store.journal.readerSettings()).toBeNull()
  expect(store.journal.keepReaderSettings(SETTINGS, event())).toMatchObject({ ok: true })
  store.close()
  const again = open(folder)
  expect(again.journal.readerSettings()).toEqual(SETTINGS)
  expect(again.journal.due(Number.MAX_SAFE_INTEGER, 10, 1e6)).toHaveLength(1)
  again.close()
})

it('settings that cannot be read are as good as none: the readers work as they come', () => {
  const folder = newFolder()
  open(folder).close()
  const db = new DatabaseSync(join(folder, 'journal.db'))
  db.exec(`INSERT INTO reader_settings VALUES (1, '{"serial":"all of them"}')`)
  db.close()
  const store = open(folder)
  expect(store.journal.readerSettings()).toBeNull()
  store.close()
})
