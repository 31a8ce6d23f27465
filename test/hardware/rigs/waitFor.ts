/** Polls until `probe` gives something; rejects with `what` after `timeoutMs`. */
export async function waitFor<Value>(
  what: string,
  probe: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  timeoutMs = 10_000,
): Promise<Value> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const value = await probe()
    if (value) return value
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
