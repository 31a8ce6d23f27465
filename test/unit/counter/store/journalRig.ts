import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { uuidv7obj } from 'uuidv7'
import { onTestFinished } from 'vitest'
import type { EventResult, Settlement, StationEvent } from '../../../../core/events/event.ts'
import type { Verdict } from '../../../../core/events/verify.ts'
import { verifyJournal } from '../../../../core/events/verify.ts'
import { chainCrypto } from '../../../../counter/station/chainCrypto.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import type { CounterStore, EventDraft } from '../../../../counter/store/counterStore.ts'
import { openJournalFile } from '../../../../counter/store/sqlite/journalFile.ts'
import { type OpenStoreOptions, openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { STATION } from '../counterParts.ts'

export const DAY = 86_400_000
export const NOW = Date.UTC(2026, 10, 22, 3)

/** A UUIDv7 of a moment. */
export function idOf(ms: number): string {
  const random = uuidv7obj().toHex().slice(13)
  const hex = `${Math.floor(ms).toString(16).padStart(12, '0')}7${random}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** A store in a folder of its own, opened and closed as a test wants, removed with it. */
export function journalRig() {
  const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-journal-'))
  const { privateKey } = generateKeyPairSync('ed25519')
  const sealer = ed25519Sealer(() => privateKey)
  const path = join(dir, 'journal.db')
  let store: CounterStore | null = null

  const close = () => {
    store?.close()
    store = null
  }
  const attempt = (options: OpenStoreOptions = {}) => {
    close()
    const opened = openCounterStore(dir, sealer, options)
    if (opened.ok) store = opened.value
    return opened
  }
  const open = (options: OpenStoreOptions = {}): CounterStore => {
    const opened = attempt(options)
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`)
    return opened.value
  }
  const current = (): CounterStore => store ?? open()
  onTestFinished(() => {
    close()
    rmSync(dir, { recursive: true, force: true })
  })

  const draft = (at: number, type: EventDraft['type'] = 'session', body: Record<string, unknown> = {}): EventDraft => ({
    type,
    id: idOf(at),
    stationAt: at,
    correctedAt: at,
    body: type === 'session' ? { action: 'sign_in', operatorId: 'op-1', ...body } : body,
  })
  return {
    dir,
    path,
    sealer,
    attempt,
    open,
    close,
    current,
    enrol: () => current().journal.recordStation(STATION),
    /** Journals sessions of these times. */
    record: (...times: number[]) => {
      for (const at of times) {
        const written = current().journal.record(draft(at))
        if (!written.ok) throw new Error(written.detail)
      }
    },
    /** An approval with its intent, given offline. */
    approve: (at: number, totalDiscount = 100): string => {
      const { journal } = current()
      const redemptionId = idOf(at)
      const request = {
        redemptionId,
        medium: { keys: [{ v: 1, key: '0'.repeat(64) }] },
        objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
        select: 'best' as const,
        entry: 'tap' as const,
      }
      journal.openIntent({ redemptionId, createdAt: at, rollbackId: null, request })
      const written = journal.showApproved({
        redemptionId,
        shown: { certainty: 'stored', lines: [], totalDiscount, undoUntil: null },
        event: draft(at, 'redemption', { redemptionId, decided: 'offline', totalDiscount, lines: [] }),
        uses: [{ acquisitionId: idOf(at), discount: totalDiscount, usedAt: at, changeSeq: null }],
      })
      if (!written.ok) throw new Error(written.detail)
      return redemptionId
    },
    /** Everything that waits, as it would be sent. */
    waiting: (): readonly StationEvent[] => current().journal.due(Number.MAX_SAFE_INTEGER, 100_000, 1e12),
    /** The server answers for these: all that waits unless named. */
    settle: (status: Settlement = 'confirmed', seqs?: readonly number[]) => {
      const { journal } = current()
      const sent = journal
        .due(Number.MAX_SAFE_INTEGER, 100_000, 1e12)
        .filter(({ seq }) => seqs === undefined || seqs.includes(seq))
      const results = sent.map(({ seq, id }): EventResult => ({ seq, id, status, lines: [] }))
      const settled = journal.settle(sent, results, 5, NOW, NOW + 1)
      if (!settled.ok) throw new Error(settled.detail)
    },
    /** Until there is nothing more to tidy up; how many events left. */
    tidy: (now = NOW, keepMs?: number): number => {
      let events = 0
      for (let slices = 0; slices < 10_000; slices++) {
        const tidied = current().journal.tidy(now, keepMs)
        if (!tidied.ok) throw new Error(tidied.detail)
        events += tidied.value.events
        if (!tidied.value.more) return events
      }
      throw new Error('it never ends')
    },
    verify: (): Verdict => {
      const file = openJournalFile(path)
      if (!file.ok) throw new Error(file.problem)
      try {
        const { checkpoint } = file.value
        return verifyJournal({ checkpoint, whole: true, events: file.value.events() }, chainCrypto(sealer.publicKey()))
      } finally {
        file.value.close()
      }
    },
    /** Does something to the files that no program of ours does. */
    tamper: (sql: string, ...values: unknown[]) => {
      const db = new Sqlite(path)
      db.pragma('foreign_keys = OFF')
      db.prepare(sql).run(...values)
      db.close()
    },
    /** Answers its value; may set one. */
    pragma: (text: string): unknown => {
      const db = new Sqlite(path)
      const value = db.pragma(text, { simple: true })
      db.close()
      return value
    },
    /** As if nobody had ever met damage here. */
    forgetDamage: () => {
      for (const suffix of ['.damaged', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    },
    newId: () => idOf(NOW),
    count: (table: string): number => {
      const db = new Sqlite(path, { readonly: true })
      const rows = db.prepare<[], number>(`SELECT COUNT(*) FROM ${table}`).pluck().get() ?? 0
      db.close()
      return rows
    },
  }
}
