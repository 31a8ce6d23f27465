import type { Amount } from '../money.ts'

/** A lease as the station that holds it sees it: what is left to draw, and until when (epoch milliseconds, exclusive). */
export interface HeldLease {
  readonly leaseId: string
  readonly campaignId: string
  readonly usesLeft: number
  /** Minor units; null: no budget limits its campaign. */
  readonly valueLeft: Amount | null
  readonly spendUntil: number
}

/** What leases leave for one redemption's coupons of one campaign. `value` is `Infinity` where no budget limits it. */
export interface LeaseRoom {
  readonly uses: number
  readonly value: Amount
}

export const NO_ROOM: LeaseRoom = { uses: 0, value: 0 }

/**
 * Whether anything may still be drawn. `latestNow` is the latest that it can be, corrected time and its uncertainty: a
 * clock that is not sure must not spend what may be over.
 */
export function mayBeSpent({ usesLeft, valueLeft, spendUntil }: HeldLease, latestNow: number): boolean {
  return usesLeft > 0 && valueLeft !== 0 && latestNow < spendUntil
}

/**
 * By campaign: what one redemption may draw. Of several leases without a budget the uses add up. Under a budget a line is
 * never split, so the one lease with the most value left decides; the others have their turn when it is spent.
 */
export function leaseRooms(leases: readonly HeldLease[], latestNow: number): ReadonlyMap<string, LeaseRoom> {
  const rooms = new Map<string, LeaseRoom>()
  for (const lease of inDrawingOrder(leases, latestNow)) {
    const { campaignId, usesLeft, valueLeft } = lease
    const room = rooms.get(campaignId)
    if (valueLeft !== null) {
      if (!room) rooms.set(campaignId, { uses: usesLeft, value: valueLeft })
    } else {
      rooms.set(campaignId, { uses: (room?.uses ?? 0) + usesLeft, value: Number.POSITIVE_INFINITY })
    }
  }
  return rooms
}

/**
 * Which lease each line of one redemption draws from, by acquisition; lines of campaigns without a lease draw from none.
 * The lines were decided within `leaseRooms` of the same leases and time, so each finds one.
 */
export function assignDraws(
  leases: readonly HeldLease[],
  lines: readonly { readonly acquisitionId: string; readonly campaignId: string; readonly value: Amount }[],
  latestNow: number,
): ReadonlyMap<string, string> {
  const left = inDrawingOrder(leases, latestNow).map((lease) => ({ ...lease }))
  const draws = new Map<string, string>()
  for (const { acquisitionId, campaignId, value } of lines) {
    const lease = left.find(
      (one) => one.campaignId === campaignId && one.usesLeft > 0 && (one.valueLeft === null || one.valueLeft >= value),
    )
    if (!lease) continue
    lease.usesLeft -= 1
    if (lease.valueLeft !== null) lease.valueLeft -= value
    draws.set(acquisitionId, lease.leaseId)
  }
  return draws
}

/** Under a budget the largest first, else the one that ends first. */
function inDrawingOrder(leases: readonly HeldLease[], latestNow: number): HeldLease[] {
  return leases
    .filter((lease) => mayBeSpent(lease, latestNow))
    .sort(
      (a, b) =>
        (b.valueLeft ?? 0) - (a.valueLeft ?? 0) || a.spendUntil - b.spendUntil || (a.leaseId < b.leaseId ? -1 : 1),
    )
}
