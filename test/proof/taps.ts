import { missingComponents } from '../hardware/rigs/components.ts'
import { percentile, tapsOnPcscd } from '../hardware/rigs/pcscdTaps.ts'

const OURS_P99_MS = 10

/**
 * `npm run proof -- taps [TAPS]`: 1,000 virtual cards by default, each held once to the virtual reader of a real pcscd
 * (about a second each). Throws when one was lost or read twice, or when our share of a tap was too long.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const missing = missingComponents(['pcscd', 'vsmartcard-vpcd'])
  if (missing) throw new Error(missing)
  const taps = await tapsOnPcscd(Number(options[0] ?? 1_000), (n) => {
    if (n % 100 === 0) say(`${n} taps`)
  })
  const { lost, doubled, failed, oursMs, totalMs } = taps
  say(`${taps.taps} taps: lost ${lost}, doubled ${doubled}, failed ${failed}`)
  for (const [what, values] of [
    ['our share', oursMs],
    ['card present to ID', totalMs],
  ] as const) {
    const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(values, share).toFixed(2))
    say(`${what}: p50 ${p50} ms, p99 ${p99} ms, longest ${most} ms`)
  }
  if (lost + doubled + failed > 0) throw new Error('a tap was lost, doubled or failed')
  if (!(percentile(oursMs, 0.99) <= OURS_P99_MS)) throw new Error(`our share is longer than ${OURS_P99_MS} ms`)
}
