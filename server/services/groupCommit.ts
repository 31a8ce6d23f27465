import type { Clock } from '../../core/ports/clock.ts'
import type { AnswerTo, BatchResult, DecisionAnswer, DecisionCommand } from '../store/commands.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** Commands in one transaction; measured, more bring little. */
const MOST_AT_ONCE = 128

interface Waiting {
  readonly command: DecisionCommand
  readonly resolve: (answer: DecisionAnswer) => void
  readonly reject: (error: unknown) => void
}

export interface GroupCommit {
  /**
   * Decides a command together with the others that are waiting; resolves only after the commit that holds it. Rejects
   * with `StoreUnavailable` when that commit failed: nothing was kept.
   */
  submit<Command extends DecisionCommand>(command: Command): Promise<AnswerTo<Command>>
}

/**
 * Gathers concurrent commands into one transaction, in the order they came. One transaction runs at a time; while it is
 * synced to disk, the next ones gather.
 */
export function groupCommit(store: Pick<CouponStore, 'decide'>, clock: Clock): GroupCommit {
  const queue: Waiting[] = []
  let running = false

  const runBatches = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST_AT_ONCE)
      try {
        const results = await store.decide(
          batch.map(({ command }) => command),
          clock.now(),
        )
        batch.forEach((waiting, index) => {
          settle(waiting, results[index])
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  return {
    submit<Command extends DecisionCommand>(command: Command) {
      const answered = new Promise<DecisionAnswer>((resolve, reject) => {
        queue.push({ command, resolve, reject })
      })
      if (!running) {
        running = true
        // After this turn of the event loop: every request that has already arrived comes along.
        setImmediate(() => void runBatches())
      }
      // The store answers each kind of command with its own kind of answer.
      return answered as Promise<AnswerTo<Command>>
    },
  }
}

function settle({ resolve, reject }: Waiting, result: BatchResult | undefined): void {
  if (result?.kind === 'answered') resolve(result.answer)
  else reject(result?.error ?? new Error('the store answered fewer commands than it was given'))
}
