import { brokenInChain, redeemUnderKills } from '../rigs/chainUnderKills.ts'
import { startPostgres } from '../rigs/postgres.ts'

/**
 * `npm run proof -- chain [ROUNDS]`: two server processes on one PostgreSQL, 64 clients on 1,000 coupons and one campaign that is
 * limited to 500, one process killed every second, 30 of them a round; by default three rounds.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const rounds = Number(options[0] ?? 3)
  const postgres = await startPostgres({ synced: true })
  try {
    for (let round = 1; round <= rounds; round++) {
      const url = await postgres.newDatabase()
      const report = await redeemUnderKills(url, { acquisitions: 1_000, limit: 500, clients: 64, kills: 30 }, say)
      const wrong = brokenInChain(report)
      const approved = [...report.answers.values()].filter((answer) => answer.approved).length
      const { answers, killed, held } = report
      say(JSON.stringify({ round, answered: answers.size, approved, counted: held.uses, killed, wrong: wrong.length }))
      if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
    }
  } finally {
    await postgres.stop()
  }
}
