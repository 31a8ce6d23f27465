import type { ConflictPage, ConflictResolution } from '../../core/contract/conflicts.ts'
import type { LeaseOverview } from '../../core/contract/leases.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Ledger } from './ledger.ts'
import type { Office } from './office.ts'
import { type PatientLine, patientLine } from './patientLine.ts'
import type { Servers } from './servers.ts'
import type { World } from './world.ts'

const RESOLUTIONS: readonly ConflictResolution[] = ['accepted', 'rolled_back', 'written_off']

/** Customers who are in the shops these days are the latest. */
const THESE_DAYS = 9

/** Managers and administrators at the server: conflicts, leases, stations, lost cards; over the real routes. */
export class Managers {
  readonly #world: World
  readonly #servers: Servers
  readonly #ledger: Ledger
  readonly #office: Office
  readonly #ids: Ids
  readonly #ask: PatientLine

  constructor(world: World, parts: { servers: Servers; ledger: Ledger; office: Office; ids: Ids }) {
    this.#world = world
    this.#servers = parts.servers
    this.#ledger = parts.ledger
    this.#office = parts.office
    this.#ids = parts.ids
    this.#ask = patientLine(world, parts.servers)
  }

  /** Says something about one of the latest open conflicts. */
  async resolve(): Promise<void> {
    const { manager } = this.#office.people
    const list = await this.#ask(manager, 'GET', '/v1/conflicts?state=open&limit=10')
    const { conflicts } = list.body as ConflictPage
    if (conflicts.length === 0) return
    const { conflictId } = this.#world.random.pick(conflicts)
    const resolution = this.#world.random.pick(RESOLUTIONS)
    const word = { resolutionId: this.#ids.uuid7(), resolution, reason: 'looked at' }
    await this.#ask(manager, 'POST', `/v1/conflicts/${conflictId}/resolve`, word)
  }

  /** Gives up what some counter holds of a campaign. */
  async writeOff(): Promise<void> {
    const { manager } = this.#office.people
    const { leases } = (await this.#ask(manager, 'GET', '/v1/leases')).body as { leases: readonly LeaseOverview[] }
    const lent = leases.filter(({ ended }) => ended === null)
    if (lent.length === 0) return
    const { leaseId } = this.#world.random.pick(lent)
    await this.#ask(manager, 'POST', `/v1/leases/${leaseId}/write-off`, { reason: 'nobody answers there' })
  }

  /** Takes a counter out of service for good, and gives up what it holds. */
  async revoke(stationId: string): Promise<void> {
    const { admin } = this.#office.people
    await this.#ask(admin, 'POST', `/v1/stations/${stationId}/revoke`, {})
    await this.#ask(admin, 'POST', `/v1/stations/${stationId}/write-off`, { reason: 'revoked' })
  }

  /** A customer has lost their card, and finds it again after so long. */
  async loseCard(ms: number): Promise<void> {
    const holders = [...new Set([...this.#ledger.coupons.values()].map((coupon) => coupon.holder))]
    const holder = this.#world.random.pick(holders.slice(-THESE_DAYS))
    if (this.#ledger.blocked.has(holder)) return
    this.#setBlocked(holder, true)
    this.#ledger.blocked.set(holder, this.#world.now)
    await new Promise<void>((resolve) => this.#world.after(ms, resolve))
    this.#setBlocked(holder, false)
    this.#ledger.blocked.delete(holder)
  }

  /** As the registration does it, which has a program of its own. */
  #setBlocked(key: string, blocked: boolean): void {
    const { database } = this.#servers
    const block = database.transaction(() => {
      database.exec("UPDATE positions SET value = value + 1 WHERE name = 'change'")
      database
        .prepare(
          "UPDATE media SET blocked = ?, change_seq = (SELECT value FROM positions WHERE name = 'change') WHERE key = ?",
        )
        .run(Number(blocked), Buffer.from(key, 'hex'))
    })
    block.immediate()
  }
}
