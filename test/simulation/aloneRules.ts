import type { StationSettings } from '../../core/contract/stations.ts'
import type { EventDraft, LocalUse } from '../../counter/store/counterStore.ts'
import { businessDay } from './businessDay.ts'
import { CLOCK_SLACK_MS, type KnownTime } from './knownTime.ts'
import type { Ledger, Lines } from './ledger.ts'
import type { SetAside } from './setAside.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000

/** An approval that a counter gives without the server. */
export interface AloneApproval {
  readonly redemptionId: string
  readonly event: EventDraft
  readonly uses: readonly LocalUse[]
  readonly lines: Lines
  readonly totalDiscount: number
}

/** What one counter knows and has given, as far as its own approvals depend on it. */
export interface Standing {
  /** Discount of approvals given alone that no server has answered for. */
  readonly waiting: ReadonlyMap<string, number>
  /** True time at which its copy was last complete; null: never yet. */
  readonly completeAt: number | null
  /** The server's time as of which its copy is on its disk. */
  readonly copyOf: number
  readonly toldRevoked: boolean
  /** Uses of a coupon, or `holder campaign day`, that this counter gave and did not take back. */
  readonly own: ReadonlyMap<string, number>
}

/** Rule 4, and what rules 1 and 8 say of a counter that decides alone. */
export class AloneRules {
  readonly #world: World
  readonly #ledger: Ledger
  readonly #policy: StationSettings['offline']
  readonly #time: KnownTime
  readonly #setAside: SetAside
  /** Draws on each lease that no server has given back. */
  readonly #drawn = new Map<string, { uses: number; value: number }>()
  readonly #leaseOf = new Map<string, { leaseId: string; value: number }>()

  constructor(
    world: World,
    ledger: Ledger,
    parts: { readonly policy: StationSettings['offline']; readonly time: KnownTime; readonly setAside: SetAside },
  ) {
    this.#world = world
    this.#ledger = ledger
    this.#policy = parts.policy
    this.#time = parts.time
    this.#setAside = parts.setAside
  }

  judge(station: Station, approval: AloneApproval, standing: Standing): void {
    this.#caps(station, approval, standing)
    this.#holder(station, approval, standing)
    for (const [acquisitionId, discount] of approval.lines) this.#coupon(station, acquisitionId, discount, standing)
    this.#draw(station, approval)
  }

  /** The server says that a line was not drawn from its lease after all. */
  refund(redemptionId: string, acquisitionId: string): void {
    const key = `${redemptionId} ${acquisitionId}`
    const draw = this.#leaseOf.get(key)
    if (draw) this.#move(draw.leaseId, -1, -draw.value)
    this.#leaseOf.delete(key)
  }

