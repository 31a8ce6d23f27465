/** Milliseconds. A process that stayed up for `stableAfterMs` starts again from `firstMs`. */
export interface RestartPolicy {
  readonly firstMs: number
  readonly longestMs: number
  readonly stableAfterMs: number
}

/** A till cannot wait: the first restart is immediate to a person, and a process that keeps failing costs little. */
export const DEFAULT_RESTART_POLICY: RestartPolicy = { firstMs: 100, longestMs: 10_000, stableAfterMs: 30_000 }

/** How often in a row a process has ended too soon. */
export interface RestartHistory {
  readonly failures: number
}

export const NO_FAILURES: RestartHistory = { failures: 0 }

/**
 * What to do after an exit: how long to wait, in milliseconds, and the history to remember. The wait doubles with every
 * exit that came too soon, up to `longestMs`; it never gives up, because a till has nobody to start it again.
 */
export function nextRestart(
  history: RestartHistory,
  uptimeMs: number,
  policy: RestartPolicy,
): { readonly delayMs: number; readonly history: RestartHistory } {
  const failures = uptimeMs >= policy.stableAfterMs ? 0 : history.failures
  // 2^30 times anything is past every longest wait: the exponent stays far from overflow.
  const delayMs = Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(failures, 30))
  return { delayMs, history: { failures: failures + 1 } }
}
