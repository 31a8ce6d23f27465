import { LeaseAccounts } from './leaseAccounts.ts'
import type { World } from './world.ts'

/** What a campaign allows, as head office wrote it. */
export interface CampaignTerms {
  readonly campaignId: string
  readonly acquisitionUses: number
  readonly holderUses: number | null
  readonly campaignUses: number | null
  /** Nothing is approved offline. */
  readonly requiresOnline: boolean
  /** Of one offline redemption's discount. */
  readonly offlineMaxValue: number | null
  readonly validUntil: number
}

export interface ExpectedLine {
  readonly acquisitionId: string
  discount: number
  state: 'counted' | 'forced' | 'undone'
  /** Of a forced one: a use was left and went with it. */
  tookUse: boolean
  /** Of a forced one: forced because nothing was left. */
  usedUp: boolean
  forcedAt: number
}

export interface ExpectedRedemption {
  readonly redemptionId: string
  status: 'approved' | 'refused'
  /** What its id is answered with. */
  answer: Lines
  readonly lines: Map<string, ExpectedLine>
}

interface Coupon {
  readonly terms: CampaignTerms
  readonly holder: string
  /** By redemption. */
  readonly lines: Map<string, ExpectedLine>
  left: number
}

/** Lines as an event or an answer names them: discount by acquisition. */
export type Lines = ReadonlyMap<string, number>

/**
 * What the server must hold, worked out again from what reached it, in the order of its commits: a few counters and the
 * sentences of the contract, none of the product's code.
 */
