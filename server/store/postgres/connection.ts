import pg from 'pg'
import { StoreUnavailable } from '../commands.ts'
import { BY_INDEX } from './lookedUp.ts'

/** SQL that is prepared once a connection, under its name. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** One statement with its values. Arrays become PostgreSQL's arrays. */
export interface Call {
  readonly statement: Statement
  readonly values: readonly unknown[]
}

/** A row as its columns in order. */
export type Row = readonly unknown[]

/** One connection: what is sent together takes one round trip. */
export interface Connection {
  /** Sends all at once; rows of each, in order. Rejects with the first error after all have been answered. */
  run(calls: readonly Call[]): Promise<readonly (readonly Row[])[]>
  /** Whether it can still be used. */
  readonly isOpen: boolean
  close(): Promise<void>
}

const types = new pg.TypeOverrides()
// Every count, sum and position is within what a double holds exactly.
types.setTypeParser(pg.types.builtins.INT8, Number)

/** The driver's settings for a database; nothing of the URL is ever in a message of ours. */
export function configOf(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'tapcoupon',
  }
}

/** Opens a pipelined connection for statements that look up rows by index. Rejects with `StoreUnavailable`. */
export async function connect(url: string): Promise<Connection> {
  const client = new pg.Client({ ...configOf(url), pipeline: true })
  let isOpen = true
  client.on('error', () => {
    isOpen = false
  })
  client.on('end', () => {
    isOpen = false
  })
  try {
    await client.connect()
    await client.query(BY_INDEX)
  } catch (error) {
    await client.end().catch(() => {})
    throw asStoreError(error)
  }
  return {
    async run(calls) {
      const { stream } = client.connection
      // The driver writes each by itself; a write to a socket costs more than what is in it.
      stream.cork()
      const sent = calls.map(({ statement, values }) =>
        client.query<unknown[]>({ ...statement, values: [...values], rowMode: 'array' }),
      )
      stream.uncork()
      const answers = await Promise.allSettled(sent)
      const rows: (readonly Row[])[] = []
      for (const answer of answers) {
        if (answer.status === 'rejected') throw asStoreError(answer.reason)
        rows.push(answer.value.rows)
      }
      return rows
    },
    get isOpen() {
      return isOpen
    },
    async close() {
      isOpen = false
      await client.end().catch(() => {})
    },
  }
}

/** The transaction met another one: nothing of it is kept, and it may succeed when it is tried again. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
}

/**
 * Serialization failure, deadlock, a unique key that another transaction was faster with, a lock that was not to be had, and
 * our own `must_hold`.
 */
const TRY_AGAIN = new Set(['40001', '40P01', '23505', '55P03', 'TC001'])

/** Classes that say that the work itself was wrong: data, constraints, syntax. Everything else is the database's own trouble. */
const OURS = /^(21|22|23|42|0A|P0)/

/** Names the failures of the database; what is a bug stays what it is. */
export function asStoreError(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof TryAgain) return error
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
    if (TRY_AGAIN.has(code)) return new TryAgain(`the transaction met another one: ${code}`, { cause: error })
    if (OURS.test(code)) return error as Error
  }
  const named = typeof code === 'string' ? code : 'connection lost'
  return new StoreUnavailable(`the database did not take the work: ${named}`, { cause: error })
}
