import pg from 'pg'
import { expect, inject, it, vi } from 'vitest'
import { openDesk } from '../../server/store/postgres/desk.ts'
import { migrate } from '../../server/store/postgres/migrate.ts'
import { officeSide } from '../../server/store/postgres/officeSide.ts'
import { textFor, translate } from '../../server/store/postgres/replay/dialect.ts'
import { systemIds } from '../../server/system.ts'
import { newDatabase } from '../rigs/sharedPostgres.ts'

const { prepared } = vi.hoisted(() => ({ prepared: new Set<string>() }))
vi.mock(import('../../server/store/postgres/replay/dialect.ts'), async (original) => {
  const dialect = await original()
  return {
    ...dialect,
    translate: (sql: string) => {
      prepared.add(sql)
      return dialect.translate(sql)
    },
  }
})

/** Of the change feed and of files, which PostgreSQL has its own for. */
const NEVER_ASKED = /^\s*PRAGMA/

it('PostgreSQL understands every statement of the office’s stores, with values and without', async () => {
  const url = await newDatabase(inject('postgresPort'))
  await migrate(url)
  const desk = openDesk(url)
  officeSide(desk, systemIds)
  await desk.close()
  const statements = [...prepared].filter((sql) => !NEVER_ASKED.test(sql))
  expect(statements.length).toBeGreaterThan(150)

  const client = new pg.Client(url)
  await client.connect()
  const failures: string[] = []
  for (const sql of statements) {
    const translated = translate(sql)
    for (const value of [null, 'x']) {
      const text = textFor(
        translated,
        translated.parameters.map(() => value),
      )
      await client.query(`PREPARE asked AS ${text}`).then(
        () => client.query('DEALLOCATE asked'),
        (error: Error) => void failures.push(`${error.message}: ${text.replace(/\s+/g, ' ').trim()}`),
      )
    }
  }
  await client.end()
  expect(failures).toEqual([])
})
