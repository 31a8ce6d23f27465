import type { Database } from 'better-sqlite3'
import type { Deciding, DecidingRows } from '../deciding/deciding.ts'
import type { Definitions } from '../deciding/definitions.ts'
import type { Unit } from '../deciding/unit.ts'
import type { LeaseStore } from '../leaseCommands.ts'
import { OVERVIEW_COLUMNS, OVERVIEW_ORDER, type OverviewRow, toOverview } from '../rows/leaseOverview.ts'

/** How a store runs its work. */
interface Runs {
  write<Result>(now: number, work: (unit: Unit) => Result): Result
  read<Result>(work: () => Result): Promise<Result>
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
    `SELECT ${OVERVIEW_COLUMNS} FROM leases l JOIN stations s USING (station_id) ORDER BY ${OVERVIEW_ORDER} LIMIT ?`,
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
