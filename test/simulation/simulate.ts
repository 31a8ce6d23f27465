import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { RawMedium } from '../../core/media/medium.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import type { CounterStore } from '../../counter/store/counterStore.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { type Conditions, USUAL } from './conditions.ts'
import { Faults } from './faults.ts'
import { Lanes } from './lanes.ts'
import { News } from './news.ts'
import { Office } from './office.ts'
import { Oracle } from './oracle.ts'
import { seededBytes, seededIds } from './seededIds.ts'
import { Servers } from './servers.ts'
import type { Station } from './station.ts'
import { Managers } from './supervision.ts'
import { World } from './world.ts'

/** What a planted bug changes: a port, before the oracle sees it. */
export interface Planted {
  readonly serverStore?: (store: CouponStore, database: () => Database) => CouponStore
  readonly counterStore?: (store: CounterStore, station: Station) => CounterStore
  readonly gateway?: (gateway: CouponGateway, station: Station) => CouponGateway
  readonly managers?: (gateway: ManagerGateway, station: Station) => ManagerGateway
  /** Timers of counters, milliseconds. */
  readonly delay?: (ms: number) => number
  readonly tapped?: (station: Station, medium: RawMedium) => void
}

export interface SimulationOptions {
  readonly seed: number
  readonly steps: number
  readonly planted?: Planted
  /** Where they are not as usual. */
  readonly conditions?: Partial<Conditions>
}

export interface SimulationReport {
  readonly seed: number
  readonly steps: number
  readonly redemptions: number
  readonly offline: number
  readonly lostAnswers: number
  readonly contested: number
  readonly forced: number
  readonly crashes: number
  readonly violations: readonly string[]
  /** What the run lacks to be worth anything. */
  readonly missing: readonly string[]
}

const STATIONS = 3
/** Whole files are looked at this often, in steps. */
const INSPECT_EVERY = 500
/** Healed, everything has been sent after this long, or never will be: the longest pause of anything is a minute. */
const DRAIN_MS = 15 * 60_000

/**
 * One run: stations, servers, customers and everything that goes wrong, for so many steps; then healed, drained, and held
 * against the oracle. The same options give the same run.
 */
export async function simulate({ seed, steps, planted = {}, ...how }: SimulationOptions): Promise<SimulationReport> {
  const world = new World(seed)
  const conditions = { ...USUAL, ...how.conditions }
  const oracle = new Oracle(world, conditions.offline)
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tapcoupon-simulation-'))
  const serverIds = seededIds(world.random, () => Math.floor(world.now))
  const servers: Servers = new Servers(world, {
    processes: 2,
    hashKeys: [{ v: 1, key: seededBytes(world.random, 32) }],
    clock: { now: () => Math.floor(world.now), monotonic: () => world.now },
    ids: serverIds,
    folder,
    around: (store) => oracle.aroundServer(planted.serverStore?.(store, () => servers.database) ?? store),
  })
  oracle.watches(servers)
  try {
    await servers.start()
    const office = new Office(world, { servers, ledger: oracle.ledger, ids: serverIds, conditions })
    await office.open()
    const faults = new Faults(world, servers, conditions)
    const news = new News(world, () => servers.store)
    oracle.tells(() => void news.changed())
    const lanes = new Lanes(world, { servers, oracle, office, faults, news, planted, folder, conditions })
    const { stations } = lanes
    await lanes.openAll(STATIONS)
    const managers = new Managers(world, { servers, office, ledger: oracle.ledger, ids: serverIds })
    const whenOpen = (least: number, most: number, task: () => Promise<void>) =>
      every(
        world,
        () => faults.closedMs + world.between(least, most),
        () => void task(),
      )
    const ends = [
      whenOpen(3_000, 3_000, () => office.register()),
      whenOpen(90_000, 90_000, () => office.launch()),
      whenOpen(40_000, 90_000, () => office.suspend(world.between(3_000, 20_000))),
      whenOpen(...conditions.resolutions, () => managers.resolve()),
      whenOpen(15_000, 60_000, () => managers.writeOff()),
      whenOpen(...conditions.rollbacks, () => managers.rollBack()),
      whenOpen(15_000, 60_000, () => managers.loseCard(world.between(5_000, 30_000))),
      whenOpen(...conditions.revocations, async () => {
        const inService = stations.filter(({ isRetired, stationId }) => !isRetired && stationId !== null)
        const { stationId } = world.random.pick(inService) ?? {}
        if (stationId && oracle.ledger.revoked.size < conditions.mostRevoked) await managers.revoke(stationId)
      }),
    ]

    for (let step = 1; step <= steps && world.violations.length === 0; step++) {
      await world.step()
      for (const station of stations) oracle.step(station)
      if (step % INSPECT_EVERY === 0) oracle.inspect(stations)
    }
    for (const end of ends) end()
    faults.heal()
    if (world.violations.length === 0) {
      lanes.close()
      await drain(world, faults.closedMs + DRAIN_MS, () => oracle.isDrained(stations))
      lanes.stop()
      await world.rest()
      oracle.finish(stations, servers, [...office.identifiers, ...oracle.managers.tokens])
    } else lanes.stop()

    const { tally } = oracle
    const crashes = servers.crashes + stations.reduce((sum, station) => sum + station.crashes, 0)
    return {
      seed,
      steps,
      redemptions: tally.shown.size,
      offline: tally.offline.size,
      lostAnswers: tally.lostAnswers,
      contested: tally.contested.size,
      forced: tally.forced,
      crashes,
      violations: world.violations,
      missing: tally.missing(),
    }
  } finally {
    await servers.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Time passes until nothing is left to be sent. */
async function drain(world: World, withinMs: number, isDrained: () => boolean): Promise<void> {
  const until = world.now + withinMs
  for (let step = 1; world.now < until; step++) {
    if (!(await world.step())) return
    if (step % 100 === 0 && isDrained()) return
  }
  world.violated('healed, and yet not drained')
}

function every(world: World, ms: () => number, task: () => void): () => void {
  let active = true
  const again = () => {
    world.after(ms(), () => {
      if (!active) return
      task()
      again()
    })
  }
  again()
  return () => {
    active = false
  }
}
