import { Cashier } from './cashier.ts'
import type { Conditions } from './conditions.ts'
import type { Faults } from './faults.ts'
import { Link } from './link.ts'
import type { News } from './news.ts'
import { type Office, STORES } from './office.ts'
import type { Oracle } from './oracle.ts'
import type { HttpRequest, Servers } from './servers.ts'
import type { Planted } from './simulate.ts'
import { Station } from './station.ts'
import type { World } from './world.ts'

export interface LanesParts {
  readonly servers: Servers
  readonly oracle: Oracle
  readonly office: Office
  readonly faults: Faults
  readonly news: News
  readonly planted: Planted
  readonly conditions: Conditions
  readonly folder: string
}

/** The counters of the shops with who works there. One that is taken out of service gets a successor. */
export class Lanes {
  readonly stations: Station[] = []
  readonly #world: World
  readonly #parts: LanesParts
  readonly #cashiers = new Map<Station, Cashier>()
  readonly #looks = new Map<Station, string>()
  #isOpen = true

  constructor(world: World, parts: LanesParts) {
    this.#world = world
    this.#parts = parts
  }

  /** A machine of a store becomes a counter and starts; somebody stands at it. */
  async open(storeId: string): Promise<void> {
    const { oracle, office, faults, conditions, planted, servers, news, folder } = this.#parts
    const name = `lane ${this.stations.length + 1}`
    const station = new Station(this.#world, {
      name,
      storeId,
      folder,
      news,
      enrolCode: await office.announce(storeId, name),
      link: (of) => new Link(this.#world, servers, of.machine, { answered: heardAnswers(oracle) }),
      delay: planted.delay ?? ((ms) => ms),
      tapped: planted.tapped ?? (() => {}),
      aroundStore: (store, of) => oracle.aroundStore(planted.counterStore?.(store, of) ?? store, of),
      aroundManagers: (gateway, of) => oracle.managers.around(planted.managers?.(gateway, of) ?? gateway, of),
      aroundGateway: (gateway, of) => oracle.aroundGateway(planted.gateway?.(gateway, of) ?? gateway, of),
      ended: (of) => oracle.watch(of).close(),
      forgets: (of) => this.#retired(of),
      shown: (of, state) => {
        oracle.watch(of).screen(of, state)
        const { visit, cashier, operators, offlineDesk } = state
        const desk = `${offlineDesk?.server} ${offlineDesk?.list?.open} ${offlineDesk?.story?.conflictId}`
        const looks = `${visit.phase} ${cashier?.operatorId} ${operators.length} ${desk}`
        if (this.#looks.get(of) !== looks) this.#cashiers.get(of)?.notice()
        this.#looks.set(of, looks)
      },
    })
    this.stations.push(station)
    station.start()
    const tapped = () => oracle.watch(station).deadlines.tapped(station)
    const cashier = new Cashier(this.#world, station, office, { tapped, conditions })
    this.#cashiers.set(station, cashier)
    if (!this.#isOpen) cashier.close()
    faults.add(station, cashier)
  }

  async openAll(count: number): Promise<void> {
    for (let index = 0; index < count; index++) await this.open(STORES[index % STORES.length]?.storeId ?? '')
  }

  /** Nobody is served any more. */
  close(): void {
    this.#isOpen = false
    for (const cashier of this.#cashiers.values()) cashier.close()
  }

  stop(): void {
    for (const station of this.stations) station.stop()
  }

  #retired(station: Station): void {
    this.#parts.oracle.forgets(station)
    this.#cashiers.get(station)?.close()
    if (this.#isOpen) void this.open(station.storeId)
  }
}

const heardAnswers =
  (oracle: Oracle) =>
  ({ method, url, body }: HttpRequest, { status }: { status: number }, reached: boolean): void => {
    if (!reached || method !== 'POST' || url !== '/v1/redemptions' || status !== 200) return
    oracle.tally.heard.add((JSON.parse(body ?? '{}') as { redemptionId: string }).redemptionId)
  }
