import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { openDesk } from '../../server/store/postgres/desk.ts'
import { copyHere } from '../../server/store/postgres/feed/copyInThread.ts'
import { postgresCouponStore } from '../../server/store/postgres/postgresCouponStore.ts'
import { textFor, translate, valuesOf } from '../../server/store/postgres/replay/dialect.ts'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemIds as ids } from '../../server/system.ts'
import { databaseWithSchema } from '../rigs/sharedPostgres.ts'

/** Whether this run of the tests is about PostgreSQL: the vitest project says so. */
export const ON_POSTGRES = process.env.TAPCOUPON_TEST_ENGINE === 'postgres'

export interface TestDatabase {
  /** A SQLite file, or a URL. */
  readonly database: string
  readonly store: CouponStore
  /** Runs SQL behind the store's back, written as for SQLite, with its values: the rows that it finds. */
  ask<Row>(sql: string, ...values: unknown[]): Promise<readonly Row[]>
  /** After the store was closed. */
  remove(): Promise<void>
}

/** A new, open database of the engine that this run is about; `path`: of SQLite, where the file is to be, and to stay. */
export async function testDatabase(path?: string): Promise<TestDatabase> {
  if (ON_POSTGRES) {
    const { inject } = await import('vitest')
    return postgresTestDatabase(await databaseWithSchema(inject('postgresPort')))
  }
  const folder = path === undefined ? mkdtempSync(join(tmpdir(), 'tapcoupon-server-')) : null
  const database = path ?? join(folder ?? '', 'server.db')
  return {
    database,
    store: openSqliteCouponStore({ path: database, ids }),
    async ask<Row>(sql: string, ...values: unknown[]) {
      const db = new Sqlite(database)
      try {
        const statement = db.prepare(sql)
        if (statement.reader) return statement.all(...values) as Row[]
        statement.run(...values)
        return []
      } finally {
        db.close()
      }
    },
    async remove() {
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same of a PostgreSQL whose schema is there. */
export async function postgresTestDatabase(url: string): Promise<TestDatabase> {
  const store = await postgresCouponStore({ url, ids, copyWriter: copyHere })
  const desk = openDesk(url)
  return {
    database: url,
    store,
    ask: async <Row>(sql: string, ...values: unknown[]) => {
      const statement = translate(sql)
      const ordered = valuesOf(statement, values)
      return (await desk.ask(textFor(statement, ordered), ordered)).rows as readonly Row[]
    },
    remove: () => desk.close(),
  }
}
