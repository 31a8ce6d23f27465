import type { Database } from 'better-sqlite3'
import { type LeaseOverview, LeaseState } from '../../../core/contract/leases.ts'
import type { Deciding, DecidingRows } from '../deciding/deciding.ts'
import type { Definitions } from '../deciding/definitions.ts'
import type { Unit } from '../deciding/unit.ts'
import type { LeaseStore } from '../leaseCommands.ts'

/** How a store runs its work. */
interface Runs {
  write<Result>(now: number, work: (unit: Unit) => Result): Result
  read<Result>(work: () => Result): Promise<Result>
}

interface OverviewRow {
  readonly lease_id: string
  readonly campaign_id: string
  readonly station_id: string
  readonly station_name: string
  readonly store_id: string
  readonly state: string
  readonly uses: number
  readonly value: number | null
  readonly drawn_uses: number
  readonly drawn_value: number
  readonly lent_at: number
  readonly spend_until: number
  readonly recalled_at: number | null
  readonly ended_at: number | null
  readonly ended_by: string | null
  readonly ended_reason: string | null
}

/** The part of a coupon store that lends. */
export function leaseStore(
  db: Database,
  { write, read }: Runs,
  rows: Pick<DecidingRows, 'leases' | 'usage'>,
  rules: Pick<Deciding, 'lend' | 'leases'>,
  definitions: Definitions,
): LeaseStore {
  const recalledSince = db
    .prepare<[number], string>("SELECT DISTINCT station_id FROM leases WHERE state = 'recalled' AND change_seq > ?")
    .pluck()
  const overview = db.prepare<[number], OverviewRow>(
    `SELECT l.lease_id, l.campaign_id, l.station_id, s.name AS station_name, s.store_id, l.state, l.uses, l.value,
       l.drawn_uses, l.drawn_value, l.lent_at, l.spend_until, l.recalled_at, l.ended_at, l.ended_by, l.ended_reason
     FROM leases l JOIN stations s USING (station_id)
     ORDER BY l.ended_at IS NOT NULL, coalesce(l.ended_at, 0) DESC, l.lease_id LIMIT ?`,
  )

  return {
    lend: async (command) => write(command.now, (unit) => rules.lend(unit, command)),
    returnLease: async (command) => write(command.now, (unit) => rules.leases.giveBack(unit, command)),
    writeOffLeases: async (command) => write(command.now, (unit) => rules.leases.writeOff(unit, command)),

    async recallLeases(campaignIds, now) {
      const waits = await read(() => campaignIds.map((campaignId) => rules.leases.recallWait(campaignId, now)))
      // Most of the time nothing is lent, or it was called back already: then nobody writes.
      const untils = waits.some(({ mustRecall }) => mustRecall)
        ? write(now, (unit) => campaignIds.map((campaignId) => rules.leases.recall(unit, campaignId)))
        : waits.map(({ until }) => until)
      const latest = Math.max(...untils.map((until) => until ?? Number.NEGATIVE_INFINITY))
      return Number.isFinite(latest) ? latest : null
    },

    recalledSince: (position) => read(() => recalledSince.all(position)),

    pool: (campaignId) =>
      read(() => {
        const { campaignUses, campaignValue } = definitions.current().get(campaignId)?.rules?.limits ?? {}
        const used = rows.usage.ofCampaign(campaignId) ?? { uses: 0, value: 0 }
        return {
          uses: (campaignUses ?? Number.POSITIVE_INFINITY) - used.uses,
          value: (campaignValue ?? Number.POSITIVE_INFINITY) - used.value,
          isLent: rows.leases.outstandingOfCampaign(campaignId).length > 0,
        }
      }),

    leases: (limit) => read(() => overview.all(limit).map(toOverview)),
  }
}

const iso = (at: number): string => new Date(at).toISOString()

function toOverview(row: OverviewRow): LeaseOverview {
  return {
    leaseId: row.lease_id,
    campaignId: row.campaign_id,
    stationId: row.station_id,
    stationName: row.station_name,
    storeId: row.store_id,
    state: LeaseState.parse(row.state),
    uses: row.uses,
    value: row.value,
    drawnUses: row.drawn_uses,
    drawnValue: row.drawn_value,
    lentAt: iso(row.lent_at),
    spendUntil: iso(row.spend_until),
    recalledAt: row.recalled_at === null ? null : iso(row.recalled_at),
    ended: row.ended_at === null ? null : { at: iso(row.ended_at), operatorId: row.ended_by, reason: row.ended_reason },
  }
}
