import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { kill, note, type Shown, visit } from './approvalsUnderFaults.ts'
import type { Fault } from './faultProxy.ts'
import { readHoldings, readOpenIntents } from './holdings.ts'
import { closeLane, type Lane, laneUnderFaults } from './laneUnderFaults.ts'
import { acquire, approveCampaign } from './officeCalls.ts'
import { RestartableServer } from './restartableServer.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'

const COUNTERS = 3
const SETTLE_DEADLINE_MS = 120_000
/** What the limited campaign may give in all: less than is asked for in a long run. */
const CAMPAIGN_USES = 60
/** Rounds for which one customer's coupons last. */
const ROUNDS_A_CUSTOMER = 4

export interface CountersReport {
  readonly seed: number
  readonly rounds: number
  readonly shown: ReadonlyMap<string, Shown>
  /** Uses of the coupons that the sample data brought along, some of them used already. */
  readonly usesAtStart: ReadonlyMap<string, number>
  readonly kills: number
  readonly cuts: number
  /** The server's database; it is gone when `judge` has returned. */
  readonly database: string
}

/**
 * A real server and three real counters serve the same customers at the same time, round by round: each line is up, cut, or
 * loses answers, and counters and the server are killed with -9 at random moments. Ends healed and drained; `judge` sees
 * what is left.
 */
export async function serveUnderFaults(
  rounds: number,
  seed: number,
  say: (line: string) => void,
  judge: (report: CountersReport) => void,
): Promise<void> {
  const random = seededRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-offline-'))
  const server = await RestartableServer.start(folder)
  const usesAtStart = readHoldings(join(folder, 'server.db')).usesLeft
  const shown = new Map<string, Shown>()
  const lanes: Lane[] = []
  let kills = 0
  let cuts = 0
  try {
    for (let index = 0; index < COUNTERS; index++) lanes.push(await openLane(server, join(folder, `${index}`), shown))
    const media = loadSampleChain()
      .holders.filter(({ media: [medium] }) => medium?.blocked === false)
      .flatMap(({ media: [medium] }) => medium ?? [])
    const customers = customersOf(media)
    let campaigns: readonly string[] = []
    let customer: SampleMedium | undefined
    for (let round = 1; round <= rounds; round++) {
      if (round % ROUNDS_A_CUSTOMER === 1) {
        const next = customers.next().value
        if (next.isFirst) campaigns = await newCampaigns(server)
        customer = next.customer
        const { type, identifier } = customer
        for (const campaignId of campaigns) await acquire(server.line(), campaignId, { type, identifier })
        for (const { proxy } of lanes) proxy.plan(() => ({ kind: 'pass' }))
        await copiesAreFresh(lanes)
      }
      const sampleId = customer?.sampleId ?? ''
      await Promise.all(
        lanes.map(async (lane) => {
          const fault = lineOf(random)
          if (fault.kind === 'dropRequest') cuts += 1
          lane.proxy.plan(() => fault)
          const inject = () => {
            if (!random.chance(0.4)) return
            kills += 1
            setTimeout(() => kill(lane.supervisor.pids().counter), random.int(80))
          }
          await visit({ screen: lane.screen, random, shown, inject, onlineVisits: 0 }, sampleId)
        }),
      )
      if (random.chance(0.15)) {
        kills += 1
        await server.killAndRestart()
      }
      if (round % 10 === 0) say(`seed ${seed}: ${round} rounds, ${shown.size} approvals, ${kills} kills`)
    }
    await settle(lanes, server, seed)
    judge({ seed, rounds, shown, usesAtStart, kills, cuts, database: join(folder, 'server.db') })
  } finally {
    for (const lane of lanes) await closeLane(lane)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openLane(server: RestartableServer, folder: string, shown: Map<string, Shown>): Promise<Lane> {
  const lane = await laneUnderFaults(server, folder, (state) => note(state, shown))
  lane.supervisor.start()
  return lane
}

type SampleMedium = ReturnType<typeof loadSampleChain>['holders'][number]['media'][number]

/** One after another, and from the first again for as long as there are rounds. */
function* customersOf(media: readonly SampleMedium[]): Generator<{ customer: SampleMedium; isFirst: boolean }, never> {
  if (media.length === 0) throw new Error('the sample chain has no customers')
  for (;;) for (const customer of media) yield { customer, isFirst: customer === media[0] }
}

/** What everybody can have once: usable once, twice, and thrice within a limit of the whole campaign. */
async function newCampaigns(server: RestartableServer): Promise<readonly string[]> {
  return [
    await approveCampaign(server.line(), { benefit: { kind: 'amount_off', amount: 50 } }),
    await approveCampaign(server.line(), {
      benefit: { kind: 'amount_off', amount: 30 },
      limits: { acquisitionUses: 2, holderAcquisitions: 1 },
    }),
    await approveCampaign(server.line(), {
      benefit: { kind: 'amount_off', amount: 20 },
      limits: { acquisitionUses: 3, holderAcquisitions: 1, campaignUses: CAMPAIGN_USES },
    }),
  ]
}

function lineOf(random: SeededRandom): Fault {
  const kinds = ['pass', 'pass', 'dropRequest', 'dropRequest', 'dropRequest', 'loseAnswer', 'captivePortal'] as const
  return { kind: random.pick(kinds) }
}

/** Every counter has heard of what the server holds now. */
async function copiesAreFresh(lanes: readonly Lane[]): Promise<void> {
  const since = Date.now()
  for (const { screen } of lanes) {
    const fresh = await screen.until(({ connection }) => (connection.replicaAsOf ?? 0) > since, 60_000)
    if (!fresh) throw new Error('a copy does not become fresh')
  }
}

/** Waits until nothing is on its way, nothing waits to be sent and no intent is open. */
async function settle(lanes: readonly Lane[], server: RestartableServer, seed: number): Promise<void> {
  await server.killAndRestart()
  for (const { proxy } of lanes) proxy.plan(() => ({ kind: 'pass' }))
  const deadline = Date.now() + SETTLE_DEADLINE_MS
  for (const { screen, proxy, folder } of lanes) {
    for (;;) {
      const state = await screen.until(
        ({ waiting, connection }) => waiting.count === 0 && connection.mode === 'online',
        5_000,
      )
      if (state && proxy.pending() === 0 && readOpenIntents(join(folder, 'journal.db')) === 0) break
      if (Date.now() > deadline)
        throw new Error(`seed ${seed}: not settled: ${JSON.stringify(screen.state()?.waiting)}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
