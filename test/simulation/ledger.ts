import { businessDay } from './businessDay.ts'
import { CampaignCounts, type CampaignTerms } from './campaignCounts.ts'
import type { World } from './world.ts'

export interface ExpectedLine {
  readonly acquisitionId: string
  discount: number
  state: 'counted' | 'forced' | 'undone'
  /** Of a forced one: a use was left and went with it. */
  tookUse: boolean
  /** Of a forced one: forced because nothing was left. */
  usedUp: boolean
  forcedAt: number
  /** Of a forced one: a manager lets it stand, so a use that comes back is no longer for it. */
  stands: boolean
  /** On which business day it counts. */
  readonly day: string
}

export interface ExpectedRedemption {
  readonly redemptionId: string
  status: 'approved' | 'refused'
  /** What its id is answered with. */
  answer: Lines
  readonly lines: Map<string, ExpectedLine>
}

export type ResolvedAs = 'accepted' | 'rolled_back' | 'written_off'

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
  /** Holders whose medium is blocked, and since when. */
  readonly blocked = new Map<string, number>()
  /** Stations that were revoked, and when. */
  readonly revoked = new Map<string, number>()
  /** `redemptionId acquisitionId` of lines that a manager has rolled back. */
  readonly undoneByManager = new Set<string>()
  readonly counts = new CampaignCounts()
  readonly #world: World
  readonly #tombstones = new Set<string>()

  readonly #takenBack: (redemptionId: string, acquisitionId: string) => void

  /** `takenBack` is told of each line that a manager takes back, which no counter has asked for. */
  constructor(world: World, takenBack: (redemptionId: string, acquisitionId: string) => void) {
    this.#world = world
    this.#takenBack = takenBack
  }

  acquired(acquisitionId: string, campaignId: string, holder: string): void {
    const terms = this.counts.termsOf(campaignId)
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
    const at = Math.floor(this.#world.now)
    for (const [acquisitionId, discount] of lines) {
      const why = this.#refusal(acquisitionId, discount, at)
      if (why) this.#world.violated(`rule 1: ${acquisitionId} was given online though ${why}`)
      if (holder !== this.coupons.get(acquisitionId)?.holder)
        this.#world.violated(`${acquisitionId} was given to somebody else`)
      this.#count(redemption, acquisitionId, discount, businessDay(at))
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
    const asAWhole = this.#refusalOfAll(before?.status === 'refused', stationId, decidedAt)
    const day = businessDay(decidedAt)
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
      const why = asAWhole ?? this.#refusal(acquisitionId, discount, decidedAt, lease)
      forced.set(acquisitionId, why !== null)
      if (why === null) {
        this.#count(redemption, acquisitionId, discount, day)
        if (leaseId !== undefined) this.counts.leases.draw(leaseId, discount)
      } else this.#force(redemption, acquisitionId, discount, day, reason(acquisitionId))
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

  /** A manager's word, whatever the counter has shown. */
  undoByManager(redemptionId: string, acquisitionIds: readonly string[]): void {
    for (const acquisitionId of acquisitionIds) this.#noteTakenBack(redemptionId, acquisitionId)
    this.undo(redemptionId, acquisitionIds)
  }

  #noteTakenBack(redemptionId: string, acquisitionId: string): void {
    this.undoneByManager.add(`${redemptionId} ${acquisitionId}`)
    this.#takenBack(redemptionId, acquisitionId)
  }

  /** A journal says that it was taken back; what it does not meet it waits for. */
  annulled(redemptionId: string): void {
    if (this.redemptions.has(redemptionId)) this.undo(redemptionId)
    else this.#tombstones.add(redemptionId)
  }

  /** A manager's word about a forced line; false: it was none any more, and the word is not what became of it. */
  resolve(redemptionId: string, acquisitionId: string, how: ResolvedAs): boolean {
    const line = this.redemptions.get(redemptionId)?.lines.get(acquisitionId)
    if (line?.state === 'undone') return how === 'rolled_back'
    if (line?.state !== 'forced') return false
    if (how === 'rolled_back') {
      this.#noteTakenBack(redemptionId, acquisitionId)
      this.#undoLine(line)
    } else line.stands = true
    return true
  }

  /** Why nothing of an event would have been given online. */
  #refusalOfAll(refused: boolean, stationId: string, decidedAt: number): string | null {
    if (refused) return 'it was refused online'
    const revokedAt = this.revoked.get(stationId) ?? Number.POSITIVE_INFINITY
    return decidedAt >= revokedAt ? 'its station was revoked' : null
  }

  /** In words; null: it may be given. */
  #refusal(
    acquisitionId: string,
    discount: number,
    at: number,
    lease?: { leaseId: string; stationId: string },
  ): string | null {
    const coupon = this.coupons.get(acquisitionId)
    if (!coupon) return 'nobody has it'
    const { terms, left } = coupon
    const { campaignId, validUntil } = terms
    if (this.blocked.has(coupon.holder)) return 'its medium was blocked'
    if (left <= 0) return 'no use was left'
    if (this.suspended.has(campaignId)) return 'its campaign was suspended'
    if (at >= validUntil) return 'its campaign was over'
    if (this.counts.holderLimitReached({ ...coupon, day: businessDay(at) })) return 'its holder had reached the limit'
    if (lease) {
      const { leaseId, stationId } = lease
      const covers = this.counts.leases.covers(leaseId, { stationId, campaignId }, at, discount)
      return covers ? null : 'its lease did not cover it'
    }
    return this.counts.campaignLimitReached(campaignId, discount) ? 'its campaign had reached its limit' : null
  }

  #count(redemption: ExpectedRedemption, acquisitionId: string, discount: number, day: string): void {
    const line = { acquisitionId, discount, state: 'counted' as const, tookUse: true, usedUp: false, forcedAt: 0 }
    const counted = { ...line, stands: false, day }
    const coupon = this.coupons.get(acquisitionId)
    if (coupon) {
      coupon.left -= 1
      this.counts.count({ ...coupon, ...counted }, 1)
    }
    this.#put(redemption, counted)
  }

  #put(redemption: ExpectedRedemption, line: ExpectedLine): void {
    redemption.lines.set(line.acquisitionId, line)
    this.coupons.get(line.acquisitionId)?.lines.set(redemption.redemptionId, line)
  }

  #force(
    redemption: ExpectedRedemption,
    acquisitionId: string,
    discount: number,
    day: string,
    reason: string | null,
  ): void {
    const coupon = this.coupons.get(acquisitionId)
    const tookUse = coupon !== undefined && coupon.left > 0
    if (coupon && tookUse) coupon.left -= 1
    const usedUp = reason === 'already_used' || reason === 'uses_exhausted'
    const forcedAt = this.#world.now
    if (coupon) this.counts.force({ ...coupon, discount }, 1)
    const stands = false
    this.#put(redemption, { acquisitionId, discount, state: 'forced', tookUse, usedUp, forcedAt, stands, day })
    this.forcedEver.add(`${redemption.redemptionId} ${acquisitionId}`)
  }

  #undoLine(line: ExpectedLine): void {
    const coupon = this.coupons.get(line.acquisitionId)
    const { state, tookUse } = line
    line.state = 'undone'
    if (!coupon) return
    if (state === 'counted') this.counts.count({ ...coupon, ...line }, -1)
    else this.counts.force({ ...coupon, ...line }, -1)
    if (state === 'counted' || tookUse) this.#returnUse(coupon)
  }

  /** A use that comes back pays for the oldest line that had none. */
  #returnUse(coupon: Coupon): void {
    const [unpaid] = [...coupon.lines]
      .filter(([, line]) => line.state === 'forced' && !line.tookUse && !line.stands)
      .sort(([a, first], [b, second]) => first.forcedAt - second.forcedAt || (a < b ? -1 : 1))
    if (!unpaid) {
      coupon.left += 1
      return
    }
    const [, line] = unpaid
    line.tookUse = true
    if (!line.usedUp) return
    // One that another limit would have refused stays forced for that.
    const { terms } = coupon
    const isLimited =
      this.counts.holderLimitReached({ ...coupon, ...line }) ||
      this.counts.campaignLimitReached(terms.campaignId, line.discount)
    line.usedUp = !isLimited
    if (isLimited) return
    line.state = 'counted'
    this.counts.force({ ...coupon, ...line }, -1)
    this.counts.count({ ...coupon, ...line }, 1)
  }
}

/** The line that is held for an id is the event's too, or was taken back, which stands. */
const stands = (line: ExpectedLine | undefined, discount: number | undefined): boolean =>
  line !== undefined && (line.state === 'undone' || line.discount === discount)

export function sameLines(a: Lines, b: Lines): boolean {
  return a.size === b.size && [...a].every(([id, discount]) => b.get(id) === discount)
}
