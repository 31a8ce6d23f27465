import { REGULARS } from './counter/cards.ts'
import { coldStarts } from './counter/coldStart.ts'
import { type Lane, laneRig } from './counter/lane.ts'
import { arm, painted, type SEEN, watchPaints } from './counter/paints.ts'
import { held, waitedForProcessorMs } from './counter/processes.ts'
import { HOLDERS, median, quantile } from './offline/holders.ts'
import type { Report } from './report.ts'

const TAPS = 500
const WARM_UP = 40

/**
 * A counter with a million coupons in its copy and its screen in a real browser: from a card held to the simulated reader
 * to the first paint of the decision, how soon the screen is there after a start, and how much memory the counter takes.
 * Options: how many customers of ten coupons each there are, and how many taps.
 */
export async function run(report: Report, options: readonly string[]): Promise<void> {
  const holders = Number(options[0] ?? HOLDERS)
  const taps = Number(options[1] ?? TAPS)
  const rig = await laneRig(holders)
  try {
    // The copy comes at the first start, and what is compiled then is there at the second, as at every later one.
    await (await rig.openLane()).close()
    const lane = await rig.openLane()
    await watchPaints(lane.page)
    const looked = await visits(lane, 'coupons', taps, (n) => REGULARS + ((n * 7_919) % holders))
    lane.command({ type: 'setOneTap', oneTap: true })
    await lane.until(({ oneTap }) => oneTap)
    const approved = await visits(lane, 'outcome', taps, (n) => n % REGULARS)
    const counter = held(lane.counterPid)
    await lane.close()
    for (const [row, share] of [
      ['tap_to_paint_p50_ms', 0.5],
      ['tap_to_paint_p99_ms', 0.99],
    ] as const) {
      const detail = {
        how: 'one-tap: card held to the simulated reader, searched, approved by the server on loopback, on disk, painted',
        taps,
        longest: rounded(quantile(times(approved), 1)),
        toCoupons: rounded(quantile(times(looked), share)),
        // On a machine that does something else too the slow taps are those that had to wait for it.
        slowest: slowest(approved),
      }
      report({ row, value: rounded(quantile(times(approved), share)), unit: 'ms', detail })
    }
    const { starts, ofWhich } = await coldStarts(rig)
    report({
      row: 'cold_start_ms',
      value: rounded(median(starts)),
      unit: 'ms',
      detail: { ...ofWhich, starts: starts.map(rounded) },
    })
    report({
      row: 'memory_mb',
      value: rounded(counter.rssMb),
      unit: 'mb',
      detail: {
        of: 'counter process, resident',
        acquisitions: holders * 10 + REGULARS,
        itsOwn: rounded(counter.ownMb),
        proportional: rounded(counter.proportionalMb),
      },
    })
  } finally {
    await rig.close()
  }
}

/** Milliseconds from the tap to the paint, and how many of them the counter and the server had no processor. */
interface Visit {
  readonly took: number
  readonly waited: number
}
const times = (visits: readonly Visit[]) => visits.map(({ took }) => took)
const slowest = (visits: readonly Visit[]) =>
  [...visits]
    .sort((a, b) => b.took - a.took)
    .slice(0, 5)
    .map(({ took, waited }) => ({ took: rounded(took), waitedForProcessor: rounded(waited) }))

/** Visits one after another. */
async function visits(
  lane: Lane,
  seen: keyof typeof SEEN,
  count: number,
  holder: (n: number) => number,
): Promise<Visit[]> {
  const visits: Visit[] = []
  const waitedMs = () => waitedForProcessorMs(lane.counterPid) + waitedForProcessorMs(lane.server.pid)
  for (let n = 0; n < WARM_UP + count; n++) {
    await lane.begin()
    await arm(lane.page, seen)
    const waitedBefore = waitedMs()
    const tappedAt = await lane.tap(holder(n))
    const took = (await painted(lane.page)) - tappedAt
    if (n >= WARM_UP) visits.push({ took, waited: waitedMs() - waitedBefore })
    await lane.next()
  }
  return visits
}

const rounded = (value: number) => Math.round(value * 10) / 10
