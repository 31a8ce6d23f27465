import pg from 'pg'
import { StoreUnavailable } from '../commands.ts'
import { asStoreError, configOf, TryAgain } from './connection.ts'

/** Questions to the database; values are always apart from the text. */
export interface Queries {
  all<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  one<Row>(text: string, values?: readonly unknown[]): Promise<Row | undefined>
  /** How many rows a statement has written. */
  run(text: string, values?: readonly unknown[]): Promise<number>
  /** Both. */
  ask(
    text: string,
    values: readonly unknown[],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[]; readonly changes: number }>
}

/** Everything that is not deciding a batch: one connection of a pool for each piece of work. */
export interface Desk extends Queries {
  /** Runs `work` over one unchanging view of the database. */
  read<Result>(work: (view: Queries) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` in a transaction that is kept when it resolves and undone when it rejects. One that met another transaction
   * is begun again, so `work` may run several times.
   */
  write<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** Work that is met by others this often is met for another reason. */
const MOST_TRIES = 20

/** Connections for the office, for copies and for pages of the feed. */
const MOST_CONNECTIONS = 6

const types = new pg.TypeOverrides()
// Every count, sum and position is within what a double holds exactly; what is true is 1, as everywhere in the tables.
for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) types.setTypeParser(type, Number)
types.setTypeParser(pg.types.builtins.BOOL, (value) => Number(value === 't'))

/** Opens no connection before it is asked something. */
export function openDesk(url: string): Desk {
  const pool = new pg.Pool({ ...configOf(url), types, max: MOST_CONNECTIONS, idleTimeoutMillis: 30_000 })
  // A connection that breaks while nobody uses it is replaced by the next who asks.
  pool.on('error', () => {})
  let isClosed = false

  const queriesOf = (client: pg.Pool | pg.PoolClient): Queries => {
    const query = async (text: string, values: readonly unknown[] = []) => {
      try {
        return await client.query({ text, values: [...values] })
      } catch (error) {
        throw asStoreError(error)
      }
    }
    return {
      all: async <Row>(text: string, values?: readonly unknown[]) => (await query(text, values)).rows as Row[],
      one: async <Row>(text: string, values?: readonly unknown[]) => (await query(text, values)).rows[0] as Row,
      run: async (text, values) => (await query(text, values)).rowCount ?? 0,
      async ask(text, values) {
        const { rows, rowCount } = await query(text, values)
        return { rows, changes: rowCount ?? 0 }
      },
    }
  }

  const connected = async (): Promise<pg.PoolClient> => {
    if (isClosed) throw new StoreUnavailable('the store was closed')
    try {
      return await pool.connect()
    } catch (error) {
      throw asStoreError(error)
    }
  }

  const inTransaction = async <Result>(begin: string, work: (tx: Queries) => Promise<Result>): Promise<Result> => {
    const client = await connected()
    let broken: Error | undefined
    try {
      const tx = queriesOf(client)
      await tx.run(begin)
      const result = await work(tx)
      await tx.run('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  return {
    ...queriesOf(pool),
    read: (work) => inTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
    async write(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await inTransaction('BEGIN', work)
        } catch (error) {
          if (!(error instanceof TryAgain)) throw error
          if (tries === MOST_TRIES) throw new StoreUnavailable('others were faster every time', { cause: error })
        }
      }
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await pool.end()
    },
  }
}

/** The next `n` positions of the change feed, rising, for the open transaction. */
export async function takeChanges(tx: Queries, n: number): Promise<readonly number[]> {
  const rows = await tx.all<{ change: number }>('SELECT unnest(take_changes($1)) AS change', [n])
  return rows.map(({ change }) => change)
}

/** The next one. */
export async function takeChange(tx: Queries): Promise<number> {
  const [change] = await takeChanges(tx, 1)
  if (change === undefined) throw new Error('no position was given out')
  return change
}
