import type { Cashier } from './cashier.ts'
import type { Conditions } from './conditions.ts'
import { LINE_STATES, type LineState } from './link.ts'
import type { Servers } from './servers.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000

/** Everything that goes wrong, as the seed says, until it is told to stop. */
export class Faults {
  readonly #world: World
  readonly #stations: Station[] = []
  readonly #cashiers: Cashier[] = []
  readonly #servers: Servers
  readonly #conditions: Conditions
  #active = true
  #quietUntil = 0

  constructor(world: World, servers: Servers, conditions: Conditions) {
    this.#conditions = conditions
    this.#world = world
    this.#servers = servers
    this.#again(8_000, 40_000, () => this.#servers.crashWithin(world.random.int(20)))
    this.#again(40_000, 160_000, () => {
      this.#servers.fillDisk()
      world.after(world.between(500, 6_000), () => this.#servers.freeDisk())
    })
    this.#again(...conditions.nights, () => this.#night())
  }

  /** One more counter to which things happen. */
  add(station: Station, cashier: Cashier): void {
    const world = this.#world
    this.#stations.push(station)
    this.#cashiers.push(cashier)
    this.#again(...this.#conditions.flaps, () => {
      station.link.state = this.#line()
    })
    this.#again(...this.#conditions.crashes, () => station.crashWithin(world.random.int(60)))
    this.#again(20_000, 90_000, () => {
      station.disk.full = true
      world.after(world.between(500, 8_000), () => {
        station.disk.full = false
      })
    })
    this.#again(20_000, 120_000, () => station.machine.setClock(this.#clockError()))
    this.#again(30_000, 120_000, () => station.machine.sleep(world.between(1_000, 20_000)))
  }

  /** How long the shops stay closed, milliseconds; 0: they are open. */
  get closedMs(): number {
    return Math.max(0, this.#quietUntil - this.#world.now)
  }

  /** Lines up, disks free, everybody awake: from now on nothing goes wrong. */
  heal(): void {
    this.#active = false
    this.#servers.freeDisk()
    for (const station of this.#stations) {
      station.link.state = 'up'
      station.disk.full = false
    }
  }

  #again(least: number, most: number, strike: () => void): void {
    this.#world.after(this.#world.between(least, most), () => {
      if (!this.#active) return
      if (this.closedMs === 0) strike()
      const { closedMs } = this
      this.#again(closedMs + least, closedMs + most, strike)
    })
  }

  #line(): LineState {
    let left = this.#world.random.int(100)
    for (const state of LINE_STATES) {
      left -= this.#conditions.lines[state] ?? 0
      if (left < 0) return state
    }
    return 'up'
  }

  #clockError(): number {
    const { random } = this.#world
    const size = random.pick([2_000, 30_000, HOUR_MS, 26 * HOUR_MS])
    return (random.chance(0.5) ? 1 : -1) * random.int(size)
  }

  /** The shops close. */
  #night(): void {
    const ms = this.#world.between(2, 9) * HOUR_MS
    this.#quietUntil = this.#world.now + ms
    for (const cashier of this.#cashiers) cashier.pause(ms)
    for (const station of this.#stations) station.machine.sleep(ms)
  }
}
