import { quantile } from '../bench/offline/holders.ts'
import { fetchUnderKills } from '../rigs/copiesUnderKills.ts'
import type { Wait } from '../rigs/tillUnderKills.ts'

/**
 * What nobody may wait longer than, milliseconds: a cashier's deadline for the server's answer (counter/deadlines.ts), and a
 * second for a machine that does everything at once.
 */
const BOUND_MS = { tap: 2_500, approval: 3_500 }

/**
 * `npm run proof -- snapshot [ACQUISITIONS] [ROUNDS] [SEED]`: a million acquisitions (or so many) arrive on a real counter while
 * its cashier goes on, then 250,000 more in each of the other rounds (by default one). The line is slow and cut in the middle
 * of pieces, and the counter is killed with -9 eleven times on the way of each copy: while it downloads, checks and swaps.
 * Holds when no tap waits longer than the bound, what was fetched is not fetched again, no use of its own is forgotten, and
 * at the end the server holds exactly what was shown.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const acquisitions = Number(options[0] ?? 1_000_000)
  const rounds = Number(options[1] ?? 2)
  const seed = Number(options[2] ?? Date.now() % 1_000_000)
  const arriving = [acquisitions, ...Array.from({ length: rounds - 1 }, () => 250_000)]
  const report = await fetchUnderKills({ arriving, seed }, say)
  const { waits, shown, kills, resumed, cuts, remembered, wrong } = report
  for (const what of ['tap', 'approval'] as const) {
    for (const by of ['server', 'replica', 'none'] as const) told(what, by)
  }
  const stored = [...shown.values()].filter((approval) => approval.stored).length
  const killed = Object.values(kills).reduce((sum, times) => sum + times, 0)
  say(JSON.stringify({ seed, shown: shown.size, stored, remembered, killed, resumed, cuts, wrong: wrong.length }))
  if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
  const late = waits.filter(({ what, ms }) => ms > BOUND_MS[what])
  if (late.length > 0)
    throw new Error(`${late.length} waited longer than they may: ${JSON.stringify(late.slice(0, 5))}`)
  if (stored === 0 || remembered === 0 || resumed === 0 || cuts === 0) throw new Error('too little has happened')

  function told(what: Wait['what'], by: Wait['by']): void {
    const some = waits.filter((wait) => wait.what === what && wait.by === by)
    if (some.length === 0) return
    const during = [...new Set(some.map(({ copy }) => copy))].join(', ')
    const ms = some.map((wait) => wait.ms)
    const [p50, p99, longest] = [0.5, 0.99, 1].map((at) => Math.round(quantile(ms, at)))
    const times = `p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms of ${BOUND_MS[what]}`
    say(`${what}, decided by ${by}: ${some.length}, ${times}; while ${during}`)
  }
}
