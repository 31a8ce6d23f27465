import type { SessionParts } from '../../../counter/session/parts.ts'
import { Forwarder } from '../../../counter/sync/forwarder.ts'
import type { Report } from '../report.ts'
import { approveOne } from './approvals.ts'
import { median } from './holders.ts'

const ROUNDS = 5
const ROUND = 2_000

/**
 * Ten thousand stored approvals on their way from a counter's outbox to the server and back, in rounds, each beside bare
 * batches of as many (`bareBatches`): in turn first, each from an empty log. The first round, which nobody counts, warms both.
 */
export async function settlement(
  report: Report,
  parts: SessionParts,
  bare: (redemptions: number) => Promise<number>,
  holders: number,
): Promise<void> {
  // What waits from before.
  await settled(parts)
  const rounds: { ours: number; bare: number }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    parts.connectivity.force(true)
    for (let turn = 0; turn < ROUND; turn++) {
      await approveOne(parts, (round * ROUND + turn * 31) % holders, parts.ids.uuid7())
    }
    const limitFirst = round % 2 === 1 ? await bare(ROUND) : null
    await bare(0)
    const ours = await settled(parts)
    const limit = limitFirst ?? (await bare(ROUND))
    if (round > 0) rounds.push({ ours: (ROUND / ours) * 1_000, bare: (ROUND / limit) * 1_000 })
  }
  const { forced, quarantined } = parts.store.journal.waiting()
  report({
    row: 'settle_vs_raw_batch',
    value: median(rounds.map((round) => round.ours / round.bare)),
    unit: 'ratio',
    detail: {
      approvals: ROUNDS * ROUND,
      bare: 'the rows of a settlement, prepared, 500 to an fsynced transaction, on the same file; no reads, no HTTP, no counter',
      ratios: rounds.map((round) => Math.round((round.ours / round.bare) * 100) / 100),
      perSecond: rounds.map((round) => Math.round(round.ours)),
      barePerSecond: rounds.map((round) => Math.round(round.bare)),
      forced,
      quarantined,
    },
  })
}

/** Sends all that waits; milliseconds. */
async function settled(parts: SessionParts): Promise<number> {
  const { journal } = parts.store
  const started = performance.now()
  await new Promise<void>((resolve) => {
    const done = () => {
      if (journal.waiting().count === 0) resolve()
    }
    const forwarder = new Forwarder({ ...parts, journal, settled: done })
    forwarder.wake()
    done()
  })
  return performance.now() - started
}
