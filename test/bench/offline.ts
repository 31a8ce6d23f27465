import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { approvals } from './offline/approvals.ts'
import { decisions } from './offline/decisions.ts'
import { HOLDERS } from './offline/holders.ts'
import { settlement } from './offline/settlement.ts'
import { snapshot } from './offline/snapshot.ts'
import { benchStation, PUBLIC_KEY } from './offline/station.ts'
import type { Report } from './report.ts'

/**
 * A counter with a million coupons: how soon a snapshot is ready for taps, how large it is, how quickly it is decided and
 * approved on, and how soon stored approvals are settled. Limits are measured in the same run, in turn. Options: how many
 * holders the chain has, of ten coupons each.
 */
export async function run(report: Report, options: readonly string[]): Promise<void> {
  const holders = Number(options[0] ?? HOLDERS)
  const child = spawn(
    process.execPath,
    [`${import.meta.dirname}/offline/chainServer.ts`, PUBLIC_KEY, String(holders)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const lines = linesOf(child)
  try {
    const server = JSON.parse(await lines())
    const bare = async (redemptions: number): Promise<number> => {
      child.stdin?.write(`${redemptions}\n`)
      return JSON.parse(await lines()).ms
    }
    const station = benchStation(server)
    try {
      await snapshot(report, server)
      await snapshot.fill(station.parts)
      await decisions(report, station.parts, holders)
      await approvals(report, station, holders)
      await settlement(report, station.parts, bare, holders)
    } finally {
      station.close()
    }
  } finally {
    child.kill('SIGTERM')
  }
}

function linesOf(child: ChildProcess): () => Promise<string> {
  if (!child.stdout) throw new Error('the server of the benchmark says nothing')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the server of the benchmark ended')
    return value
  }
}
