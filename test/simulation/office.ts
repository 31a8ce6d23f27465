import { type CampaignRules, type Limits, OfflinePolicy } from '../../core/campaigns/rules.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { newEnrolmentCode } from '../../core/enrolment/code.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { Store } from '../../core/objective.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { pinVerifier } from '../../server/auth/pins.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import { StoreUnavailable } from '../../server/store/commands.ts'
import { DAY_STARTS_HOUR } from './businessDay.ts'
import type { CampaignTerms } from './campaignCounts.ts'
import type { Conditions } from './conditions.ts'
import type { Ledger } from './ledger.ts'
import { type PatientLine, patientLine } from './patientLine.ts'
import type { Servers } from './servers.ts'
import { SIMULATION_START, type World } from './world.ts'

const DAY_MS = 86_400_000
export const PIN = '2580'
/** A scrypt that costs nothing. */
const CHEAP = { N: 16, r: 1, p: 1 }

export const STORES: readonly Store[] = ['north', 'south'].map((storeId) => ({
  storeId,
  name: `Store ${storeId}`,
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  businessDayStartHour: DAY_STARTS_HOUR,
}))

export interface Customer {
  readonly medium: RawMedium
}

/** Campaigns that go on all the time. */
const LASTING = 6
/** Customers come back for a while and then others come. */
const REGULARS = 9
/** Those who registered last are not in the shops yet: every copy has had time to hear of them. */
const NEWCOMERS = 2

/** Head office and the registration terminal: campaigns, customers and coupons, over the real routes, with patience. */
export class Office {
  readonly identifiers: string[] = []
  readonly #world: World
  readonly #servers: Servers
  readonly #ledger: Ledger
  readonly #ids: Ids
  readonly #conditions: Pick<Conditions, 'limits' | 'budgets' | 'offline'>
  readonly #tokens = { planner: '', approver: '', registration: '', manager: '', admin: '' }
  readonly #campaigns: string[] = []
  #regulars: Customer[] = []
  #suspending = false
  #adminId = ''

  readonly #ask: PatientLine

  constructor(
    world: World,
    parts: {
      readonly servers: Servers
      readonly ledger: Ledger
      readonly ids: Ids
      readonly conditions: Pick<Conditions, 'limits' | 'budgets' | 'offline'>
    },
  ) {
    this.#ask = patientLine(world, parts.servers)
    this.#world = world
    this.#servers = parts.servers
    this.#ledger = parts.ledger
    this.#ids = parts.ids
    this.#conditions = parts.conditions
  }

