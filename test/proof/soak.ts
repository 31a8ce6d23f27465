import { REGULARS } from '../bench/counter/cards.ts'
import { type Lane, laneRig } from '../bench/counter/lane.ts'
import { arm, painted, watchPaints } from '../bench/counter/paints.ts'
import { held } from '../bench/counter/processes.ts'

/** A busy lane's eight hours: a customer every ten seconds. */
const VISITS = 3_000
const SAMPLES = 60
/** Caches fill, code is compiled. */
const WARM_UP_SHARE = 0.25

/** What may be added over the whole soak after the warm-up; less than a tenth of what a day's visits would show as a leak. */
const MAY_GROW = { counterMb: 8, shellMb: 8, heapMb: 2, files: 2, nodes: 50 } as const
type Sample = { readonly visit: number } & Record<keyof typeof MAY_GROW, number>

/**
 * `npm run proof -- soak [VISITS]`: eight hours of a busy lane as fast as they go, in one-tap mode, with the real server,
 * counter, devices process and browser. Prints a line fitted through what each holds after the warm-up, and throws where
 * that line rises.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const visits = Number(options[0] ?? VISITS)
  const rig = await laneRig(1_000)
  try {
    const lane = await rig.openLane()
    await watchPaints(lane.page)
    lane.command({ type: 'setOneTap', oneTap: true })
    await lane.until(({ oneTap }) => oneTap)
    const samples: Sample[] = []
    for (let visit = 0; visit < visits; visit++) {
      await lane.begin()
      await arm(lane.page, 'outcome')
      await lane.tap(visit % REGULARS)
      await painted(lane.page)
      await lane.next()
      if (visit % Math.ceil(visits / SAMPLES) === 0) samples.push({ visit, ...(await measured(lane)) })
    }
    await lane.close()
    const settled = samples.filter(({ visit }) => visit >= visits * WARM_UP_SHARE)
    const grown: string[] = []
    for (const [what, limit] of Object.entries(MAY_GROW) as [keyof typeof MAY_GROW, number][]) {
      const { from, growth } = fitted(settled.map((sample) => [sample.visit, sample[what]]))
      say(
        `${what}: ${from.toFixed(1)} after the warm-up, ${growth >= 0 ? '+' : ''}${growth.toFixed(2)} over ${settled.length} samples, at most +${limit}`,
      )
      if (growth > limit) grown.push(what)
    }
    if (grown.length > 0) throw new Error(`grew all along: ${grown.join(', ')}`)
  } finally {
    await rig.close()
  }
}

async function measured(lane: Lane): Promise<Omit<Sample, 'visit'>> {
  const devtools = await lane.page.context().newCDPSession(lane.page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes } = await devtools.send('Memory.getDOMCounters')
  await devtools.detach()
  const [counter, shell] = [held(lane.counterPid), held(lane.shellPid)]
  return {
    counterMb: counter.rssMb,
    shellMb: shell.rssMb,
    heapMb: usedSize / 1024 / 1024,
    files: counter.files + shell.files,
    nodes,
  }
}

/** The straight line of least squares: where it begins, and how far it has risen at its end. */
function fitted(points: readonly (readonly [number, number])[]): { from: number; growth: number } {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) /
    points.reduce((sum, [at]) => sum + (at - x) ** 2, 0)
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0]
  return { from: y + slope * (first - x), growth: slope * (last - first) }
}
