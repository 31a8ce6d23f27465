import { createServer, connect as dial } from 'node:net'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../server/store/postgres/migrate.ts'
import { type Postgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a database is to be had. */
    readonly postgresPort: number
  }
}

/**
 * One PostgreSQL for a whole run of vitest, started by the first file that asks for a database; whoever needs none never waits
 * for it. Each asker dials a port and is told the URL of a database of its own.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Postgres> | null = null
  let template: Promise<string> | null = null
  /** A copy of a database that nobody is in: much faster than making the schema again. */
  const withSchema = async (postgres: Postgres): Promise<string> => {
    template ??= postgres.newDatabase().then(async (url) => {
      await migrate(url)
      return url
    })
    return postgres.newDatabase(await template)
  }
  const server = createServer((socket) => {
    socket.on('error', () => {})
    started ??= startPostgres({ synced: false })
    const postgres = started
    new Promise<string>((resolve) => socket.once('data', (word) => resolve(String(word))))
      .then(async (word) => (word === 'schema' ? withSchema(await postgres) : (await postgres).newDatabase()))
      .then(
        (url) => socket.end(JSON.stringify({ url })),
        (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
      )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address === 'object' && address) project.provide('postgresPort', address.port)
  return async () => {
    server.close()
    const postgres = await started?.catch(() => null)
    await postgres?.stop()
  }
}

/** The URL of an empty database. `port`: vitest's `inject('postgresPort')`. */
export const newDatabase = (port: number): Promise<string> => ask(port, 'empty')

/** The URL of one with its schema, and nothing in its tables. */
export const databaseWithSchema = (port: number): Promise<string> => ask(port, 'schema')

function ask(port: number, what: 'empty' | 'schema'): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = dial({ port, host: '127.0.0.1' }, () => socket.write(what))
    socket.setEncoding('utf8')
    socket.on('data', (text) => {
      answer += text
    })
    socket.once('error', reject)
    socket.once('end', () => {
      const { url, error } = JSON.parse(answer) as { url?: string; error?: string }
      if (url === undefined) reject(new Error(error))
      else resolve(url)
    })
  })
}

/** Empties a database whose schema is there, as if it had just been made; faster than making another one. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ text: string }>(
      `SELECT string_agg(format('DELETE FROM %I;', tablename), ' ') AS text FROM pg_tables
       WHERE schemaname = 'public' AND tablename NOT IN ('schema_versions', 'positions')`,
    )
    // Nothing is asked of what is left when all of it goes.
    await client.query(`SET session_replication_role = replica; ${rows[0]?.text ?? ''}
      UPDATE positions SET value = 0; SELECT setval('change_positions', 0)`)
  } finally {
    await client.end()
  }
}
