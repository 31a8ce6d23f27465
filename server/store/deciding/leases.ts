import type { LeaseEnded } from '../../../core/contract/leases.ts'
import type { OutstandingLease } from '../../../core/redemption/settle.ts'
import type { ReturnAnswer, ReturnCommand, WriteOffCommand } from '../leaseCommands.ts'
import { CounterMoved } from './counterMoved.ts'
import { isOutstanding, type LeaseRow, type LeaseRows, leftOf } from './leaseRows.ts'
import type { SettledThrough } from './settledThrough.ts'
import type { Unit } from './unit.ts'
import type { UsageRows } from './usageRows.ts'

/**
 * How long those who hold a lease have to bring it back before the server answers without it. Stations that listen hear it
 * within a quarter of a second and are back in less than half of one; a counter calls an answer slow after one second.
 */
const RECALL_WAIT_MS = 800

export interface Leases {
  /** Those of a station that lines of its events may draw from, by id. */
  drawable(stationId: string, leaseIds: Iterable<string>): ReadonlyMap<string, OutstandingLease>
  /** A line was counted that draws one use and `value` (minor units): they are not lent any more. */
  draw(leaseId: string, value: number): void
  giveBack(unit: Unit, command: ReturnCommand): ReturnAnswer
  /** null: no such lease or station. */
  writeOff(unit: Unit, command: WriteOffCommand): readonly LeaseEnded[] | null
  /** Calls back what is lent of a campaign; see `LeaseStore.recallLeases`. */
  recall(unit: Unit, campaignId: string): number | null
  /** Whether `recall` would change anything; otherwise what it would return. */
  recallWait(campaignId: string, now: number): { readonly mustRecall: boolean; readonly until: number | null }
}

/** Leases after they were lent. Every move of one moves the campaign's lent counts with it. */
export function leases(rows: LeaseRows, usage: UsageRows, settled: SettledThrough): Leases {
  const end = (
    unit: Unit,
    lease: LeaseRow,
    how: { state: 'returned' | 'written_off'; by: string | null; reason: string | null },
  ): LeaseEnded => {
    if (!isOutstanding(lease)) return endedAs(lease)
    const left = leftOf(lease)
    const changeSeq = unit.nextChange()
    rows.end(lease.leaseId, { ...how, at: unit.now, changeSeq })
    usage.takeBack(lease.campaignId, { uses: left.uses, value: left.value ?? 0 })
    return endedAs({ ...lease, state: how.state, changeSeq })
  }

  /** The latest moment at which one that is called back is still worth waiting for; null: all have had their time. */
  const waitFor = (called: readonly number[], now: number): number | null => {
    const until = Math.max(...called) + RECALL_WAIT_MS
    return called.length > 0 && until > now ? until : null
  }

  const withSomethingLeft = (campaignId: string): LeaseRow[] =>
    rows.outstandingOfCampaign(campaignId).filter((lease) => leftOf(lease).uses > 0)

  return {
    drawable(stationId, leaseIds) {
      const found = new Map<string, OutstandingLease>()
      for (const leaseId of leaseIds) {
        const lease = rows.find(leaseId)
        if (!lease || lease.stationId !== stationId || !isOutstanding(lease)) continue
        const { campaignId, spendUntil } = lease
        const left = leftOf(lease)
        found.set(leaseId, { campaignId, usesLeft: left.uses, valueLeft: left.value, spendUntil })
      }
      return found
    },

    draw(leaseId, value) {
      const lease = rows.find(leaseId)
      if (!lease || !rows.draw(leaseId, value)) throw new CounterMoved(`lease ${leaseId} did not cover what it had`)
      usage.takeBack(lease.campaignId, { uses: 1, value: lease.value === null ? 0 : value })
    },

    giveBack(unit, { stationId, leaseId, throughSeq }) {
      const lease = rows.find(leaseId)
      if (lease?.stationId !== stationId) return { kind: 'unknown' }
      const through = settled.of(stationId)
      if (isOutstanding(lease) && through < throughSeq) return { kind: 'not_settled', settledThrough: through }
      return { kind: 'ended', response: end(unit, lease, { state: 'returned', by: null, reason: null }) }
    },

    writeOff(unit, { of, operatorId, reason }) {
      const how = { state: 'written_off', by: operatorId, reason } as const
      if ('stationId' in of) {
        if (!rows.isStation(of.stationId)) return null
        return rows
          .ofStation(of.stationId)
          .filter(isOutstanding)
          .map((lease) => end(unit, lease, how))
      }
      const lease = rows.find(of.leaseId)
      return lease ? [end(unit, lease, how)] : null
    },

    recall(unit, campaignId) {
      const lent = withSomethingLeft(campaignId)
      const fresh = lent.filter((lease) => lease.state === 'out')
      for (const { leaseId } of fresh) rows.setRecalled(leaseId, unit.now, unit.nextChange())
      if (fresh.length > 0) usage.noteRecall(campaignId, unit.now)
      return waitFor(
        lent.map((lease) => lease.recalledAt ?? unit.now),
        unit.now,
      )
    },

    recallWait(campaignId, now) {
      const lent = withSomethingLeft(campaignId)
      return {
        mustRecall: lent.some((lease) => lease.state === 'out'),
        until: waitFor(
          lent.flatMap((lease) => lease.recalledAt ?? []),
          now,
        ),
      }
    },
  }
}

function endedAs(lease: LeaseRow): LeaseEnded {
  const { leaseId, state, changeSeq } = lease
  const { uses, value } = leftOf(lease)
  return { leaseId, state, uses, ...(value === null ? {} : { value }), changeSeq }
}
