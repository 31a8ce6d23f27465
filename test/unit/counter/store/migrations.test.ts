import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, type Migrations, openDatabase, UnusableFile } from '../../../../counter/store/sqlite/database.ts'
import { JOURNAL_MIGRATIONS } from '../../../../counter/store/sqlite/journalSchema.ts'
import { fillTables, type Row } from '../../../rigs/rowsOfSchema.ts'

/** One that only this test knows, so that there is always something to come from and to go to. */
const NEXT = `
  ALTER TABLE event ADD COLUMN weather TEXT;
  CREATE TABLE later (seq INTEGER PRIMARY KEY REFERENCES event (seq)) STRICT;
  CREATE TABLE resolution_anew AS SELECT * FROM resolution; DROP TABLE resolution;
  ALTER TABLE resolution_anew RENAME TO resolution;`
const NEWEST: Migrations = [...JOURNAL_MIGRATIONS, NEXT]

let folder: string
const path = () => join(folder, 'journal.db')
const open = (migrations: Migrations, at = path()): Db => openDatabase(at, migrations)
const version = (db: Db) => db.pragma('user_version', { simple: true })
const definition = (db: Db) =>
  db.prepare<[], string>("SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1").pluck().all()
const rowsOf = (db: Db, table: string, columns: readonly string[]) =>
  db.prepare<[], Row>(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY 1, 2`).all()
const everything = (db: Db) => {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  return tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()])
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a counter’s journal', () => {
  it.each(Array.from({ length: NEWEST.length }, (_, from) => from))(
    'of version %i, with rows in every table, comes to the newest: all of them stay, and it is made as a new one',
    (from) => {
      const old = open(NEWEST.slice(0, from))
      const before = fillTables(old)
      expect(before.size).toBeGreaterThanOrEqual(from > 0 ? 20 : 0)
      old.close()
      const db = open(NEWEST)
      expect(version(db)).toBe(NEWEST.length)
      for (const [table, rows] of before) {
        const columns = Object.keys(rows[0]!)
        const sorted = rows.toSorted((a, b) => (a[columns[0]!]! < b[columns[0]!]! ? -1 : 1))
        expect(rowsOf(db, table, columns), table).toEqual(sorted)
      }
      const fresh = open(NEWEST, join(folder, 'fresh.db'))
      expect(definition(db)).toEqual(definition(fresh))
      expect(db.pragma('foreign_key_check')).toEqual([])
      fresh.close()
      db.close()
    },
  )

  it('whose migration breaks is left as it was, whole, and comes to the newest when that is repaired', () => {
    const old = open(JOURNAL_MIGRATIONS)
    fillTables(old)
    const [before, made] = [everything(old), definition(old)]
    old.close()
    const broken = `DELETE FROM override; ${NEXT} INSERT INTO nowhere VALUES (1);`
    expect(() => open([...JOURNAL_MIGRATIONS, broken])).toThrow(/nowhere/)
    const after = open(JOURNAL_MIGRATIONS)
    expect(version(after)).toBe(JOURNAL_MIGRATIONS.length)
    expect([everything(after), definition(after)]).toEqual([before, made])
    after.close()
    const repaired = open(NEWEST)
    expect(version(repaired)).toBe(NEWEST.length)
    repaired.close()
  })

  it('of a newer program is refused by name, and left as it was', () => {
    const newer = open(NEWEST)
    fillTables(newer)
    const before = everything(newer)
    newer.close()
    expect(() => open(JOURNAL_MIGRATIONS)).toThrow(UnusableFile)
    expect(() => open(JOURNAL_MIGRATIONS)).toThrow(`schema ${NEWEST.length}, this program knows ${NEWEST.length - 1}`)
    const again = open(NEWEST)
    expect(everything(again)).toEqual(before)
    again.close()
  })
})
