/** Waiting times between attempts to open something: short at first, because a replug takes a person one second. */
const FIRST_MS = 200
const LONGEST_MS = 1_000

/** Milliseconds to wait after `failures` failures in a row (from 1): 200, 400, 800, then 1,000. */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(failures, 1) - 1, 10))
}
