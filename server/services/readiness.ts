import type { Clock } from '../../core/ports/clock.ts'
import { RequestProblem } from '../problems.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** The database is written to once in so long, however many ask. */
const TRUE_FOR_MS = 1_000

export interface Readiness {
  /** From now on this server is not ready: it is about to end, and nobody new should be sent here. */
  drain(): void
  /** Resolves when the database takes what is written; rejects with the problem that whoever asks is answered with. */
  check(): Promise<void>
}

/** Whether requests should be sent to this server. */
export function readiness(store: Pick<CouponStore, 'probe'>, clock: Clock): Readiness {
  let draining = false
  let last: { readonly at: number; readonly result: Promise<void> } | null = null
  return {
    drain() {
      draining = true
    },
    async check() {
      if (draining) throw new RequestProblem(503, undefined, 'this server is about to end', { retryAfterSeconds: 1 })
      const now = clock.monotonic()
      if (!last || now - last.at >= TRUE_FOR_MS) last = { at: now, result: store.probe() }
      await last.result
    },
  }
}
