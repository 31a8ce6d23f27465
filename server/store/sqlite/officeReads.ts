import type { Database } from 'better-sqlite3'
import type { Definitions } from '../deciding/definitions.ts'
import type { OfficeReads } from '../officeReads.ts'
import { figureReads } from './dailyFigures.ts'
import { redemptionList } from './redemptionList.ts'
import type { Runs } from './runs.ts'
import { stationReads } from './stationList.ts'

/** What head office looks at, as a part of a store. */
export function officeReads(db: Database, { write, read }: Runs, definitions: Definitions): OfficeReads {
  const stations = stationReads(db)
  const redemptions = redemptionList(db, definitions)
  const figures = figureReads(db)
  return {
    storeRecord: (storeId) => read(() => stations.stores({ storeId })[0] ?? null),
    stores: (scope) => read(() => stations.stores(scope)),
    stationList: (scope) => read(() => stations.list(scope)),
    noteStationsSeen: async (seen, now) => write(now, () => stations.seen(seen)),
    redemptionList: (query) => read(() => redemptions.page(query)),
    dailyFigures: (query) => read(() => figures.daily(query)),
    campaignUses: () => read(() => figures.uses()),
  }
}
