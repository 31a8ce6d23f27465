import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { NewerSchema } from '../../server/store/migrations.ts'
import { migrate as migratePostgres } from '../../server/store/postgres/migrate.ts'
import { migrate as migrateSqlite } from '../../server/store/sqlite/migrate.ts'
import { newDatabase } from '../rigs/sharedPostgres.ts'

const folderOf = (engine: string) => new URL(`../../server/store/migrations/${engine}/`, import.meta.url)
const filesOf = (engine: string) =>
  readdirSync(folderOf(engine))
    .filter((name) => name.endsWith('.sql'))
    .sort()

/** What a database is made of, in words. */
type Shape = readonly string[]

interface Database {
  migrate(folder?: URL): Promise<void>
  run(sql: string): Promise<void>
  version(): Promise<number>
  setVersion(version: number): Promise<void>
  shape(): Promise<Shape>
}

let folder: string
const opened: (() => void | Promise<void>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-migrations-'))
})
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function sqlite(): Promise<Database> {
  const db = new Sqlite(join(folder, 'server.db'))
  opened.push(() => void db.close())
  return {
    migrate: async (from) => migrateSqlite(db, from),
    run: async (sql) => void db.exec(sql),
    version: async () => Number(db.pragma('user_version', { simple: true })),
    setVersion: async (version) => void db.pragma(`user_version = ${version}`),
    shape: async () =>
      db
        .prepare<[], string>(
          `SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
           WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
        )
        .pluck()
        .all()
        .sort(),
  }
}

async function postgres(): Promise<Database> {
  const url = await newDatabase(inject('postgresPort'))
  const client = new pg.Client(url)
  await client.connect()
  opened.push(() => client.end())
  const first = async (sql: string) => Number(Object.values((await client.query(sql)).rows[0] ?? {})[0] ?? 0)
  return {
    migrate: (from) => migratePostgres(url, from),
    run: async (sql) => void (await client.query(sql)),
    version: () => first('SELECT max(version) FROM schema_versions'),
    setVersion: async (version) =>
      void (await client.query("INSERT INTO schema_versions (version, name) VALUES ($1, 'newer')", [version])),
    shape: async () => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> 'schema_versions'`,
      )
      return rows.map(({ name }) => name).sort()
    },
  }
}

/** The first migrations of an engine, as a folder; with others behind them. */
function migrationsUpTo(engine: string, version: number, more: Record<string, string> = {}): URL {
  const into = join(folder, `${engine}-${version}-${Object.keys(more).length}`)
  mkdirSync(into)
  for (const name of filesOf(engine).slice(0, version)) cpSync(new URL(name, folderOf(engine)), join(into, name))
  for (const [name, sql] of Object.entries(more)) writeFileSync(join(into, name), sql)
  return pathToFileURL(`${into}/`)
}

describe.each([
  ['sqlite', sqlite],
  ['postgres', postgres],
] as const)('migrations on %s', (engine, open) => {
  const newest = filesOf(engine).length
  const next = `${String(newest + 1).padStart(4, '0')}_next.sql`

  it.each(Array.from({ length: newest }, (_, version) => version))('bring version %i up to date', async (version) => {
    const old = await open()
    await old.migrate(migrationsUpTo(engine, version))
    expect(await old.version()).toBe(version)
    // What that version's own program would have written: by its own SQL, one file a version.
    if (version > 0) {
      const written = new URL(
        `../fixtures/migrations/${engine}/${String(version).padStart(4, '0')}.sql`,
        import.meta.url,
      )
      await old.run(readFileSync(written, 'utf8'))
    }
    await old.migrate()
    expect(await old.version()).toBe(newest)
    await old.migrate()
    expect(await old.version()).toBe(newest)
    expect((await old.shape()).length).toBeGreaterThan(100)
  })

  it('a database of a newer program is refused by name, and left alone', async () => {
    const database = await open()
    await database.migrate()
    const before = await database.shape()
    await database.setVersion(9_999)
    await expect(database.migrate()).rejects.toThrow(NewerSchema)
    await expect(database.migrate()).rejects.toThrow(/9999/)
    expect(await database.version()).toBe(9_999)
    expect(await database.shape()).toEqual(before)
  })

  it('one that breaks in the middle leaves the version before, whole, and can be done again', async () => {
    const database = await open()
    await database.migrate()
    const before = await database.shape()
    const broken = {
      [next]: 'CREATE TABLE half (n INTEGER); INSERT INTO half VALUES (1); INSERT INTO nowhere VALUES (1);',
    }
    await expect(database.migrate(migrationsUpTo(engine, newest, broken))).rejects.toThrow(/nowhere/)
    expect(await database.version()).toBe(newest)
    expect(await database.shape()).toEqual(before)

    const repaired = { [next]: 'CREATE TABLE half (n INTEGER); INSERT INTO half VALUES (1);', 'z.txt': '' }
    await database.migrate(migrationsUpTo(engine, newest, repaired))
    expect(await database.version()).toBe(newest + 1)
    expect(await database.shape()).toContain('half.n')
  })
})

describe('a server that is killed in the middle of a migration', () => {
  it('leaves the version before, whole, on SQLite', async () => {
    const database = await sqlite()
    await database.migrate()
    const before = await database.shape()
    const version = await database.version()
    const deadly = `CREATE TABLE half (n INTEGER); SELECT die(); CREATE TABLE other (n INTEGER);`
    const from = migrationsUpTo('sqlite', version, { [`${String(version + 1).padStart(4, '0')}_deadly.sql`]: deadly })
    const program = `
      import Sqlite from 'better-sqlite3'
      import { migrate } from ${JSON.stringify(new URL('../../server/store/sqlite/migrate.ts', import.meta.url).href)}
      const db = new Sqlite(${JSON.stringify(join(folder, 'server.db'))})
      db.function('die', () => process.kill(process.pid, 'SIGKILL'))
      migrate(db, new URL(${JSON.stringify(from.href)}))`
    const options = { cwd: new URL('../..', import.meta.url), encoding: 'utf8' } as const
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], options)
    expect(signal).toBe('SIGKILL')
    expect(await database.version()).toBe(version)
    expect(await database.shape()).toEqual(before)
  })

  it('leaves the version before, whole, on PostgreSQL', async () => {
    const database = await postgres()
    await database.migrate()
    const before = await database.shape()
    const version = await database.version()
    const deadly = `CREATE TABLE half (n BIGINT); SELECT pg_terminate_backend(pg_backend_pid()); SELECT pg_sleep(1);`
    const name = `${String(version + 1).padStart(4, '0')}_deadly.sql`
    await expect(database.migrate(migrationsUpTo('postgres', version, { [name]: deadly }))).rejects.toThrow()
    expect(await database.version()).toBe(version)
    expect(await database.shape()).toEqual(before)
  })
})

it('several processes that start at once migrate PostgreSQL once', async () => {
  const database = await postgres()
  await Promise.all([database.migrate(), database.migrate(), database.migrate()])
  expect(await database.version()).toBe(filesOf('postgres').length)
})

it('both engines keep the same tables and columns', async () => {
  const [ours, theirs] = [await sqlite(), await postgres()]
  await ours.migrate()
  await theirs.migrate()
  expect(await theirs.shape()).toEqual(await ours.shape())
})
