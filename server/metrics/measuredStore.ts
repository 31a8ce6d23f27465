import type { CouponStore } from '../store/couponStore.ts'
import type { Metrics } from './metrics.ts'

/** The same store, with what it decides and settles counted and timed. */
export function measuredStore(store: CouponStore, { batches, commits, settled }: Metrics): CouponStore {
  return {
    ...store,
    async decide(batch, now) {
      batches.observe(batch.length)
      const took = commits.startTimer()
      try {
        return await store.decide(batch, now)
      } finally {
        took()
      }
    },
    async settleEvents(command) {
      const answer = await store.settleEvents(command)
      for (const { status } of answer.results) settled.inc({ status })
      return answer
    },
  }
}
