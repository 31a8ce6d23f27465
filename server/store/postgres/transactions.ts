import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import { StoreUnavailable } from '../commands.ts'
import { audited } from '../deciding/audited.ts'
import { CounterMoved } from '../deciding/counterMoved.ts'
import { type Deciding, type DecidingRows, deciding } from '../deciding/deciding.ts'
import { type DefinitionRow, readDefinitions } from '../deciding/definitions.ts'
import type { Unit } from '../deciding/unit.ts'
import { auditSet } from './auditSet.ts'
import { type Connection, connect, type Row, type Statement, TryAgain } from './connection.ts'
import type { ImportSet } from './importSet.ts'
import { lockHolders, lockOthers, lockRedemptions } from './locks.ts'
import { Missing, type Wants, want } from './wants.ts'
import { loads, type WorkingSet, workingSet } from './workingSet.ts'

const statement = (name: string, text: string): Statement => ({ name, text })
const BEGIN = { statement: statement('begin', 'BEGIN'), values: [] }
const COMMIT = { statement: statement('commit', 'COMMIT'), values: [] }
const ROLLBACK = { statement: statement('rollback', 'ROLLBACK'), values: [] }
const POSITIONS = statement(
  'take_positions',
  `SELECT (SELECT value FROM positions WHERE name = 'definitions'), (SELECT last_value FROM change_positions),
    to_json(take_changes($1::BIGINT))`,
)
const POSITION = statement('definitions_position', "SELECT value FROM positions WHERE name = 'definitions'")
const DEFINITIONS = {
  statement: statement('definitions', 'SELECT campaign_id, version, state, rules FROM campaigns'),
  values: [],
}

/** How often work that others were faster with is begun again. */
const MOST_TRIES = 12
/** How often rows are added to a working set: rules go a few steps from one row to the next. */
const MOST_ROUNDS = 40

/** Thrown by work that met several things which were missing: all of them are wanted. */
export class AllMissing extends Error {
  override readonly name = 'AllMissing'
  readonly missing: readonly Missing[]

  constructor(missing: readonly Missing[]) {
    super(`the working set has not ${missing.length} things`)
    this.missing = missing
  }
}

export type Work<Result> = (rules: Deciding, unit: Unit, imports: ImportSet) => Result

export interface Transactions {
  /**
   * Runs synchronous work over a working set of what is wanted and keeps what it changed. Throws what the work throws,
   * `TryAgain` when others were faster every time, and `StoreUnavailable`; then nothing is kept. `positions`: how many changes
   * it will probably make.
   */
  run<Result>(now: number, wants: Wants, positions: number, work: Work<Result>): Promise<Result>
  /** Runs synchronous work that changes nothing over what is there now; holds nobody up. */
  look<Result>(wants: Wants, work: (rules: Deciding, rows: DecidingRows) => Result): Promise<Result>
  close(): Promise<void>
}

