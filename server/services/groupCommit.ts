import type { Clock } from '../../core/ports/clock.ts'
import type { AnswerTo, DecisionCommand } from '../store/commands.ts'
import type { CouponStore } from '../store/couponStore.ts'
import { gather } from './gather.ts'

/** Commands in one transaction; measured, more bring little. */
const MOST_AT_ONCE = 128

export interface GroupCommit {
  /**
   * Decides a command together with the others that are waiting; resolves only after the commit that holds it. Rejects
   * with `StoreUnavailable` when that commit failed: nothing was kept.
   */
  submit<Command extends DecisionCommand>(command: Command): Promise<AnswerTo<Command>>
}

/**
 * Gathers concurrent commands into one transaction, in the order they came. As many transactions run at a time as the
 * store decides at once; while they are synced to disk, the next ones gather. `waiting` counts those that are not on disk yet.
 */
export function groupCommit(
  store: Pick<CouponStore, 'decide' | 'decidesAtOnce'>,
  clock: Clock,
  waiting?: { inc(): void; dec(): void },
): GroupCommit {
  const decide = gather(
    (batch: readonly DecisionCommand[]) => store.decide(batch, clock.now()),
    MOST_AT_ONCE,
    store.decidesAtOnce,
  )
  return {
    async submit<Command extends DecisionCommand>(command: Command) {
      waiting?.inc()
      const result = await decide(command).finally(() => waiting?.dec())
      if (result.kind === 'failed') throw result.error
      // The store answers each kind of command with its own kind of answer.
      return result.answer as AnswerTo<Command>
    },
  }
}
