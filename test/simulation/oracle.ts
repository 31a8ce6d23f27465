import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { OfflineSettings } from '../../core/contract/stations.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { CounterStore } from '../../counter/store/counterStore.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { Approval } from './approval.ts'
import { CounterWatch } from './counterWatch.ts'
import { Ledger, sameLines } from './ledger.ts'
import { ManagerWatch } from './managerWatch.ts'
import type { Servers } from './servers.ts'
import { serverWatch } from './serverWatch.ts'
import type { Station } from './station.ts'
import { Tally } from './tally.ts'
import type { World } from './world.ts'

/** Holds everything that can be seen from outside against the rules that never bend. */
export class Oracle {
  readonly tally = new Tally()
  readonly ledger: Ledger
  readonly managers: ManagerWatch
  readonly #world: World
  readonly #policy: OfflineSettings
  readonly #watches = new Map<string, CounterWatch>()
  readonly #givers = new Map<string, { watch: CounterWatch; redemptionId: string; at: number }[]>()
  readonly #aroundServer: (store: CouponStore) => CouponStore
  #servers: Servers | null = null
  #recalled = () => {}

  /** `policy`: what the stores allow offline. */
  constructor(world: World, policy: OfflineSettings) {
    this.#policy = policy
    this.#world = world
    this.ledger = new Ledger(world, (redemptionId, acquisitionId) => {
      for (const watch of this.#watches.values()) watch.takenBack(redemptionId, acquisitionId)
    })
    this.managers = new ManagerWatch(world, (conflictId) => this.#endOf(conflictId))
    this.#aroundServer = serverWatch(world, this.ledger, this.tally, {
      database: () => this.#database,
      recalled: () => this.#recalled(),
    }).around
  }

  get #database(): Database {
    if (!this.#servers) throw new Error('the servers have not been made')
    return this.#servers.database
  }

  /** `changed` is told of every commit that may have called leases back. */
  tells(changed: () => void): void {
    this.#recalled = changed
  }

  watches(servers: Servers): void {
    this.#servers = servers
  }

  aroundServer = (store: CouponStore): CouponStore => this.#aroundServer(store)

  aroundStore = (store: CounterStore, station: Station): CounterStore => {
    const watch = this.watch(station)
    watch.starts(station)
    return watch.aroundStore(store, station)
  }

  aroundGateway = (gateway: CouponGateway, station: Station): CouponGateway =>
    this.watch(station).aroundGateway(gateway, station)

