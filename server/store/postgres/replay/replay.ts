import type { Database } from 'better-sqlite3'
import type { Ids } from '../../../../core/ports/ids.ts'
import type { Unit } from '../../deciding/unit.ts'
import { TryAgain } from '../connection.ts'
import type { Desk, Queries } from '../desk.ts'
import { takeChange } from '../desk.ts'
import { type Translated, textFor, translate, valuesOf } from './dialect.ts'
import { type Answered, type Step, Transcript, Unanswered } from './transcript.ts'

/** Runs work that was written for a database that answers at once. */
export interface Replay {
  /** What such work is made with. It answers only inside `read` and `write`. */
  readonly db: Database
  /** The same numbers each time that a piece of work is begun again. */
  readonly ids: Ids
  /** Over one unchanging view of the database. */
  read<Result>(work: () => Result): Promise<Result>
  /** Each question over what is there when it is asked: what is asked later sees what was there before. */
  look<Result>(work: () => Result): Promise<Result>
  /** In a transaction. `lock`: SQL that comes first and takes what others must not change meanwhile. */
  write<Result>(now: number, lock: string, work: (unit: Unit) => Result): Promise<Result>
  /** Runs `work` inside the open transaction; if it throws, only its own changes are undone. */
  savepoint<Result>(work: () => Result): Result
}

const TAKE_CHANGE = 'take_change'
const LAST_CHANGE = 'SELECT last_value AS change FROM change_positions'

/** Work that begins again this often never ends. */
const MOST_STEPS = 20_000

/**
 * The office's stores are written once, for SQLite, which answers at once. Here a question without an answer interrupts the
 * work; it is asked inside the transaction, and the work begins again with all answers so far, until it gets through. So
 * work may depend on nothing but what it is given, what it asked and these ids. Fit for work of some dozens of questions.
 */
export function replaying(desk: Desk, ids: Ids): Replay {
  let current: Transcript | null = null
  let chances: { readonly given: unknown[]; at: number } | null = null

  const ask = (step: Step): Answered => {
    if (!current) throw new Error('the database was asked outside of a unit of work')
    return current.answer(step)
  }

  const byChance = <Value>(make: () => Value): Value => {
    if (!chances) return make()
    const { given, at } = chances
    if (at === given.length) given.push(make())
    chances.at += 1
    return given[at] as Value
  }

  const through = async <Result>(tx: Queries, work: () => Result): Promise<Result> => {
    const transcript = new Transcript()
    const given: unknown[] = []
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      transcript.rewind()
      current = transcript
      chances = { given, at: 0 }
      let step: Step
      try {
        return work()
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        step = error.step
      } finally {
        // Nobody else's work runs in between: it is synchronous.
        current = null
        chances = null
      }
      transcript.add(step, await answerTo(tx, step))
    }
    throw new Error('the work never ends')
  }

  return {
    db: askingDatabase(ask),
    ids: { uuid7: () => byChance(() => ids.uuid7()), randomBytes: (n) => byChance(() => ids.randomBytes(n)) },
    read: (work) => desk.read((view) => through(view, work)),
    look: (work) => through(desk, work),
    write: (now, lock, work) =>
      desk.write(async (tx) => {
        await tx.run(lock)
        return through(tx, () => work(unitOf(now, ask)))
      }),
    savepoint(work) {
      ask({ text: 'SAVEPOINT item', values: [] })
      let result: ReturnType<typeof work>
      try {
        result = work()
      } catch (error) {
        if (error instanceof Unanswered || error instanceof TryAgain) throw error
        ask({ text: 'ROLLBACK TO item', values: [] })
        ask({ text: 'RELEASE item', values: [] })
        throw error
      }
      ask({ text: 'RELEASE item', values: [] })
      return result
    },
  }
}

function unitOf(now: number, ask: (step: Step) => Answered): Unit {
  let last: number | null = null
  let before: number | null = null
  const positionIn = ({ rows }: Answered) => Number(rows[0]?.change)
  const look = (): number => {
    before ??= positionIn(ask({ text: LAST_CHANGE, values: [] }))
    return before
  }
  let taken = 0
  return {
    now,
    nextChange() {
      last = positionIn(ask({ text: TAKE_CHANGE, values: [taken++] }))
      return last
    },
    lastChange: () => last ?? look(),
  }
}

async function answerTo(tx: Queries, { text, values }: Step): Promise<Answered | Error> {
  try {
    if (text === TAKE_CHANGE) return { rows: [{ change: await takeChange(tx) }], changes: 0 }
    return await tx.ask(text, values)
  } catch (error) {
    // Work that undoes a part of itself goes on after an error of its own.
    if (error instanceof Error && !(error instanceof TryAgain) && 'code' in error) return error
    throw error
  }
}

/** As much of a `better-sqlite3` database as stores use. */
function askingDatabase(ask: (step: Step) => Answered): Database {
  const statement = (translated: Translated, plucked: boolean): object => {
    const step = (given: readonly unknown[]): Step => {
      const values = valuesOf(translated, given)
      return { text: textFor(translated, values), values }
    }
    const shown = (row: Record<string, unknown>) => (plucked ? Object.values(row)[0] : row)
    const all = (...given: unknown[]) => ask(step(given)).rows.map(shown)
    return {
      pluck: () => statement(translated, true),
      get: (...given: unknown[]) => all(...given)[0],
      all,
      iterate: (...given: unknown[]) => all(...given)[Symbol.iterator](),
      run: (...given: unknown[]) => ({ changes: ask(step(given)).changes, lastInsertRowid: 0 }),
    }
  }
  // Stores are written against the driver's own type, of which they use these.
  // It is always asked inside a piece of work: nothing may be remembered beyond it.
  return { inTransaction: true, prepare: (sql: string) => statement(translate(sql), false) } as unknown as Database
}
