import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { NewerSchema } from '../../server/store/migrations.ts'
import { openDatabase } from '../../server/store/sqlite/database.ts'
import { migrate } from '../../server/store/sqlite/migrate.ts'
import { sqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock, systemIds } from '../../server/system.ts'
import { HASH_KEYS, newMedium, objective, rules, seed } from './fixture.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-store-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the file', () => {
  it('is opened so that a commit survives a power cut', () => {
    const db = openDatabase(join(folder, 'a', 'new', 'server.db'))
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(10_000)
    db.close()
  })

  it('of a newer program is refused by name and left alone', () => {
    const path = join(folder, 'server.db')
    const newer = openDatabase(path)
    newer.pragma('user_version = 9999')
    newer.close()
    expect(() => openDatabase(path)).toThrow(NewerSchema)
    expect(() => openDatabase(path)).toThrow(/9999/)
    const db = new Sqlite(path)
    expect(db.pragma('user_version', { simple: true })).toBe(9999)
    db.close()
  })
})

describe('migrations', () => {
  const write = (files: Record<string, string>) => {
    const migrations = join(folder, 'migrations')
    mkdirSync(migrations, { recursive: true })
    for (const [name, sql] of Object.entries(files)) writeFileSync(join(migrations, name), sql)
    return pathToFileURL(`${migrations}/`)
  }

  it('run in order, once', () => {
    const db = new Sqlite(join(folder, 'm.db'))
    const first = write({ '0001_a.sql': 'CREATE TABLE a (n INTEGER) STRICT;' })
    migrate(db, first)
    migrate(db, first)
    const both = write({ '0002_b.sql': 'INSERT INTO a VALUES (1); CREATE TABLE b (n INTEGER) STRICT;' })
    migrate(db, both)
    migrate(db, both)
    expect(db.pragma('user_version', { simple: true })).toBe(2)
    expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1)
    db.close()
  })

  it('that fail halfway leave the version before, whole', () => {
    const db = new Sqlite(join(folder, 'm.db'))
    const broken = write({
      '0001_a.sql': 'CREATE TABLE a (n INTEGER) STRICT;',
      '0002_b.sql': 'CREATE TABLE b (n INTEGER) STRICT; INSERT INTO nowhere VALUES (1);',
    })
    expect(() => migrate(db, broken)).toThrow(/nowhere/)
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(['a'])
    db.close()
  })

  it('with a number missing are refused', () => {
    const db = new Sqlite(':memory:')
    expect(() => migrate(db, write({ '0001_a.sql': '', '0003_c.sql': '' }))).toThrow(/out of order/)
    db.close()
  })
})

describe('a disk that is full', () => {
  it('answers 503 to every caller, keeps nothing of the batch, and goes on when there is room', async () => {
    const path = join(folder, 'server.db')
    const db = openDatabase(path)
    const store = sqliteCouponStore(db, systemIds)
    const app = await buildApp({ store, hashKeys: HASH_KEYS, clock: systemClock, ids: systemIds })
    const { operators, stations } = await seed(store, systemClock, {})
    const ask = (url: string, payload: object, token = stations.north) =>
      app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${token}` }, payload })
    const campaignId = uuidv7()
    const limits = { acquisitionUses: 1_000_000, holderAcquisitions: 1 }
    await ask('/v1/campaigns', { campaignId, rules: rules({ limits }) }, operators.planner.token)
    await ask(`/v1/campaigns/${campaignId}/submit`, {}, operators.planner.token)
    await ask(`/v1/campaigns/${campaignId}/approve`, {}, operators.approver.token)
    const medium = newMedium()
    await ask('/v1/acquisitions', { acquisitionId: uuidv7(), campaignId, medium })

    const redeem = () =>
      ask('/v1/redemptions', { redemptionId: uuidv7(), medium, objective: objective(), select: 'best' })
    const usesLeft = async () =>
      (await ask('/v1/search', { medium, objective: objective() })).json().usable[0].usesLeft as number
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`)
    let approved = 0
    let unavailable = 0
    for (let round = 0; round < 40 && unavailable < 16; round++) {
      const answers = await Promise.all(Array.from({ length: 16 }, redeem))
      approved += answers.filter((answer) => answer.statusCode === 200).length
      unavailable += answers.filter((answer) => answer.statusCode === 503).length
      expect(answers.every((answer) => [200, 503].includes(answer.statusCode))).toBe(true)
    }
    expect(unavailable).toBeGreaterThanOrEqual(16)
    expect(await usesLeft()).toBe(1_000_000 - approved)
    db.pragma('max_page_count = 1000000')
    expect((await redeem()).json()).toMatchObject({ status: 'approved' })
    expect(await usesLeft()).toBe(1_000_000 - approved - 1)
    await app.close()
  })
})
