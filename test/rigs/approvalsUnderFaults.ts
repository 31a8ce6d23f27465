import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CampaignRules } from '../../core/campaigns/rules.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { CounterSupervisor } from '../../counter/supervisor/counterSupervisor.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import type { Fault, startFaultProxy } from './faultProxy.ts'
import { type Holdings, readHoldings, readOpenIntents } from './holdings.ts'
import { closeLane, laneUnderFaults } from './laneUnderFaults.ts'
import { acquire, approveCampaign } from './officeCalls.ts'
import { RestartableServer } from './restartableServer.ts'
import type { Screen } from './screen.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'

const PASS: Fault = { kind: 'pass' }
const SETTLE_DEADLINE_MS = 90_000
/** How long a killed counter may take to come back on a machine that starts many processes at once, and has more to do. */
const BACK_MS = 90_000
const USES = 500
/** Most visits wait for the server to be back, so that the path over the network is tried as often as the one without. */
const ONLINE_VISITS = 0.75

/** What a screen showed of one redemption. */
export interface Shown {
  readonly totalDiscount: number
  readonly lines: ReadonlyMap<string, number>
  stored: boolean
  /** Asked for by the cashier; a counter that dies before it could say how it ended carries it out at its next start. */
  undoAsked: boolean
  /** Seen as taken back. */
  undone: boolean
}

export interface ApprovalsReport {
  readonly seed: number
  readonly shown: ReadonlyMap<string, Shown>
  readonly holdings: Holdings
  readonly usesAtStart: ReadonlyMap<string, number>
  readonly storedApprovals: number
  readonly faults: Readonly<Record<string, number>>
}

/**
 * Real processes, real files: a cashier works through `approvals` approvals while counter, server and devices are killed
 * with -9 at random moments and the network loses, delays and forges answers. Ends healed, with nothing waiting.
 */
