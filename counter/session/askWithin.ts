import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { Connectivity } from '../sync/connectivity.ts'

/** While the first request of an id still runs (409 `in_progress`). */
const IN_PROGRESS_RETRY_MS = 150

export interface AskParts {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly scheduler: Scheduler
  readonly connectivity: Connectivity
}

/**
 * Asks the server something that a cashier waits for, and tells `connectivity` how it went and how long it took. It asks
 * again where the server says so (429, or 409 `in_progress`) and the deadline leaves room for the wait; otherwise the last
 * answer is the answer, and the caller goes on offline. The deadline holds over all tries: an answer after it is nobody's.
 */
export async function askServer<Answer>(
  parts: AskParts,
  deadlineMs: number,
  ask: () => Promise<GatewayResult<Answer>>,
): Promise<GatewayResult<Answer>> {
  const { clock, scheduler, connectivity } = parts
  const until = clock.monotonic() + deadlineMs
  for (;;) {
    const askedAt = clock.monotonic()
    const result = await within(until - askedAt, scheduler, ask())
    const tookMs = clock.monotonic() - askedAt
    const waitMs = askAgainAfter(result)
    if (waitMs === null || clock.monotonic() + waitMs >= until) {
      const last: GatewayResult<Answer> =
        waitMs !== null && result.kind === 'rejected' ? { kind: 'unreachable', cause: 'deadline' } : result
      connectivity.heard(last, tookMs)
      return last
    }
    await new Promise<void>((resolve) => scheduler.after(waitMs, resolve))
  }
}

function askAgainAfter(result: GatewayResult<unknown>): number | null {
  if (result.kind === 'throttled') return result.retryAfterMs
  if (result.kind === 'rejected' && result.problem.reason === 'in_progress') return IN_PROGRESS_RETRY_MS
  return null
}

async function within<Answer>(
  ms: number,
  scheduler: Scheduler,
  asked: Promise<GatewayResult<Answer>>,
): Promise<GatewayResult<Answer>> {
  let cancel = () => {}
  const late = new Promise<GatewayResult<Answer>>((resolve) => {
    cancel = scheduler.after(Math.max(0, ms), () => resolve({ kind: 'unreachable', cause: 'deadline' }))
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    cancel()
  }
}