  #caps(station: Station, { totalDiscount }: AloneApproval, { waiting, completeAt, toldRevoked }: Standing): void {
    const wrong = (what: string) => this.#world.violated(`rule 4: ${station.name} approved alone ${what}`)
    const { maxValue = Number.POSITIVE_INFINITY, maxStoredCount, maxStoredValue, maxReplicaAgeHours } = this.#policy
    const raised = (...cap: [Parameters<SetAside['raised']>[1], number]) => this.#setAside.raised(station, ...cap)
    if (toldRevoked) wrong('and knew that it was revoked')
    if (totalDiscount > maxValue) wrong(`${totalDiscount} of ${maxValue} in one redemption`)
    const count = raised('stored_count', maxStoredCount)
    if (waiting.size + 1 > count) wrong(`${waiting.size + 1} of ${count}`)
    const value = [...waiting.values()].reduce((sum, one) => sum + one, totalDiscount)
    const most = raised('stored_value', maxStoredValue)
    if (value > most) wrong(`${value} of ${most}`)
    const age = this.#time.earliest(station) - (completeAt ?? Number.NEGATIVE_INFINITY)
    const oldest = raised('replica_age', maxReplicaAgeHours)
    if (age > oldest * HOUR_MS + CLOCK_SLACK_MS) wrong(`with a copy ${age / HOUR_MS} hours old`)
  }

  #holder(station: Station, { lines }: AloneApproval, { copyOf, own }: Standing): void {
    const { now } = this.#world
    const day = businessDay(now)
    const isExact = this.#time.isAnchored(station) && businessDay(now - CLOCK_SLACK_MS) === day
    const wanted = new Map<string, number>()
    for (const acquisitionId of lines.keys()) {
      const coupon = this.#ledger.coupons.get(acquisitionId)
      if (!coupon) continue
      const { holder, terms } = coupon
      const blockedAt = this.#ledger.blocked.get(holder)
      if (blockedAt !== undefined && blockedAt < copyOf) {
        this.#world.violated(`rule 4: ${station.name} approved alone for a medium that its copy says is blocked`)
      }
      const key = `${holder} ${terms.campaignId} ${day}`
      const uses = (wanted.get(key) ?? own.get(key) ?? 0) + 1
      wanted.set(key, uses)
      if (isExact && terms.dailyUses !== null && uses > terms.dailyUses) {
        this.#world.violated(`rule 4: ${station.name} gave ${uses} of ${terms.dailyUses} uses of one day itself`)
      }
    }
  }

  #coupon({ name }: Station, acquisitionId: string, discount: number, { own }: Standing): void {
    const wrong = (what: string) => this.#world.violated(`rule 4: ${name} approved alone ${what}`)
    const coupon = this.#ledger.coupons.get(acquisitionId)
    if (!coupon) {
      wrong(`a coupon that nobody has: ${acquisitionId}`)
      return
    }
    const { requiresOnline, offlineMaxValue, acquisitionUses, validUntil } = coupon.terms
    if (requiresOnline) wrong(`a coupon that takes the server: ${acquisitionId}`)
    if (offlineMaxValue !== null && discount > offlineMaxValue) wrong(`${discount} of ${offlineMaxValue}`)
    if (this.#world.now > validUntil + CLOCK_SLACK_MS) {
      this.#world.violated(`rule 8: ${name} approved ${acquisitionId} after its campaign's end`)
    }
    const given = own.get(acquisitionId) ?? 0
    if (given >= acquisitionUses) {
      this.#world.violated(`rule 1: ${name} gave ${acquisitionId} ${given + 1} times itself, of ${acquisitionUses}`)
    }
  }

  /** Of a limited campaign nothing but what was lent is given. */
  #draw(station: Station, { redemptionId, uses }: AloneApproval): void {
    const wrong = (what: string) => this.#world.violated(`rule 4: ${station.name} ${what}`)
    for (const { acquisitionId, leaseId, discount } of uses) {
      const terms = this.#ledger.coupons.get(acquisitionId)?.terms
      if (!terms || (terms.campaignUses === null && terms.campaignValue === null)) continue
      const lease = leaseId === undefined ? undefined : this.#ledger.counts.leases.find(leaseId)
      if (leaseId === undefined || lease?.stationId !== station.stationId) {
        wrong(`gave ${acquisitionId} of a limited campaign without a lease`)
        continue
      }
      const drawn = this.#move(leaseId, 1, discount)
      this.#leaseOf.set(`${redemptionId} ${acquisitionId}`, { leaseId, value: discount })
      if (drawn.uses > lease.uses) wrong(`drew ${drawn.uses} of ${lease.uses} from its lease`)
      if (lease.value !== null && drawn.value > lease.value) {
        wrong(`drew a value of ${drawn.value} of ${lease.value} from its lease`)
      }
      if (this.#world.now > lease.spendUntil + CLOCK_SLACK_MS) wrong('drew from a lease that was over')
    }
  }

  #move(leaseId: string, uses: number, value: number): { uses: number; value: number } {
    const before = this.#drawn.get(leaseId) ?? { uses: 0, value: 0 }
    const drawn = { uses: before.uses + uses, value: before.value + value }
    this.#drawn.set(leaseId, drawn)
    return drawn
  }
}
