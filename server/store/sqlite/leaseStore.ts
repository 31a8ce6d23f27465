import type { Database } from 'better-sqlite3'
import type { Deciding } from '../deciding/deciding.ts'
import { latestOf } from '../deciding/pool.ts'
import type { LeaseStore } from '../leaseCommands.ts'
import { OVERVIEW_COLUMNS, OVERVIEW_ORDER, type OverviewRow, toOverview } from '../rows/leaseOverview.ts'
import type { Runs } from './runs.ts'

/** The part of a coupon store that lends. */
export function leaseStore(
  db: Database,
  { write, read }: Runs,
  rules: Pick<Deciding, 'lend' | 'leases' | 'pool'>,
): LeaseStore {
  const recalledSince = db
    .prepare<[number], string>("SELECT DISTINCT station_id FROM leases WHERE state = 'recalled' AND change_seq > ?")
    .pluck()
  const overview = (where: string) =>
    `SELECT ${OVERVIEW_COLUMNS} FROM leases l JOIN stations s USING (station_id) ${where} ORDER BY ${OVERVIEW_ORDER} LIMIT ?`
  const first = db.prepare<[number], OverviewRow>(overview(''))
  const afterLent = db.prepare<[string, number], OverviewRow>(
    overview('WHERE l.ended_at IS NOT NULL OR l.lease_id > ?'),
  )
  const afterEnded = db.prepare<[number, number, string, number], OverviewRow>(
    overview('WHERE l.ended_at < ? OR (l.ended_at = ? AND l.lease_id > ?)'),
  )

  return {
    lend: async (command) => write(command.now, (unit) => rules.lend(unit, command)),
    returnLease: async (command) => write(command.now, (unit) => rules.leases.giveBack(unit, command)),
    writeOffLeases: async (command) => write(command.now, (unit) => rules.leases.writeOff(unit, command)),

    async recallLeases(campaignIds, now) {
      const waits = await read(() => campaignIds.map((campaignId) => rules.leases.recallWait(campaignId, now)))
      // Most of the time nothing is lent, or it was called back already: then nobody writes.
      const untils = waits.some(({ mustRecall }) => mustRecall)
        ? await write(now, (unit) => campaignIds.map((campaignId) => rules.leases.recall(unit, campaignId)))
        : waits.map(({ until }) => until)
      return latestOf(untils)
    },

    recalledSince: (position) => read(() => recalledSince.all(position)),

    pool: (campaignId) => read(() => rules.pool(campaignId)),

    leases: (limit, after) =>
      read(() => {
        if (!after) return first.all(limit).map(toOverview)
        const { endedAt, leaseId } = after
        const rows = endedAt === null ? afterLent.all(leaseId, limit) : afterEnded.all(endedAt, endedAt, leaseId, limit)
        return rows.map(toOverview)
      }),
  }
}
