import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { LeaseStore, Pool } from '../store/leaseCommands.ts'

const LOOK_EVERY_MS = 40

/** Beyond this many nobody else waits: a campaign that has ended for a whole chain must not fill the server. */
const MOST_WAITING = 200

/**
 * Waits outside every transaction until something has come back into one of the campaigns' pools, until nothing is lent
 * any more, or until `until` (epoch milliseconds); then whoever was about to be refused asks once more.
 */
export type RecallWait = (campaignIds: readonly string[], until: number) => Promise<void>

/** Looks instead of being told: any process on the same database may take a lease back. */
export function recallWait(store: Pick<LeaseStore, 'pool'>, clock: Clock, scheduler: Scheduler): RecallWait {
  let waiting = 0

  const pools = (campaignIds: readonly string[]) => Promise.all(campaignIds.map((id) => store.pool(id)))
  const pause = () => new Promise<void>((resolve) => void scheduler.after(LOOK_EVERY_MS, resolve))

  return async (campaignIds, until) => {
    if (waiting >= MOST_WAITING) return
    waiting += 1
    try {
      let before = await pools(campaignIds)
      // It came back while we were on our way here.
      if (before.some(({ uses, value }) => uses > 0 && Number.isFinite(uses) && !Number.isFinite(value))) return
      while (before.some(({ isLent }) => isLent)) {
        await pause()
        const now = await pools(campaignIds)
        if (clock.now() >= until || now.some((pool, index) => hasGrown(before[index], pool))) return
        before = now
      }
    } finally {
      waiting -= 1
    }
  }
}

function hasGrown(before: Pool | undefined, now: Pool): boolean {
  return before !== undefined && (now.uses > before.uses || now.value > before.value)
}