export async function approveUnderFaults(
  approvals: number,
  seed: number,
  say: (line: string) => void,
): Promise<ApprovalsReport> {
  const random = seededRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-approvals-'))
  const server = await RestartableServer.start(folder)
  const counterDir = join(folder, 'counter')
  const shown = new Map<string, Shown>()
  const lane = await laneUnderFaults(server, counterDir, (state) => note(state, shown))
  const { proxy, screen, supervisor } = lane
  const faults: Record<string, number> = {}
  try {
    const media = await giveCoupons(server, random)
    const usesAtStart = readHoldings(join(folder, 'server.db')).usesLeft
    supervisor.start()
    const inject = () => strike(random, faults, { proxy, server, supervisor })
    let visits = 0
    while (shown.size < approvals) {
      visits += 1
      if (visits > approvals * 6) throw new Error(`seed ${seed}: ${shown.size} approvals in ${visits} visits`)
      proxy.plan(() => PASS)
      await visit({ screen, random, shown, inject }, random.pick(media))
      if (visits % 20 === 0) say(`seed ${seed}: ${visits} visits, ${shown.size} approvals`)
    }
    proxy.plan(() => PASS)
    await settle(screen, proxy, server, counterDir, seed)
    const holdings = readHoldings(join(folder, 'server.db'))
    const storedApprovals = [...shown.values()].filter(({ stored }) => stored).length
    return { seed, shown, holdings, usesAtStart, storedApprovals, faults }
  } finally {
    await closeLane(lane)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Remembers what a screen shows as approved and as taken back. */
export function note({ visit }: CounterState, shown: Map<string, Shown>): void {
  if (visit.phase === 'approved') {
    const before = shown.get(visit.redemptionId)
    const stored = visit.certainty === 'stored'
    if (before) before.stored ||= stored
    else {
      const lines = new Map(visit.lines.map(({ acquisitionId, discount }) => [acquisitionId, discount.total]))
      shown.set(visit.redemptionId, {
        totalDiscount: visit.totalDiscount,
        lines,
        stored,
        undoAsked: false,
        undone: false,
      })
    }
  }
  if (visit.phase === 'undone') {
    const before = shown.get(visit.redemptionId)
    if (before) before.undone = true
  }
}

/** Six customers with three kinds of coupon each, plenty of uses; returns the simulator's names of their media. */
async function giveCoupons(server: RestartableServer, random: SeededRandom): Promise<string[]> {
  const limits: CampaignRules['limits'] = { acquisitionUses: USES, holderAcquisitions: 1 }
  const line = server.line()
  const benefits: CampaignRules['benefit'][] = [
    { kind: 'amount_off', amount: 50 },
    { kind: 'percent_off', basisPoints: 1_000, cap: 300 },
    { kind: 'amount_off', amount: 30 },
  ]
  const campaigns: string[] = []
  for (const benefit of benefits) campaigns.push(await approveCampaign(line, { benefit, limits }))
  const holders = loadSampleChain().holders.filter(({ media }) => media[0]?.blocked === false)
  const media = Array.from({ length: 6 }, () => holders.splice(random.int(holders.length), 1)[0]?.media[0]).filter(
    (medium) => medium !== undefined,
  )
  for (const { type, identifier } of media) {
    for (const campaignId of campaigns) await acquire(line, campaignId, { type, identifier })
  }
  return media.map(({ sampleId }) => sampleId)
}

export interface Cashier {
  readonly screen: Screen
  readonly random: SeededRandom
  readonly shown: ReadonlyMap<string, Shown>
  /** Something goes wrong, now or within moments. */
  readonly inject: () => void
  /** How likely a visit waits until the server is in reach. */
  readonly onlineVisits?: number
}

/** What keeps a counter from serving, for an error's message: names no customer. */
function standing(state: CounterState | null): string {
  if (!state) return 'no process of it shows anything'
  const { enrolment, closed, notices, connection, replica, waiting } = state
  return JSON.stringify({ enrolment, closed, notices, connection, replica, waiting })
}

/** Serves one customer as far as the screen lets them. */
export async function visit(
  { screen, random, shown, inject, onlineVisits = ONLINE_VISITS }: Cashier,
  sampleId: string,
): Promise<void> {
  const ready = await screen.until(({ enrolment }) => enrolment.status === 'enrolled', BACK_MS)
  if (!ready) throw new Error(`the counter did not come back: ${standing(screen.state())}`)
  if (!ready.cashier) {
    const [cashier] = loadSampleChain().operators.filter(({ role }) => role === 'cashier')
    if (!cashier) throw new Error('the sample chain has no cashier')
    const known = await screen.until(({ operators }) => operators.length > 0, BACK_MS)
    if (!known) throw new Error(`the counter knows no cashier: ${standing(screen.state())}`)
    await screen.send({ type: 'signIn', operatorId: cashier.operatorId, pin: cashier.pin })
    if (!(await screen.until((state) => state.cashier !== null, 5_000))) return
  }
  if (random.chance(onlineVisits)) await screen.until(({ connection }) => connection.mode === 'online', 10_000)
  await screen.send({ type: 'nextCustomer' })
  const price = 400 + random.int(2_000)
  const line = { lineId: '1', label: 'Goods', category: 'drinks', quantity: { value: 1, scale: 0 } }
  await screen.send({ type: 'setPurchase', lines: [{ ...line, unitPrice: price, lineTotal: price }] })
  const early = random.chance(0.3)
  if (early) inject()
  await screen.send({ type: 'simulateTap', sampleId })
  const offers = await screen.until(({ visit: { phase } }) => phase === 'offers' || phase === 'refused', 6_000)
  if (offers?.visit.phase !== 'offers' || offers.visit.best.length === 0) return
  if (!early) inject()
  const approving = screen.send({ type: 'approve', select: 'best' })
  const done = await screen.until(({ visit: { phase } }) => phase === 'approved' || phase === 'refused', 6_000)
  await approving
  if (done?.visit.phase === 'approved' && random.chance(0.15)) {
    if (random.chance(0.5)) inject()
    const approval = shown.get(done.visit.redemptionId)
    if (approval) approval.undoAsked = true
    await screen.send({ type: 'undo', redemptionId: done.visit.redemptionId, reason: 'changed their mind' })
    await screen.until(({ visit: { phase } }) => phase === 'undone', 4_000)
  }
}

interface World {
  readonly proxy: Awaited<ReturnType<typeof startFaultProxy>>
  readonly server: RestartableServer
  readonly supervisor: CounterSupervisor
}

/** One thing goes wrong, or nothing: now, or within the next moments. */
function strike(random: SeededRandom, faults: Record<string, number>, { proxy, server, supervisor }: World): void {
  const kinds = ['none', 'none', 'killCounter', 'killCounter', 'killServer', 'killDevices'] as const
  const network: Fault['kind'][] = [
    'dropRequest',
    'loseAnswer',
    'loseAnswer',
    'delayRequest',
    'delayAnswer',
    'captivePortal',
  ]
  const kind = random.pick([...kinds, ...network])
  faults[kind] = (faults[kind] ?? 0) + 1
  const afterMs = random.int(60)
  const later = (task: () => void) => setTimeout(task, afterMs)
  proxy.plan(() => PASS)
  switch (kind) {
    case 'none':
      return
    case 'killCounter':
      return void later(() => kill(supervisor.pids().counter))
    case 'killDevices':
      return void later(() => kill(supervisor.pids().devices))
    case 'killServer':
      return void later(() => void server.killAndRestart())
    default: {
      const ms = kind === 'delayRequest' ? 2_600 + random.int(2_500) : 100 + random.int(3_000)
      const onlyWrites = random.chance(0.7)
      let left = 1 + random.int(3)
      proxy.plan(({ method, path }) => {
        if (onlyWrites && !(method === 'POST' && path.startsWith('/v1/redemptions'))) return PASS
        if (left === 0) return PASS
        left -= 1
        return kind === 'delayRequest' || kind === 'delayAnswer' ? { kind, ms } : { kind }
      })
    }
  }
}

/** `kill -9`; nothing when it has gone. */
export function kill(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until nothing is on its way, nothing waits to be sent and no intent is open. */
async function settle(
  screen: Screen,
  proxy: World['proxy'],
  server: RestartableServer,
  counterDir: string,
  seed: number,
): Promise<void> {
  await server.killAndRestart()
  const deadline = Date.now() + SETTLE_DEADLINE_MS
  while (Date.now() < deadline) {
    const state = await screen.until(
      ({ waiting, connection }) => waiting.count === 0 && connection.mode === 'online',
      5_000,
    )
    if (state && proxy.pending() === 0 && readOpenIntents(join(counterDir, 'journal.db')) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`seed ${seed}: not settled: ${JSON.stringify(screen.state()?.waiting)}`)
}
