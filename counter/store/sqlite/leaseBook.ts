import type { EventResult, StationEvent } from '../../../core/events/event.ts'
import { RedemptionEventBody } from '../../../core/events/event.ts'
import { type HourOfUse, hourOf } from '../../../core/leases/demand.ts'
import type { LocalUse, Stored } from '../counterStore.ts'
import type { LeaseBook, StationLease } from '../leaseBook.ts'
import { type Db, write } from './database.ts'

interface Row {
  lease_id: string
  campaign_id: string
  state: StationLease['state']
  want_uses: number
  want_value: number | null
  asked_at: number
  uses: number
  value: number | null
  spend_until: number
  drawn_uses: number
  drawn_value: number
  through_seq: number
  unsettled: number
}

/** Hours that say nothing about demand any more. */
const KEEP_HOURS = 48

/** Leases, and the demand they are sized by. */
export function leaseBookOf(db: Db): LeaseBook {
  const all = db.prepare<[], Row>(
    `SELECT *, EXISTS (SELECT 1 FROM outbox WHERE state = 'stored' AND seq <= through_seq) AS unsettled
     FROM lease ORDER BY asked_at, lease_id`,
  )
  const ask = db.prepare(
    `INSERT INTO lease (lease_id, campaign_id, state, want_uses, want_value, asked_at) VALUES (?, ?, 'asked', ?, ?, ?)`,
  )
  const hold = db.prepare(
    `UPDATE lease SET state = 'held', uses = ?, value = ?, spend_until = ? WHERE lease_id = ? AND state = 'asked'`,
  )
  const stop = db.prepare("UPDATE lease SET state = 'returning' WHERE lease_id = ? AND state = 'held'")
  const close = db.prepare('DELETE FROM lease WHERE lease_id = ?')
  const closeUnlessAsked = db.prepare("DELETE FROM lease WHERE lease_id = ? AND state <> 'asked'")
  const demand = db.prepare<[number], HourOfUse & { campaignId: string }>(
    'SELECT campaign_id AS campaignId, hour, uses, value FROM campaign_demand WHERE hour >= ?',
  )

  const unit = (work: () => unknown): Stored =>
    write(db, () => {
      work()
      return null
    })

  return {
    leases: () => all.all().map(toLease),
    askForLease: ({ leaseId, campaignId, wantUses, wantValue, askedAt }) =>
      unit(() => ask.run(leaseId, campaignId, wantUses, wantValue, askedAt)),
    holdLease: (leaseId, { uses, value, spendUntil }) => unit(() => hold.run(uses, value, spendUntil, leaseId)),
    stopLeases: (leaseIds) =>
      unit(() => {
        for (const leaseId of leaseIds) stop.run(leaseId)
      }),
    closeLease: (leaseId) => unit(() => close.run(leaseId)),
    heardOfLeases: (news) =>
      unit(() => {
        for (const { leaseId, state } of news) {
          if (state === 'recalled') stop.run(leaseId)
          // One that was asked for hears it with its answer.
          if (state === 'returned' || state === 'written_off') closeUnlessAsked.run(leaseId)
        }
      }),
    demand(sinceHour) {
      const byCampaign = new Map<string, HourOfUse[]>()
      for (const { campaignId, ...hour } of demand.all(sinceHour)) {
        const hours = byCampaign.get(campaignId) ?? []
        hours.push(hour)
        byCampaign.set(campaignId, hours)
      }
      return byCampaign
    },
  }
}

/** The moves of leases that belong to an approval or to its settlement, inside the caller's transaction. */
export function leaseMoves(db: Db) {
  const draw = db.prepare(
    `UPDATE lease SET drawn_uses = drawn_uses + 1, drawn_value = drawn_value + ?, through_seq = max(through_seq, ?)
     WHERE lease_id = ? AND state = 'held'`,
  )
  const refund = db.prepare(
    'UPDATE lease SET drawn_uses = drawn_uses - 1, drawn_value = drawn_value - ? WHERE lease_id = ? AND drawn_uses > 0',
  )
  const count = db.prepare(
    `INSERT INTO campaign_demand (campaign_id, hour, uses, value) VALUES (?, ?, 1, ?)
     ON CONFLICT (campaign_id, hour) DO UPDATE SET uses = uses + 1, value = value + excluded.value`,
  )
  const forget = db.prepare('DELETE FROM campaign_demand WHERE hour < ?')

  return {
    /** An approval in event `seq` is about to be shown. Throws when a lease does not cover what it was decided on. */
    used(uses: readonly LocalUse[], seq: number): void {
      for (const { leaseId, campaignId, discount, usedAt } of uses) {
        if (leaseId !== undefined && draw.run(discount, seq, leaseId).changes !== 1) {
          throw new Error('an approval draws from a lease that may not be spent')
        }
        if (campaignId === undefined) continue
        count.run(campaignId, hourOf(usedAt), discount)
        forget.run(hourOf(usedAt) - KEEP_HOURS)
      }
    },
    /** The server has answered for an event: what it did not draw is the lease's again. */
    settled(event: StationEvent, result: EventResult): void {
      const refunded = result.lines.filter((line) => line.leaseRefunded)
      if (refunded.length === 0) return
      const { lines } = RedemptionEventBody.parse(event.body)
      for (const { acquisitionId } of refunded) {
        const line = lines.find((one) => one.acquisitionId === acquisitionId)
        if (line?.leaseId !== undefined) refund.run(line.discount.total, line.leaseId)
      }
    },
  }
}

function toLease(row: Row): StationLease {
  return {
    leaseId: row.lease_id,
    campaignId: row.campaign_id,
    state: row.state,
    uses: row.uses,
    value: row.value,
    wantUses: row.want_uses,
    wantValue: row.want_value,
    askedAt: row.asked_at,
    usesLeft: row.uses - row.drawn_uses,
    valueLeft: row.value === null ? null : row.value - row.drawn_value,
    spendUntil: row.spend_until,
    throughSeq: row.through_seq,
    isSettled: row.unsettled === 0,
  }
}
