import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import { signedLink } from '../../../../core/events/verify.ts'
import { chainCrypto } from '../../../../counter/station/chainCrypto.ts'
import { openJournalFile } from '../../../../counter/store/sqlite/journalFile.ts'
import { journalRig, NOW } from './journalRig.ts'

const PAGE = 4_096
const pagesOf = (path: string) => Math.floor(statSync(path).size / PAGE)

/** Overwrites one page of a file with what was never in a database. */
function spoilPage(path: string, page: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, (page - 1) * PAGE, page * PAGE)
  writeFileSync(path, bytes)
}

/** A closed journal of 40 approvals, half of them sent, and what each event was. */
function filledJournal() {
  const rig = journalRig()
  rig.enrol()
  for (let n = 0; n < 40; n++) rig.approve(NOW + n)
  const events = rig.waiting()
  rig.settle(
    'confirmed',
    events.slice(0, 20).map(({ seq }) => seq),
  )
  rig.close()
  const original = `${rig.path}.original`
  copyFileSync(rig.path, original)
  return { rig, events, restore: () => copyFileSync(original, rig.path) }
}

/** Reads and writes as a counter does from its start; what it meets first. */
function work(rig: ReturnType<typeof journalRig>): 'closed' | 'stops' | 'works' {
  let damage: string | null = null
  const opened = rig.attempt({
    damaged: (detail) => {
      damage = detail
    },
  })
  if (!opened.ok) {
    expect(opened.code).toBe('journal_corrupt')
    return 'closed'
  }
  const { journal } = opened.value
  try {
    journal.station()
    journal.openIntents()
    journal.pendingUndos()
    journal.lastApproval()
    journal.waiting()
    journal.due(NOW * 2, 500, 1e9)
    for (let slices = 0; slices < 1_000; slices++) if (journal.scrub().state !== 'more') break
    journal.usesOf([])
    journal.record({ type: 'session', id: rig.newId(), stationAt: NOW, correctedAt: NOW, body: {} })
  } catch (error) {
    // The program ends, as it does on any error that nobody handles; but it knows why.
    expect(damage, String(error)).not.toBeNull()
  }
  rig.close()
  return damage === null ? 'works' : 'stops'
}

describe('a damaged page in the journal', () => {
  it('wherever it is: named, never replaced, and what can be read is rescued as it was', () => {
    const { rig, events, restore } = filledJournal()
    const crypto = chainCrypto(rig.sealer.publicKey())
    const lost: number[] = []
    const outcomes = { closed: 0, stops: 0, works: 0 }
    const pages = pagesOf(rig.path)
    expect(pages).toBeGreaterThan(20)
    for (let page = 1; page <= pages; page++) {
      restore()
      rig.forgetDamage()
      spoilPage(rig.path, page)
      const spoiled = readFileSync(rig.path)
      const outcome = work(rig)
      outcomes[outcome] += 1
      if (outcome === 'stops') {
        // Met while at work: the next start reads everything first.
        expect(existsSync(`${rig.path}.damaged`)).toBe(true)
        expect(work(rig), `page ${page}`).toBe('closed')
      }
      if (outcome === 'closed') expect(readFileSync(rig.path).equals(spoiled)).toBe(true)

      const file = openJournalFile(rig.path)
      if (!file.ok) throw new Error(`page ${page}: ${file.problem}`)
      const found = [...file.value.events()].filter((event) => typeof event !== 'number')
      file.value.close()
      for (const event of found.filter(({ seq }) => seq <= 40)) {
        expect(signedLink(event, crypto).ok).toBe(true)
        expect(event).toEqual(events[event.seq - 1])
      }
      // A page that holds no events costs none; one that does costs what was on it.
      lost.push(40 - found.filter(({ seq }) => seq <= 40).length)
      if (outcome === 'works') expect(lost.at(-1), `page ${page}`).toBe(0)
    }
    // Only the one page from which the others are found costs them all; a page of events, those on it.
    const costly = lost.filter((events) => events > 15)
    expect(costly.length, lost.join()).toBeLessThanOrEqual(1)
    expect(outcomes.closed).toBeGreaterThan(0)
    expect(outcomes.stops).toBeGreaterThan(0)
  }, 120_000)

  it('a changed byte that SQLite cannot know of is found by its signature', () => {
    const { rig } = filledJournal()
    rig.tamper(`UPDATE event SET body = json_set(body, '$.totalDiscount', 1) WHERE seq = 38`)
    expect(rig.attempt()).toMatchObject({ ok: false, code: 'journal_corrupt', detail: 'event 38: signature' })
  })

  it('far from the end it is found while the counter works, and then at every start', () => {
    const rig = journalRig()
    rig.record(...Array.from({ length: 80 }, (_, n) => NOW + n))
    rig.close()
    rig.tamper(`UPDATE event SET corrected_at = 0 WHERE seq = 3`)
    const details: string[] = []
    const { journal } = rig.open({ damaged: (detail) => details.push(detail) })
    const states = Array.from({ length: 20 }, () => journal.scrub().state)
    expect(states).toContain('damaged')
    expect(details[0]).toBe('event 3: signature')
    expect(rig.attempt()).toMatchObject({ ok: false, code: 'journal_corrupt' })
  })

  it('a mark that turns out to be nothing is taken away', () => {
    const rig = journalRig()
    rig.record(NOW)
    rig.close()
    writeFileSync(`${rig.path}.damaged`, 'a cable was loose\n')
    rig.open()
    expect(existsSync(`${rig.path}.damaged`)).toBe(false)
  })
})

