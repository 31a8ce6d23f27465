/** How many reloads of a crashed page are normal, and within what time, milliseconds. */
const MOST_RELOADS = 5
const WITHIN_MS = 5 * 60_000

/**
 * Whether a crashed page may be loaded again at `now`.
 *
 * In: the times of earlier reloads. Out: the times to remember; `allowed` is false once five fell within five minutes,
 * when something outside (systemd, a person) must decide.
 */
export function spendReload(
  earlier: readonly number[],
  now: number,
): { readonly allowed: boolean; readonly times: readonly number[] } {
  const recent = earlier.filter((time) => now - time < WITHIN_MS)
  if (recent.length >= MOST_RELOADS) return { allowed: false, times: recent }
  return { allowed: true, times: [...recent, now] }
}
