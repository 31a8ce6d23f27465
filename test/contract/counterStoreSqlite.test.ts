import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyHash, eventHash, FIRST_PREV_HASH } from '../../core/events/chain.ts'
import { ed25519Sealer } from '../../counter/station/sealer.ts'
import type { CounterStore } from '../../counter/store/counterStore.ts'
import { openCounterStore } from '../../counter/store/sqlite/openCounterStore.ts'
import { counterStoreContract } from './counterStore.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
let dir: string
let store: CounterStore

const open = (options: { maxJournalPages?: number } = {}): CounterStore => {
  const opened = openCounterStore(
    dir,
    ed25519Sealer(() => privateKey),
    options,
  )
  if (!opened.ok) throw new Error(opened.code)
  store = opened.value
  return store
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-store-'))
  open()
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true, force: true })
})

counterStoreContract('sqlite', () => ({
  store: () => store,
  reopen() {
    store.close()
    return open()
  },
}))

const session = (body: Record<string, unknown> = {}) => ({
  type: 'session' as const,
  id: uuidv7(),
  stationAt: Date.now(),
  correctedAt: Date.now(),
  body,
})
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

it('signs and chains events as the server checks them', () => {
  for (let n = 0; n < 3; n++) store.journal.record(session({ n, absent: undefined, text: 'お買い得' }))
  let prevHash = FIRST_PREV_HASH
  for (const event of store.journal.due(Date.now(), 10, 100_000)) {
    expect(event.prevHash).toBe(prevHash)
    const body = bodyHash(Buffer.from(event.salt ?? '', 'base64url'), event.body, sha256)
    const hash = eventHash({ ...event, prevHash }, body, sha256)
    expect(verify(null, hash, publicKey, Buffer.from(event.sig ?? '', 'base64url'))).toBe(true)
    prevHash = Buffer.from(hash).toString('base64url')
  }
})

describe('files that cannot be used', () => {
  const refusal = () => {
    const opened = openCounterStore(
      dir,
      ed25519Sealer(() => privateKey),
    )
    if (opened.ok) opened.value.close()
    return opened.ok ? null : opened.code
  }
  const spoil = (file: string) => {
    const bytes = readFileSync(join(dir, file))
    bytes.fill(0xa5, 100)
    writeFileSync(join(dir, file), bytes)
  }

  it('a damaged journal is refused by name and left as it is', () => {
    store.journal.record(session())
    store.close()
    spoil('journal.db')
    const before = readFileSync(join(dir, 'journal.db'))
    expect(refusal()).toBe('journal_corrupt')
    expect(readFileSync(join(dir, 'journal.db')).equals(before)).toBe(true)
    rmSync(join(dir, 'journal.db'))
    open()
  })

  it('a journal of a newer program is refused by name', () => {
    store.close()
    const db = new DatabaseSync(join(dir, 'journal.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(refusal()).toBe('journal_schema_too_new')
    rmSync(join(dir, 'journal.db'))
    open()
  })

  it.each([
    ['overwritten', () => spoil('replica.db')],
    ['cut off', () => truncateSync(join(dir, 'replica.db'), 5_000)],
    ['no database at all', () => writeFileSync(join(dir, 'replica.db'), 'x'.repeat(10_000))],
    [
      'of a newer program',
      () => {
        const db = new DatabaseSync(join(dir, 'replica.db'))
        db.exec('PRAGMA user_version = 99')
        db.close()
      },
    ],
  ])('a replica that is %s is thrown away and starts again', (_how, damage) => {
    store.replica.apply([], { cursor: 'x', changeSeq: 4, asOf: 1 })
    store.journal.record(session())
    store.close()
    damage()
    expect(open().replica.position()).toEqual({ cursor: '', changeSeq: 0, asOf: null })
    expect(store.journal.due(Date.now(), 10, 10_000)).toHaveLength(1)
  })
})

describe('a full disk', () => {
  it('is a named fault, and nothing of the write is there', () => {
    store.close()
    open({ maxJournalPages: 1 })
    const redemptionId = uuidv7()
    let last = store.journal.record(session())
    for (let n = 0; n < 200 && last.ok; n++) last = store.journal.record(session({ text: 'x'.repeat(500) }))
    expect(last).toMatchObject({ ok: false, fault: 'full' })
    const journaled = store.journal.due(Date.now(), 500, 1e9).length
    const request = {
      redemptionId,
      medium: { keys: [{ v: 1, key: '0'.repeat(64) }] },
      objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
      select: 'best' as const,
      entry: 'tap' as const,
    }
    for (let n = 0; n < 200; n++) {
      if (!store.journal.openIntent({ redemptionId: uuidv7(), createdAt: 0, rollbackId: null, request }).ok) break
    }
    const opened = store.journal.openIntent({ redemptionId, createdAt: 0, rollbackId: null, request })
    expect(opened).toMatchObject({ ok: false, fault: 'full' })
    expect(store.journal.openIntents().some((intent) => intent.redemptionId === redemptionId)).toBe(false)
    expect(store.journal.due(Date.now(), 500, 1e9)).toHaveLength(journaled)
  })
})
