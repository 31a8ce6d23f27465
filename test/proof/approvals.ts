import { approveUnderFaults } from '../rigs/approvalsUnderFaults.ts'
import { broken } from '../rigs/approvalsVerdict.ts'

/**
 * `npm run proof -- approvals [APPROVALS] [SEED]`: by default 200 approvals on each of three seeds, with kill -9 of
 * counter, server and devices and a bad network. Prints a line a seed; throws when anything shown was lost, doubled or
 * burnt unseen.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const approvals = Number(options[0] ?? 200)
  const first = Number(options[1] ?? Date.now() % 1_000_000)
  const seeds = options[1] === undefined ? [first, first + 1, first + 2] : [first]
  for (const seed of seeds) {
    const report = await approveUnderFaults(approvals, seed, say)
    const wrong = broken(report)
    const { shown, storedApprovals, holdings, faults } = report
    const rolledBack = [...holdings.redemptions.values()].filter(({ state }) => state === 'rolled_back').length
    say(
      JSON.stringify({
        seed,
        shown: shown.size,
        storedApprovals,
        held: holdings.redemptions.size,
        rolledBack,
        faults,
        wrong: wrong.length,
      }),
    )
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  }
}