  async open(): Promise<void> {
    const { store } = this.#servers
    const now = this.#world.now
    const settings = StationSettings.parse({ undoWindowSeconds: 60, offline: this.#conditions.offline })
    for (const one of STORES) await store.putStore({ store: one, settings, acceptsRawMedia: true })
    for (const [name, role] of [
      ['rin', 'cashier'],
      ['sora', 'manager'],
      ['planner', 'planner'],
      ['approver', 'approver'],
      ['admin', 'admin'],
    ] as const) {
      const operatorId = this.#ids.uuid7()
      const pin = await pinVerifier(PIN, this.#ids, CHEAP)
      await store.putOperator({ operatorId, name, role, active: true, pin })
      if (role === 'admin') this.#adminId = operatorId
      if (role === 'cashier') continue
      this.#tokens[role] = newSecret(this.#ids)
      await store.openSession(secretHash(this.#tokens[role]), operatorId, now + 300 * DAY_MS, now)
    }
    this.#tokens.registration = newSecret(this.#ids)
    const tokenHash = secretHash(this.#tokens.registration)
    const station = { stationId: this.#ids.uuid7(), storeId: 'north', name: 'terminal', role: 'registration' as const }
    await store.putUnsignedStation({ ...station, tokenHash, now })
    await this.#campaign({ benefit: { kind: 'amount_off', amount: 50 }, limits: limits(1) })
    await this.#campaign({ benefit: { kind: 'percent_off', basisPoints: 500 }, limits: limits(2) })
    await this.#campaign({ benefit: { kind: 'amount_off', amount: 30 }, limits: { ...limits(3), holderUses: 4 } })
    const online = OfflinePolicy.parse({ mode: 'require_online' })
    await this.#campaign({ benefit: { kind: 'amount_off', amount: 20 }, limits: limits(2), offline: online })
    const capped = OfflinePolicy.parse({ maxValue: 60 })
    await this.#campaign({ benefit: { kind: 'percent_off', basisPoints: 700 }, limits: limits(2), offline: capped })
    const daily: Limits = { ...limits(5), holderPeriod: { period: 'day', uses: 2 } }
    await this.#campaign({ benefit: { kind: 'amount_off', amount: 25 }, limits: daily })
    await this.launch()
    for (let one = 0; one < REGULARS; one++) await this.register()
  }

  /** Campaigns that give only so often or so much in all, and one that is soon over, take the place of those before. */
  async launch(): Promise<void> {
    this.#campaigns.length = Math.min(this.#campaigns.length, LASTING)
    const campaignUses = this.#world.between(...this.#conditions.limits)
    const benefit = { kind: 'amount_off' as const, amount: 40 }
    await this.#campaign({ benefit, limits: { ...limits(1), campaignUses } })
    const budget = { ...limits(2), campaignValue: this.#world.between(...this.#conditions.budgets) }
    await this.#campaign({ benefit: { kind: 'percent_off', basisPoints: 600 }, limits: budget })
    const until = Math.floor(this.#world.now) + this.#world.between(20_000, 60_000)
    await this.#campaign({ benefit: { kind: 'amount_off', amount: 10 }, limits: limits(3) }, until)
  }

  /** Stops a campaign for a while, unless it still is. */
  async suspend(ms: number): Promise<void> {
    if (this.#suspending) return
    this.#suspending = true
    const [, campaignId] = this.#campaigns
    await this.#ask(this.#tokens.approver, 'POST', `/v1/campaigns/${campaignId}/suspend`, {})
    await new Promise<void>((resolve) => this.#world.after(ms, resolve))
    await this.#ask(this.#tokens.approver, 'POST', `/v1/campaigns/${campaignId}/resume`, {})
    this.#suspending = false
  }

  /** A one-time code with which a machine becomes a station of `storeId`. */
  async announce(storeId: string, name: string): Promise<string> {
    const code = newEnrolmentCode(this.#ids)
    const now = Math.floor(this.#world.now)
    const station = { stationId: this.#ids.uuid7(), storeId, name, role: 'counter' as const }
    const until = { codeHash: secretHash(code), codeExpiresAt: now + DAY_MS }
    try {
      await this.#servers.store.announceStation({ ...station, ...until, announcedBy: this.#adminId, now })
      return code
    } catch (error) {
      // A server that is down, or whose disk is full for a while: the office tries again.
      if (!(error instanceof StoreUnavailable)) throw error
      await new Promise<void>((resolve) => this.#world.after(1_000, resolve))
      return this.announce(storeId, name)
    }
  }

  /** Who looks after stores, who administers, and the terminal at which cards are shown: with a session or token each. */
  get people(): { readonly manager: string; readonly admin: string; readonly registration: string } {
    return this.#tokens
  }

  /** Somebody who is in the shops these days. */
  customer(): Customer {
    return this.#world.random.pick(this.#regulars.slice(0, -NEWCOMERS))
  }

  /** A new customer takes coupons onto a new medium. */
  async register(): Promise<void> {
    const { random } = this.#world
    const digits = Array.from({ length: 8 }, () => random.int(16).toString(16)).join('')
    const medium: RawMedium = { type: 'felica-idm', identifier: `012e4c99${digits}` }
    this.identifiers.push(medium.identifier)
    for (const campaignId of this.#campaigns) {
      if (random.chance(0.35)) continue
      const request = { acquisitionId: this.#ids.uuid7(), campaignId, medium }
      await this.#ask(this.#tokens.registration, 'POST', '/v1/acquisitions', request)
    }
    this.#regulars = [...this.#regulars.slice(1 - REGULARS), { medium }]
  }

  async #campaign(rules: Partial<CampaignRules>, validUntil = SIMULATION_START + 300 * DAY_MS): Promise<string> {
    const campaignId = this.#ids.uuid7()
    const document = {
      title: `Campaign ${this.#campaigns.length + 1}`,
      currency: 'JPY',
      validFrom: new Date(SIMULATION_START - DAY_MS).toISOString(),
      validUntil: new Date(validUntil).toISOString(),
      ...rules,
    }
    this.#ledger.counts.addCampaign(termsOf(campaignId, rules, validUntil))
    this.#campaigns.push(campaignId)
    await this.#ask(this.#tokens.planner, 'POST', '/v1/campaigns', { campaignId, rules: document })
    await this.#ask(this.#tokens.planner, 'POST', `/v1/campaigns/${campaignId}/submit`, {})
    await this.#ask(this.#tokens.approver, 'POST', `/v1/campaigns/${campaignId}/approve`, {})
    return campaignId
  }
}

const limits = (acquisitionUses: number) => ({ acquisitionUses, holderAcquisitions: 10 })

function termsOf(
  campaignId: string,
  { limits: its, offline }: Partial<CampaignRules>,
  validUntil: number,
): CampaignTerms {
  return {
    campaignId,
    acquisitionUses: its?.acquisitionUses ?? 1,
    holderUses: its?.holderUses ?? null,
    dailyUses: its?.holderPeriod?.uses ?? null,
    campaignUses: its?.campaignUses ?? null,
    campaignValue: its?.campaignValue ?? null,
    requiresOnline: offline?.mode === 'require_online',
    offlineMaxValue: offline?.maxValue ?? null,
    validUntil,
  }
}
