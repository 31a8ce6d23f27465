import type Sqlite from 'better-sqlite3'
import { seededRandom } from './seededRandom.ts'

type Value = string | number | Buffer | null
export type Row = Readonly<Record<string, Value>>

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly hidden: number
}

interface Reference {
  readonly table: string
  readonly from: string
  readonly to: string | null
}

const ROWS = 2
const TRIES = 4_000
/** There are tables that have room for one row alone. */
const TRIES_FOR_MORE = 200

/**
 * Puts rows into every table of a SQLite schema, whichever version it is, by what the schema says of itself: types, keys,
 * references and the values that its checks name. Returns them by table, parents first. Throws, naming the table, where none
 * fits: a new kind of check wants a new kind of value here.
 */
export function fillTables(db: Sqlite.Database): ReadonlyMap<string, readonly Row[]> {
  db.pragma('foreign_keys = ON')
  return db.transaction(() => filled(db))()
}

function filled(db: Sqlite.Database): ReadonlyMap<string, readonly Row[]> {
  const random = seededRandom(1)
  const rows = new Map<string, readonly Row[]>()
  for (const table of parentsFirst(db)) {
    const all = () => db.prepare<[], Row>(`SELECT * FROM ${table}`).all()
    const columns = db.prepare<[], Column>(`SELECT * FROM pragma_table_xinfo('${table}')`).all()
    const writable = columns.filter(({ hidden }) => hidden === 0)
    const values = valuesFor(db, table, rows)
    const marks = writable.map(() => '?').join(', ')
    const insert = db.prepare(`INSERT INTO ${table} (${writable.map(({ name }) => name).join(', ')}) VALUES (${marks})`)
    let put = 0
    for (let attempt = 0; attempt < (put === 0 ? TRIES : TRIES_FOR_MORE) && put < ROWS; attempt++) {
      try {
        put += insert.run(writable.map((column) => random.pick(values(column, attempt)))).changes
      } catch (error) {
        if (!String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) throw error
      }
    }
    if (all().length === 0) throw new Error(`no row fits into ${table}`)
    rows.set(table, all())
  }
  return rows
}

const REFERENCES = (table: string) => `SELECT "table", "from", "to" FROM pragma_foreign_key_list('${table}')`

function parentsFirst(db: Sqlite.Database): readonly string[] {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
    .pluck()
    .all()
  const ordered: string[] = []
  const visit = (table: string, path: readonly string[]) => {
    if (ordered.includes(table) || path.includes(table)) return
    for (const { table: parent } of db.prepare<[], Reference>(REFERENCES(table)).all()) visit(parent, [...path, table])
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}

/** What may stand in a column of the n-th row that is tried. */
function valuesFor(db: Sqlite.Database, table: string, parents: ReadonlyMap<string, readonly Row[]>) {
  const sql = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? ''
  const references = db.prepare<[], Reference>(REFERENCES(table)).all()
  return ({ name, type, notnull }: Column, n: number): readonly Value[] => {
    const nothing: readonly Value[] = notnull === 1 ? [] : [null]
    const reference = references.find(({ from }) => from === name)
    if (reference) {
      const theirs = parents.get(reference.table) ?? []
      const found = theirs.map((row) => row[reference.to ?? Object.keys(row)[0] ?? ''] ?? null)
      return [...found, ...nothing]
    }
    const named = new RegExp(`\\b${name} IN \\(([^)]*)\\)`).exec(sql)?.[1]
    if (named) {
      const words = named.split(',').map((word) => word.trim())
      return [...words.map((word) => (word.startsWith("'") ? word.slice(1, -1) : Number(word))), ...nothing]
    }
    const bytes = Number(new RegExp(`length\\(${name}\\) = (\\d+)`).exec(sql)?.[1] ?? 32)
    switch (type) {
      case 'INTEGER':
        return [n + 1, n + 2, ...nothing]
      case 'REAL':
        return [n + 0.5, ...nothing]
      case 'BLOB':
        return [Buffer.alloc(bytes, `${table} ${name} ${n}`), ...nothing]
      default:
        // Also good JSON, which many columns ask for.
        return [JSON.stringify(`${table} ${name} ${n}`), ...nothing]
    }
  }
}
