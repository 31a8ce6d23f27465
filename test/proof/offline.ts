import { serveUnderFaults } from '../rigs/countersUnderFaults.ts'
import { verdictOn } from '../rigs/countersVerdict.ts'

/**
 * `npm run proof -- offline [ROUNDS] [SEED]`: by default 500 rounds. A real server and three real counters serve the same
 * customers with kill -9 and lines that are cut; prints one line of figures and throws when anything shown was lost, counted
 * twice, overspent, or forced otherwise than the oracle counts.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const rounds = Number(options[0] ?? 500)
  const seed = Number(options[1] ?? Date.now() % 1_000_000)
  await serveUnderFaults(rounds, seed, say, (report) => {
    const { wrong, ...figures } = verdictOn(report)
    const { shown, kills, cuts } = report
    const stored = [...shown.values()].filter((one) => one.stored).length
    say(JSON.stringify({ seed, rounds, shown: shown.size, stored, kills, cuts, ...figures, wrong: wrong.length }))
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  })
}