  watch({ name }: Station): CounterWatch {
    const known = this.#watches.get(name)
    if (known) return known
    const watch = new CounterWatch(this.#world, this.ledger, this.tally, {
      policy: this.#policy,
      gave: (it, approval) => this.#gave(it, approval),
      hasEnded: (conflictId, outcome) => this.#hasEnded(conflictId, outcome),
    })
    this.#watches.set(name, watch)
    return watch
  }

  /** How a conflict ended on the server; null: it has not. */
  #endOf(conflictId: string): string | null {
    return this.#database.prepare<[string], string | null>(OUTCOME).pluck().get(conflictId) ?? null
  }

  #hasEnded(conflictId: string, outcome: string): boolean {
    return this.#database.prepare<[string, string]>(ONCE_ENDED).get(conflictId, outcome) !== undefined
  }

  #gave(watch: CounterWatch, { redemptionId, lines, stored }: Approval): void {
    for (const acquisitionId of lines.keys()) {
      this.tally.used.add(acquisitionId)
      const givers = this.#givers.get(acquisitionId) ?? []
      const unknown = givers.some((other) => {
        if (other.watch === watch) return false
        return other.watch.isUnsettled(other.redemptionId) || (stored && other.at > (watch.completeAt ?? 0))
      })
      if (unknown) this.tally.contested.add(acquisitionId)
      givers.push({ watch, redemptionId, at: this.#world.now })
      this.#givers.set(acquisitionId, givers)
    }
  }

  /** What must hold after every step of this station. */
  step(station: Station): void {
    this.watch(station).deadlines.check(station)
  }

  /** What must hold at any time and takes a look at whole files. */
  inspect(stations: readonly Station[]): void {
    for (const station of stations) this.watch(station).checkOutbox(station)
  }

  /** Whether nothing waits to be sent, and nothing is open. */
  isDrained(stations: readonly Station[]): boolean {
    if (this.#database.prepare<[], number>(NOT_GIVEN_BACK).pluck().get() !== 0) return false
    return stations.every((station) => {
      if (this.#unheard(station).length > 0) return false
      if (this.ledger.revoked.has(station.stationId ?? '')) return station.isRetired
      const phase = station.state?.visit.phase
      if (phase === undefined || phase === 'approving' || phase === 'undoing') return false
      return this.watch(station).waiting(station) === 0
    })
  }

  /** A counter forgets its keys: what it has not sent would be lost with them. */
  forgets(station: Station): void {
    const watch = this.watch(station)
    const left = watch.waiting(station)
    if (left > 0) this.#world.violated(`rule 3: ${station.name} forgot its keys and ${left} events with them`)
    watch.close()
  }

  /** Conflicts about this station's events that have ended, and of which it has not heard how. */
  #unheard(station: Station): readonly string[] {
    const { stationId } = station
    if (stationId === null || this.ledger.revoked.has(stationId)) return []
    const ended = this.#database.prepare<[string], string>(ENDED).pluck().all(stationId)
    const { resolved } = this.watch(station)
    return ended.filter((conflictId) => resolved.get(conflictId) !== this.#endOf(conflictId))
  }

  /** Everything is healed and drained: what must be equal is. */
  finish(stations: readonly Station[], servers: Servers, secrets: readonly string[]): void {
    this.inspect(stations)
    for (const station of stations) {
      const left = this.watch(station).waiting(station)
      if (left > 0) this.#world.violated(`rule 3: ${station.name} still has ${left} events or open intents`)
    }
    for (const station of stations) {
      const unheard = this.#unheard(station).length
      if (unheard > 0) this.#world.violated(`rule 3: ${station.name} has not heard how ${unheard} conflicts ended`)
      const isRevoked = this.ledger.revoked.has(station.stationId ?? '')
      if (isRevoked && !station.isRetired) this.#world.violated(`${station.name} was revoked and keeps its keys`)
    }
    const kept = this.#database.prepare<[], number>(NOT_GIVEN_BACK).pluck().get() ?? 0
    if (kept > 0) this.#world.violated(`rule 4: ${kept} leases were called back and never came`)
    this.#compareConflicts()
    this.#compareRedemptions(servers)
    this.#compareForced(servers)
    this.#lookForSecrets(stations, servers, secrets)
    for (const watch of this.#watches.values()) watch.close()
  }

  /** What the server holds = what was shown ∪ what was rolled back, line by line. */
  #compareRedemptions({ database }: Servers): void {
    const wrong = (what: string) => this.#world.violated(`rule 2: ${what}`)
    const shown = new Map([...this.#watches.values()].flatMap((watch) => [...watch.shown]))
    const undone = new Set([...this.#watches.values()].flatMap((watch) => [...watch.undone]))
    const rows = database
      .prepare<[], { redemption_id: string; acquisition_id: string; discount: number; state: string }>(
        'SELECT redemption_id, acquisition_id, discount, state FROM redemption_lines',
      )
      .all()
    const held = Map.groupBy(rows, ({ redemption_id }) => redemption_id)
    for (const [redemptionId, lines] of held) {
      const active = lines.filter(({ state }) => state !== 'rolled_back')
      if (active.length === 0) continue
      const theirs = new Map(active.map(({ acquisition_id, discount }) => [acquisition_id, discount]))
      const given = shown.get(redemptionId)
      const ours =
        given && new Map([...given].filter(([id]) => !this.ledger.undoneByManager.has(`${redemptionId} ${id}`)))
      if (!ours) wrong(`${redemptionId} is held and was never shown`)
      else if (undone.has(redemptionId)) wrong(`${redemptionId} was taken back and is held`)
      else if (!sameLines(theirs, ours)) wrong(`${redemptionId} is held with other lines than were shown`)
    }
    for (const redemptionId of shown.keys()) {
      if (!held.has(redemptionId)) wrong(`${redemptionId} was shown and is lost`)
      else if (!held.get(redemptionId)?.some(({ state }) => state !== 'rolled_back') && !undone.has(redemptionId)) {
        const byManager = [...(shown.get(redemptionId)?.keys() ?? [])].every((id) =>
          this.ledger.undoneByManager.has(`${redemptionId} ${id}`),
        )
        if (!byManager && !this.#wasUndone(redemptionId))
          wrong(`${redemptionId} was shown, never taken back, and is rolled back`)
      }
    }
  }

  /** Taken back according to its journal, though the screen that would have said so went dark. */
  #wasUndone(redemptionId: string): boolean {
    return [...this.#watches.values()].some((watch) => watch.given.get(redemptionId)?.undone)
  }

  /** What is open is what is forced and nobody has judged; what was set aside at a counter has been told. */
  #compareConflicts(): void {
    const held = this.#database.prepare<[], string>(OPEN).pluck().all()
    const open = [...this.ledger.redemptions.values()].flatMap(({ redemptionId, lines }) =>
      [...lines.values()].flatMap((line) =>
        line.state === 'forced' && !line.stands ? [`${redemptionId} ${line.acquisitionId}`] : [],
      ),
    )
    const differing =
      held.filter((line) => !open.includes(line)).length + open.filter((line) => !held.includes(line)).length
    if (differing > 0)
      this.#world.violated(`rule 1: ${differing} conflicts are open that should not be, or the other way`)
    const begun = [...this.#watches.values()].reduce((sum, { setAside }) => sum + setAside.begun, 0)
    const told = this.#database.prepare<[], number>(OVERRIDES).pluck().get()
    if (told !== begun) this.#world.violated(`rule 2: ${begun} overrides began, head office was told of ${told}`)
  }

  #compareForced({ database }: Servers): void {
    const rows = database
      .prepare<[], string>("SELECT redemption_id || ' ' || acquisition_id FROM overuse")
      .pluck()
      .all()
    const missing = [...this.ledger.forcedEver].filter((line) => !rows.includes(line))
    if (rows.length !== this.ledger.forcedEver.size || missing.length > 0) {
      this.#world.violated(`rule 1: ${rows.length} lines are forced, the oracle counts ${this.ledger.forcedEver.size}`)
    }
    for (const { redemptionId, lines } of this.ledger.redemptions.values()) {
      for (const { acquisitionId, state } of lines.values()) {
        const held = database.prepare<[string, string], string>(LINE_STATE).pluck().get(redemptionId, acquisitionId)
        const expected = state === 'undone' ? 'rolled_back' : state
        if (held !== expected) {
          this.#world.violated(`rule 1: ${redemptionId} ${acquisitionId} is ${held}, the oracle says ${expected}`)
        }
      }
    }
  }

  /** No identifier of a medium is on any disk, and no manager's token. */
  #lookForSecrets(stations: readonly Station[], servers: Servers, secrets: readonly string[]): void {
    const files = stations.flatMap(({ name, folder }) =>
      readdirSync(folder).map((file) => ({ where: `${name}/${file}`, bytes: readFileSync(join(folder, file)) })),
    )
    const all = [...files, { where: "the server's database", bytes: servers.database.serialize() }]
    for (const { where, bytes } of all) {
      const text = bytes.toString('latin1').toLowerCase()
      const found = secrets.find((secret) => text.includes(secret.toLowerCase()))
      if (found) this.#world.violated(`rule 5: an identifier or a token is stored in ${where}`)
    }
  }
}

const LINE_STATE = 'SELECT state FROM redemption_lines WHERE redemption_id = ? AND acquisition_id = ?'
const OUTCOME = 'SELECT outcome FROM conflicts WHERE conflict_id = ?'
const ONCE_ENDED = 'SELECT 1 FROM conflict_steps WHERE conflict_id = ? AND action = ?'
const ENDED = 'SELECT conflict_id FROM conflicts WHERE station_id = ? AND outcome IS NOT NULL AND event_id IS NOT NULL'
const OPEN = `SELECT redemption_id || ' ' || acquisition_id FROM conflicts WHERE outcome IS NULL AND kind = 'forced'`
const OVERRIDES = `SELECT count(*) FROM events WHERE type = 'override'
                   AND json_extract(event, '$.body.action') = 'begun'`
/** Called back, of which something is left. */
const NOT_GIVEN_BACK = "SELECT count(*) FROM leases WHERE state = 'recalled' AND uses > drawn_uses"
