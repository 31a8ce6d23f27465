import type { SearchResponse } from '../../../core/contract/search.ts'
import { type BatchResult, type DecisionCommand, StoreUnavailable } from '../commands.ts'
import type { CouponStore, SearchQuery, SettleAnswer, SettleCommand } from '../couponStore.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Unit } from '../deciding/unit.ts'
import { asStoreError } from './database.ts'

/** What decides and searches all day long, wherever it does. */
export type Decider = Pick<
  CouponStore,
  'decide' | 'decidesAtOnce' | 'settleEvents' | 'settlesBeside' | 'search' | 'searchWritten' | 'searchesAtOnce'
>

/** Whole pieces of work over one connection, done at once. */
export interface DecidesAtOnce {
  decide(batch: readonly DecisionCommand[], now: number): readonly BatchResult[]
  settle(command: SettleCommand): SettleAnswer
  search(queries: readonly SearchQuery[]): readonly SearchResponse[]
}

interface Runs {
  write<Result>(now: number, work: (unit: Unit) => Result): Result
  read<Result>(work: () => Result): Result
}

/** Decides by the rules over the connection behind `runs`. */
export function decidesAtOnce(
  { write, read }: Runs,
  rules: Pick<Deciding, 'answer' | 'search' | 'settle'>,
): DecidesAtOnce {
  const alone = (command: DecisionCommand, now: number): BatchResult => {
    try {
      return { kind: 'answered', answer: write(now, (unit) => rules.answer(unit, command)) }
    } catch (error) {
      return { kind: 'failed', error: asStoreError(error) }
    }
  }
  return {
    decide(batch, now) {
      try {
        return write(now, (unit) => batch.map((command) => ({ kind: 'answered', answer: rules.answer(unit, command) })))
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        // One of them failed and took its neighbours with it: nothing was kept, so each is decided alone.
        return batch.map((command) => alone(command, now))
      }
    },
    settle(command) {
      try {
        return write(command.now, (unit) => rules.settle(unit, command, false))
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        // One of them failed and took its neighbours with it: nothing was kept, so each is settled apart.
        return write(command.now, (unit) => rules.settle(unit, command, true))
      }
    },
    search: (queries) => read(() => queries.map((query) => rules.search(query))),
  }
}