export class Ledger {
  readonly redemptions = new Map<string, ExpectedRedemption>()
  readonly coupons = new Map<string, Coupon>()
  /** `redemptionId acquisitionId` of every line that was ever forced. */
  readonly forcedEver = new Set<string>()
  readonly suspended = new Set<string>()
  readonly campaignUses = new Map<string, number>()
  readonly leases = new LeaseAccounts()
  readonly #world: World
  readonly #terms = new Map<string, CampaignTerms>()
  readonly #holderUses = new Map<string, number>()
  readonly #tombstones = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  addCampaign(terms: CampaignTerms): void {
    this.#terms.set(terms.campaignId, terms)
  }

  /** Uses of the whole campaign; null: nothing limits it. */
  limitOf(campaignId: string): number | null {
    return this.#terms.get(campaignId)?.campaignUses ?? null
  }

  acquired(acquisitionId: string, campaignId: string, holder: string): void {
    const terms = this.#terms.get(campaignId)
    if (!terms || this.coupons.has(acquisitionId)) return
    this.coupons.set(acquisitionId, { terms, holder, lines: new Map(), left: terms.acquisitionUses })
  }

  /** The server decided online; an id that it knew must get what it got before. */
  decided(redemptionId: string, status: 'approved' | 'refused', lines: Lines, holder: string | null): void {
    const before = this.redemptions.get(redemptionId)
    if (before) {
      const same = before.status === status && (status === 'refused' || sameLines(before.answer, lines))
      if (!same) this.#world.violated(`rule 1: ${redemptionId} was decided twice, differently`)
      return
    }
    const redemption = { redemptionId, status, answer: lines, lines: new Map<string, ExpectedLine>() }
    this.redemptions.set(redemptionId, redemption)
    if (status === 'refused') return
    for (const [acquisitionId, discount] of lines) {
      const why = this.#refusal(acquisitionId, Math.floor(this.#world.now))
      if (why) this.#world.violated(`rule 1: ${acquisitionId} was given online though ${why}`)
      if (holder !== this.coupons.get(acquisitionId)?.holder)
        this.#world.violated(`${acquisitionId} was given to somebody else`)
      this.#count(redemption, acquisitionId, discount)
    }
    if (this.#tombstones.delete(redemptionId)) this.undo(redemptionId)
  }

  /**
   * What a cashier was shown has arrived. Returns for each acquisition whether it is forced; `reason` says what the server
   * calls a forced line.
   */
  settled(event: {
    readonly redemptionId: string
    readonly lines: Lines
    readonly stationId: string
    /** By acquisition, those that lines say they were drawn from. */
    readonly leases: ReadonlyMap<string, string>
    readonly decidedAt: number
    readonly reason: (acquisitionId: string) => string | null
  }): ReadonlyMap<string, boolean> {
    const { redemptionId, lines, stationId, leases, decidedAt, reason } = event
    const before = this.redemptions.get(redemptionId)
    const known = before?.status === 'approved' ? before.lines : new Map<string, ExpectedLine>()
    const kept = new Set([...lines.keys()].filter((id) => stands(known.get(id), lines.get(id))))
    for (const line of known.values()) {
      if (line.state !== 'undone' && !kept.has(line.acquisitionId)) this.#undoLine(line)
    }
    const refusedOnline = before?.status === 'refused'
    const redemption = before ?? { redemptionId, status: 'approved' as const, answer: lines, lines: new Map() }
    redemption.status = 'approved'
    redemption.answer = lines
    this.redemptions.set(redemptionId, redemption)
    const forced = new Map<string, boolean>()
    for (const [acquisitionId, discount] of lines) {
      if (kept.has(acquisitionId)) {
        forced.set(acquisitionId, this.forcedEver.has(`${redemptionId} ${acquisitionId}`))
        continue
      }
      const leaseId = leases.get(acquisitionId)
      const lease = leaseId === undefined ? undefined : { leaseId, stationId }
      const why = refusedOnline ? 'it was refused online' : this.#refusal(acquisitionId, decidedAt, lease)
      forced.set(acquisitionId, why !== null)
      if (why === null) {
        this.#count(redemption, acquisitionId, discount)
        if (leaseId !== undefined) this.leases.draw(leaseId)
      } else this.#force(redemption, acquisitionId, discount, reason(acquisitionId))
    }
    if (this.#tombstones.delete(redemptionId)) this.undo(redemptionId)
    return forced
  }

  /** Takes everything back, or the named acquisitions. */
  undo(redemptionId: string, acquisitionIds?: readonly string[]): void {
    for (const line of this.redemptions.get(redemptionId)?.lines.values() ?? []) {
      if (line.state !== 'undone' && (!acquisitionIds || acquisitionIds.includes(line.acquisitionId)))
        this.#undoLine(line)
    }
  }

  /** A journal says that it was taken back; what it does not meet it waits for. */
  annulled(redemptionId: string): void {
    if (this.redemptions.has(redemptionId)) this.undo(redemptionId)
    else this.#tombstones.add(redemptionId)
  }

  /** In words; null: it may be given. */
  #refusal(acquisitionId: string, at: number, lease?: { leaseId: string; stationId: string }): string | null {
    const coupon = this.coupons.get(acquisitionId)
    if (!coupon) return 'nobody has it'
    const { terms, left } = coupon
    const { campaignId, validUntil } = terms
    if (left <= 0) return 'no use was left'
    if (this.suspended.has(campaignId)) return 'its campaign was suspended'
    if (at >= validUntil) return 'its campaign was over'
    if (this.#holderLimitReached(coupon)) return 'its holder had reached the limit'
    if (lease) {
      const { leaseId, stationId } = lease
      return this.leases.covers(leaseId, stationId, campaignId, at) ? null : 'its lease did not cover it'
    }
    return this.#campaignLimitReached(coupon) ? 'its campaign had reached its limit' : null
  }

  #holderLimitReached({ terms: { campaignId, holderUses }, holder }: Coupon): boolean {
    return holderUses !== null && (this.#holderUses.get(`${holder} ${campaignId}`) ?? 0) >= holderUses
  }

  #campaignLimitReached({ terms: { campaignId, campaignUses } }: Coupon): boolean {
    const taken = (this.campaignUses.get(campaignId) ?? 0) + this.leases.lentOf(campaignId)
    return campaignUses !== null && taken >= campaignUses
  }

  #count(redemption: ExpectedRedemption, acquisitionId: string, discount: number): void {
    const coupon = this.coupons.get(acquisitionId)
    if (coupon) {
      coupon.left -= 1
      this.#countIn(coupon, 1)
    }
    this.#put(redemption, { acquisitionId, discount, state: 'counted', tookUse: true, usedUp: false, forcedAt: 0 })
  }

  #put(redemption: ExpectedRedemption, line: ExpectedLine): void {
    redemption.lines.set(line.acquisitionId, line)
    this.coupons.get(line.acquisitionId)?.lines.set(redemption.redemptionId, line)
  }

  #countIn({ terms: { campaignId }, holder }: Coupon, by: 1 | -1): void {
    add(this.campaignUses, campaignId, by)
    add(this.#holderUses, `${holder} ${campaignId}`, by)
  }

  #force(redemption: ExpectedRedemption, acquisitionId: string, discount: number, reason: string | null): void {
    const coupon = this.coupons.get(acquisitionId)
    const tookUse = coupon !== undefined && coupon.left > 0
    if (coupon && tookUse) coupon.left -= 1
    const usedUp = reason === 'already_used' || reason === 'uses_exhausted'
    const forcedAt = this.#world.now
    this.#put(redemption, { acquisitionId, discount, state: 'forced', tookUse, usedUp, forcedAt })
    this.forcedEver.add(`${redemption.redemptionId} ${acquisitionId}`)
  }

  #undoLine(line: ExpectedLine): void {
    const coupon = this.coupons.get(line.acquisitionId)
    const { state, tookUse } = line
    line.state = 'undone'
    if (!coupon) return
    if (state === 'counted') this.#countIn(coupon, -1)
    if (state === 'counted' || tookUse) this.#returnUse(coupon)
  }

  /** A use that comes back pays for the oldest line that had none. */
  #returnUse(coupon: Coupon): void {
    const [unpaid] = [...coupon.lines]
      .filter(([, line]) => line.state === 'forced' && !line.tookUse)
      .sort(([a, first], [b, second]) => first.forcedAt - second.forcedAt || (a < b ? -1 : 1))
    if (!unpaid) {
      coupon.left += 1
      return
    }
    const [, line] = unpaid
    line.tookUse = true
    if (!line.usedUp) return
    // One that another limit would have refused stays forced for that.
    line.usedUp = !this.#holderLimitReached(coupon) && !this.#campaignLimitReached(coupon)
    if (!line.usedUp) return
    line.state = 'counted'
    this.#countIn(coupon, 1)
  }
}

/** The line that is held for an id is the event's too, or was taken back, which stands. */
const stands = (line: ExpectedLine | undefined, discount: number | undefined): boolean =>
  line !== undefined && (line.state === 'undone' || line.discount === discount)

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

export function sameLines(a: Lines, b: Lines): boolean {
  return a.size === b.size && [...a].every(([id, discount]) => b.get(id) === discount)
}