describe('the start', () => {
  it('reads the newest events and not the whole journal', () => {
    const rig = journalRig()
    rig.record(...Array.from({ length: 80 }, (_, n) => NOW + n))
    rig.close()
    rig.tamper(`UPDATE event SET corrected_at = 0 WHERE seq = 3`)
    // Were it read, this would be refused.
    expect(rig.attempt().ok).toBe(true)
  })
})

describe('a damaged page in the replica', () => {
  const operator = (n: number): Change => ({
    kind: 'operator',
    changeSeq: n,
    operatorId: `op-${n}`,
    name: `Operator ${n}`,
    role: 'cashier',
    active: true,
    pin: { algorithm: 'scrypt', N: 16, r: 1, p: 1, salt: 'A'.repeat(22), hash: 'A'.repeat(43) },
  })

  it('wherever it is: the copy empties itself or is what it was, is filled again, and the journal is untouched', () => {
    const rig = journalRig()
    const changes = Array.from({ length: 100 }, (_, n) => operator(n + 1))
    const fill = () => rig.current().replica.apply(changes, { cursor: 'c', changeSeq: 100, asOf: NOW })
    rig.record(NOW)
    expect(fill().ok).toBe(true)
    rig.close()
    const path = join(rig.dir, 'replica.db')
    const original = readFileSync(path)
    for (let page = 1; page <= original.length / PAGE; page++) {
      writeFileSync(path, original)
      spoilPage(path, page)
      const { replica } = rig.open()
      const known = replica.operators().length
      expect([0, 100], `page ${page}`).toContain(known)
      if (known === 0) expect(replica.position().cursor).toBe('')
      expect(fill().ok).toBe(true)
      expect(replica.operators()).toHaveLength(100)
      expect(rig.waiting()).toHaveLength(1)
      rig.close()
    }
  }, 120_000)
})

describe('the schema', () => {
  it('of an older program is brought up to date, and nothing of it is lost', () => {
    const { rig, events } = filledJournal()
    const db = new Sqlite(rig.path)
    db.exec('DROP TABLE reader_settings; DROP TABLE chosen_settings; PRAGMA user_version = 1')
    db.close()
    rig.open()
    expect(rig.waiting()).toEqual(events.slice(20))
    expect(rig.current().journal.readerSettings()).toBeNull()
    expect(rig.verify()).toMatchObject({ broken: null, events: 40 })
  })

  it('of a newer program is refused by name and left as it is; what waits can be saved, and used again', () => {
    const { rig, events } = filledJournal()
    const version = rig.pragma('user_version')
    rig.pragma('user_version = 99')
    const before = readFileSync(rig.path)
    expect(rig.attempt()).toMatchObject({ ok: false, code: 'journal_schema_too_new' })
    expect(readFileSync(rig.path).equals(before)).toBe(true)
    const file = openJournalFile(rig.path)
    expect(file.ok && file.value.waiting).toEqual(events.slice(20).map(({ seq }) => seq))
    if (file.ok) file.value.close()
    rig.pragma(`user_version = ${version}`)
    rig.open()
    expect(rig.waiting()).toEqual(events.slice(20))
  })

  it('signed with another key: refused by name', () => {
    const rig = journalRig()
    rig.record(NOW)
    const other = journalRig()
    other.record(NOW)
    other.close()
    rig.close()
    copyFileSync(other.path, rig.path)
    expect(rig.attempt()).toMatchObject({ ok: false, code: 'journal_of_another_key' })
  })
})
