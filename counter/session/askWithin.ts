import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'

/** While the first request of an id still runs (409 `in_progress`). */
const IN_PROGRESS_RETRY_MS = 150

/**
 * Asks, and asks again where the server says so (429, or 409 `in_progress`) and the deadline leaves room for the wait;
 * otherwise the last answer is the answer, and the caller goes on offline. The deadline holds over all tries.
 */
export async function askWithin<Answer>(
  deadlineMs: number,
  parts: { readonly clock: Pick<Clock, 'monotonic'>; readonly scheduler: Scheduler },
  ask: () => Promise<GatewayResult<Answer>>,
): Promise<GatewayResult<Answer>> {
  const until = parts.clock.monotonic() + deadlineMs
  for (;;) {
    const result = await within(until - parts.clock.monotonic(), parts.scheduler, ask())
    const waitMs = askAgainAfter(result)
    if (waitMs === null) return result
    if (parts.clock.monotonic() + waitMs >= until) {
      return result.kind === 'rejected' ? { kind: 'unreachable', cause: 'deadline' } : result
    }
    await new Promise<void>((resolve) => parts.scheduler.after(waitMs, resolve))
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