/** One connection that decides, one transaction after another. */
export function transactions(url: string, ids: Ids): Transactions {
  let connection: Promise<Connection> | null = null
  let known: { readonly position: number; readonly campaigns: ReadonlyMap<string, Campaign> } | null = null
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const connected = async (): Promise<Connection> => {
    if (isClosed) throw new StoreUnavailable('the store was closed')
    const before = connection
    const open = await before?.catch(() => null)
    if (open?.isOpen) return open
    // Of several who find it closed, the first opens a new one.
    if (connection === before) connection = connect(url)
    return connection ?? connected()
  }

  const definitionsAt = async (on: Connection, position: number): Promise<ReadonlyMap<string, Campaign>> => {
    if (known?.position === position) return known.campaigns
    const [rows] = await on.run([DEFINITIONS])
    const read = (rows ?? []).map(([campaign_id, version, state, rules]) => ({ campaign_id, version, state, rules }))
    const campaigns = readDefinitions(read as readonly DefinitionRow[], known?.campaigns)
    known = { position, campaigns }
    return campaigns
  }

  /** Loads, decides and keeps, or throws with the transaction still open. */
  const attempt = async <Result>(
    on: Connection,
    now: number,
    wants: Wants,
    positions: number,
    work: Work<Result>,
  ): Promise<Result> => {
    const others = lockOthers(wants)
    const locks = [BEGIN, lockRedemptions(wants), ...(others ? [others] : []), lockHolders(wants)]
    const itsLoads = loads(wants)
    const answers = await on.run([...locks, ...itsLoads, { statement: POSITIONS, values: [positions] }])
    const loaded = answers.slice(locks.length, locks.length + itsLoads.length)
    mustBeLocked(answers[locks.length - 1]?.[0], loaded.at(-1)?.[0])
    const [position, before, taken] = (answers.at(-1)?.[0] ?? []) as unknown as [number, number, readonly number[]]
    const campaigns = await definitionsAt(on, position)
    const set: WorkingSet = workingSet(wants, loaded)
    const unit = unitOf(now, before, taken)
    const audit = auditSet()
    const rules = audited(deciding(set.rows, { current: () => campaigns }, ids, apart), audit.trail)
    const result = work(rules, unit, set.imports)
    await on.run([...(await audit.writes(on)), ...set.writes(), COMMIT])
    return result
  }

  const runAlone = async <Result>(
    now: number,
    wants: Wants,
    positions: number,
    work: Work<Result>,
  ): Promise<Result> => {
    const on = await connected()
    let estimate = positions
    let rounds = 0
    for (let tries = 1; ; ) {
      try {
        return await attempt(on, now, wants, estimate, work)
      } catch (error) {
        await undo(on, error)
        const missing = missingIn(error)
        if (missing.length > 0) {
          const more = missing.map(({ kind, id }) => (kind === 'positions' ? true : want(wants, kind, id)))
          if (missing.some(({ kind }) => kind === 'positions')) estimate = estimate * 2 + 16
          if (!more.includes(true) || ++rounds > MOST_ROUNDS) throw new Error('rows stay missing', { cause: error })
        } else if ((error instanceof TryAgain || error instanceof CounterMoved) && tries < MOST_TRIES) {
          tries += 1
          await pause(tries)
        } else {
          throw error
        }
      }
    }
  }

  /** After an error nothing of the transaction may stay; a connection of which that is not certain is given up. */
  const undo = async (on: Connection, error: unknown): Promise<void> => {
    if (error instanceof StoreUnavailable) {
      known = null
      await on.close()
      return
    }
    try {
      await on.run([ROLLBACK])
    } catch {
      known = null
      await on.close()
    }
  }

  const lookOnce = async <Result>(
    on: Connection,
    wants: Wants,
    work: (rules: Deciding, rows: DecidingRows) => Result,
  ): Promise<Result> => {
    const itsLoads = loads(wants)
    const answers = await on.run([...itsLoads, { statement: POSITION, values: [] }])
    const campaigns = await definitionsAt(on, (answers.at(-1)?.[0] ?? [])[0] as number)
    const { rows } = workingSet(wants, answers.slice(0, itsLoads.length))
    return work(deciding(rows, { current: () => campaigns }, ids, apart), rows)
  }

  return {
    async look(wants, work) {
      const on = await connected()
      for (let rounds = 0; ; rounds++) {
        try {
          return await lookOnce(on, wants, work)
        } catch (error) {
          const more = missingIn(error).map(({ kind, id }) => kind !== 'positions' && want(wants, kind, id))
          if (!more.includes(true) || rounds > MOST_ROUNDS) throw error
        }
      }
    },
    run(now, wants, positions, work) {
      const mine = last.then(() => runAlone(now, wants, positions, work))
      last = mine.catch(() => {})
      return mine
    },
    async close() {
      isClosed = true
      await last
      const open = await connection?.catch(() => null)
      await open?.close()
    },
  }
}

/** A medium may have come to another holder between the two looks: then the right one is locked the next time. */
function mustBeLocked(locked: Row | undefined, loaded: Row | undefined): void {
  const holders = new Set((locked?.[0] ?? []) as readonly string[])
  for (const holderId of (loaded?.[0] ?? []) as readonly string[]) {
    if (!holders.has(holderId)) throw new TryAgain('a holder was not locked')
  }
}

function unitOf(now: number, before: number, taken: readonly number[]): Unit {
  let used = 0
  return {
    now,
    nextChange() {
      const position = taken[used]
      if (position === undefined) throw new Missing('positions', used)
      used += 1
      return position
    },
    lastChange: () => taken[used - 1] ?? before,
  }
}

function missingIn(error: unknown): readonly Missing[] {
  if (error instanceof Missing) return [error]
  return error instanceof AllMissing ? error.missing : []
}

/** A part of the transaction that breaks is not undone alone here: the whole is, and the rest is done again without it. */
const apart = <Result>(work: () => Result): Result => work()

/** Longer each time, and never the same for two who met. */
const pause = (tries: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** Math.min(tries, 6)))
