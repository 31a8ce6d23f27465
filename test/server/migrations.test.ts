import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { NewerSchema } from '../../server/store/migrations.ts'
import { migrate as migratePostgres } from '../../server/store/postgres/migrate.ts'
import { migrate as migrateSqlite } from '../../server/store/sqlite/migrate.ts'
import { fillTables, type Row } from '../rigs/rowsOfSchema.ts'
import { newDatabase } from '../rigs/sharedPostgres.ts'

const folderOf = (engine: string) => new URL(`../../server/store/migrations/${engine}/`, import.meta.url)
const filesOf = (engine: string) =>
  readdirSync(folderOf(engine))
    .filter((name) => name.endsWith('.sql'))
    .sort()

/** What a database is made of, in words. */
type Shape = readonly string[]
type Rows = ReadonlyMap<string, readonly Row[]>

interface Database {
  migrate(folder?: URL): Promise<void>
  /** Puts rows into every table; the same on both engines. Its migrations are those of `folder`. */
  fill(folder: URL): Promise<void>
  /** Of these tables, sorted. */
  rows(tables: readonly string[]): Promise<Rows>
  tables(): Promise<readonly string[]>
  /** Everything that makes it what it is: columns, checks, references, indexes, triggers, functions. */
  definition(): Promise<Shape>
  version(): Promise<number>
  setVersion(version: number): Promise<void>
  shape(): Promise<Shape>
}

const sorted = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
const onlyNames = (shape: Shape): readonly string[] => [...new Set(shape.map((name) => name.split('.')[0] ?? ''))]

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
  const db = new Sqlite(join(folder, opened.length === 0 ? 'server.db' : `server-${opened.length}.db`))
  opened.push(() => void db.close())
  const rowsOf = (table: string) => sorted(db.prepare<[], Row>(`SELECT * FROM ${table}`).all())
  return {
    migrate: async (from) => migrateSqlite(db, from),
    fill: async () => void fillTables(db),
    rows: async (tables) => new Map(tables.map((table) => [table, rowsOf(table)])),
    tables: async () => onlyNames(shapeOf(db)),
    definition: async () =>
      db
        .prepare<[], string>("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema")
        .pluck()
        .all()
        .sort(),
    version: async () => Number(db.pragma('user_version', { simple: true })),
    setVersion: async (version) => void db.pragma(`user_version = ${version}`),
    shape: async () => shapeOf(db),
  }
}

const shapeOf = (db: Sqlite.Database): Shape =>
  db
    .prepare<[], string>(
      `SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all()
    .sort()

async function postgres(): Promise<Database> {
  const url = await newDatabase(inject('postgresPort'))
  const client = new pg.Client(url)
  await client.connect()
  opened.push(() => client.end())
  const first = async (sql: string) => Number(Object.values((await client.query(sql)).rows[0] ?? {})[0] ?? 0)
  const shape = async (): Promise<Shape> => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'schema_versions'`,
    )
    return rows.map(({ name }) => name).sort()
  }
  const rowsOf = async (table: string) => {
    const { rows } = await client.query<Row>(`SELECT * FROM ${table}`)
    return sorted(rows)
  }
  return {
    migrate: (from) => migratePostgres(url, from),
    async fill(from) {
      // The rows of the other engine's same version, which has the same tables and columns.
      const twin = new Sqlite(':memory:')
      migrateSqlite(twin, new URL(from.href.replace('/postgres-', '/sqlite-')))
      const filled = fillTables(twin)
      twin.close()
      await client.query('SET session_replication_role = replica')
      for (const [table, rows] of filled) {
        await client.query(`DELETE FROM ${table}`)
        for (const row of rows) {
          const [names, values] = [Object.keys(row), Object.values(row)]
          const marks = names.map((_, index) => `$${index + 1}`)
          await client.query(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks.join(', ')})`, values)
        }
      }
      await client.query('SET session_replication_role = origin')
    },
    async rows(tables) {
      const rows = new Map<string, readonly Row[]>()
      for (const table of tables) rows.set(table, await rowsOf(table))
      return rows
    },
    tables: async () => onlyNames(await shape()),
    async definition() {
      const { rows } = await client.query<{ made: string }>(DEFINITION)
      return rows.map(({ made }) => made).sort()
    },
    version: () => first('SELECT max(version) FROM schema_versions'),
    setVersion: async (version) =>
      void (await client.query("INSERT INTO schema_versions (version, name) VALUES ($1, 'newer')", [version])),
    shape,
  }
}

/** Everything in the schema `public` of a PostgreSQL, one line a thing. */
const DEFINITION = `
  SELECT 'column ' || row_to_json(c)::text AS made FROM (
    SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression, collation_name
    FROM information_schema.columns WHERE table_schema = 'public') c
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')`

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

  // Two that only this test knows, so that there are always several to come from: one that adds, one that makes anew.
  const [second, third] = [next, `${String(newest + 2).padStart(4, '0')}_after.sql`]
  const later = {
    [second]: `ALTER TABLE holders ADD COLUMN shoe_size INTEGER DEFAULT 26; CREATE INDEX holders_size ON holders (shoe_size);
      CREATE TABLE later (n INTEGER PRIMARY KEY, of_holder TEXT REFERENCES holders (holder_id));`,
    [third]: `CREATE TABLE quarantine_anew AS SELECT * FROM quarantine; DROP TABLE quarantine;
      ALTER TABLE quarantine_anew RENAME TO quarantine;`,
  }
  let asNew: Shape | null = null
  const upTo = (of: string, version: number): URL =>
    migrationsUpTo(of, version, Object.fromEntries(Object.entries(later).slice(0, Math.max(0, version - newest))))

  it.each(Array.from({ length: newest + 2 }, (_, version) => version))(
    'bring version %i, with rows in every table, to the newest: all of them stay, and it is made as a new one',
    async (version) => {
      if (engine === 'postgres') upTo('sqlite', version)
      const from = upTo(engine, version)
      const to = migrationsUpTo(engine, newest, later)
      const old = await open()
      await old.migrate(from)
      expect(await old.version()).toBe(version)
      await old.fill(from)
      const tables = await old.tables()
      const before = await old.rows(tables)
      expect(tables.length).toBeGreaterThanOrEqual(version > 0 ? 40 : 0)
      expect([...before].filter(([, rows]) => rows.length === 0)).toEqual([])

      await old.migrate(to)
      await old.migrate(to)
      expect(await old.version()).toBe(newest + 2)
      const after = await old.rows(tables)
      for (const [table, rows] of before) {
        expect({ table, rows: after.get(table)?.length }).toEqual({ table, rows: rows.length })
        const kept = after
          .get(table)
          ?.map((row) => Object.fromEntries(Object.keys(rows[0] ?? {}).map((of) => [of, row[of]])))
        expect(sorted(kept as Row[]), table).toEqual(rows)
      }
      // Version 0 is a new one.
      asNew ??= await old.definition()
      expect(await old.definition()).toEqual(asNew)
    },
    60_000,
  )

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
