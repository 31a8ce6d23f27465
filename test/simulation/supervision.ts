import type { ConflictPage, ConflictResolution } from '../../core/contract/conflicts.ts'
import type { LeaseOverview } from '../../core/contract/leases.ts'
import type { PresentationResponse } from '../../core/contract/media.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Ledger } from './ledger.ts'
import type { Office } from './office.ts'
import { type PatientLine, patientLine } from './patientLine.ts'
import type { Servers } from './servers.ts'
import type { World } from './world.ts'

const RESOLUTIONS: readonly ConflictResolution[] = ['accepted', 'rolled_back', 'written_off']

/** Redemptions that somebody may come back about. */
const THESE_DAYS = 30

/** Managers and administrators at the server: conflicts, leases, stations, lost cards; over the real routes. */
export class Managers {
  readonly #world: World
  readonly #ledger: Ledger
  readonly #lost = new Set<string>()
  readonly #office: Office
  readonly #ids: Ids
  readonly #ask: PatientLine

  constructor(world: World, parts: { servers: Servers; office: Office; ledger: Ledger; ids: Ids }) {
    this.#world = world
    this.#office = parts.office
    this.#ledger = parts.ledger
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

  /** A customer brings everything back, or a mistake is put right: one of the latest redemptions is undone. */
  async rollBack(): Promise<void> {
    const latest = [...this.#ledger.redemptions.values()].slice(-THESE_DAYS)
    const counted = latest.filter(({ lines }) => [...lines.values()].some(({ state }) => state === 'counted'))
    if (counted.length === 0) return
    const { redemptionId } = this.#world.random.pick(counted)
    const word = { rollbackId: this.#ids.uuid7(), reason: 'brought back' }
    await this.#ask(this.#office.people.manager, 'POST', `/v1/redemptions/${redemptionId}/rollback`, word)
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

  /** A customer has lost their card, and comes with it again after so long. */
  async loseCard(ms: number): Promise<void> {
    const { medium } = this.#office.customer()
    if (this.#lost.has(medium.identifier)) return
    this.#lost.add(medium.identifier)
    await this.#setBlocked(medium, true)
    await new Promise<void>((resolve) => this.#world.after(ms, resolve))
    await this.#setBlocked(medium, false)
    this.#lost.delete(medium.identifier)
  }

  /** The card, or what the customer has instead to show who they are, lies at the terminal; a manager says the word. */
  async #setBlocked(medium: RawMedium, blocked: boolean): Promise<void> {
    const { registration, manager } = this.#office.people
    const shown = await this.#ask(registration, 'POST', '/v1/media/presentations', { medium, entry: 'tap' })
    const { presentation, known } = shown.body as PresentationResponse
    // Whoever took no coupon is nobody's customer yet.
    if (!known) return
    const request = { actionId: this.#ids.uuid7(), medium: { presentation }, blocked, reason: 'lost' }
    const answer = await this.#ask(manager, 'POST', '/v1/media/block', request)
    if (answer.status !== 200) this.#world.violated(`a lost card could not be ${blocked ? 'blocked' : 'given back'}`)
  }
}
