import type { Database } from 'better-sqlite3'
import type { StationEntry } from '../../../core/contract/stationList.ts'
import { StationRole, StationSettings } from '../../../core/contract/stations.ts'
import { Store } from '../../../core/objective.ts'
import type { StoreRecord } from '../couponStore.ts'
import type { StationSeen, StoreScope } from '../officeReads.ts'

interface Row {
  readonly station_id: string
  readonly name: string
  readonly role: string
  readonly state: StationEntry['state']
  readonly store_id: string
  readonly store_name: string
  readonly announced_at: number
  readonly code_expires_at: number | null
  readonly enrolled_at: number | null
  readonly revoked_at: number | null
  readonly seen_at: number | null
  readonly program: string | null
  readonly keeps_journal: number
  readonly settled_through: number
}

interface StoreRow {
  readonly store: string
  readonly settings: string
  readonly accepts_raw_media: number
}

export interface StationReads {
  list(scope: StoreScope): readonly StationEntry[]
  seen(seen: readonly StationSeen[]): void
  stores(scope: StoreScope): readonly StoreRecord[]
}

/** Stations and stores as head office lists them. */
export function stationReads(db: Database): StationReads {
  const list = db.prepare<[string | null, string | null], Row>(
    `SELECT s.station_id, s.name, s.role, s.state, s.store_id, st.store ->> 'name' AS store_name, s.announced_at,
       iif(s.state = 'announced', s.code_expires_at, NULL) AS code_expires_at, s.enrolled_at, s.revoked_at,
       seen.seen_at, seen.program, s.public_key IS NOT NULL AS keeps_journal, s.settled_through
     FROM stations s JOIN stores st USING (store_id) LEFT JOIN station_seen seen USING (station_id)
     WHERE ? IS NULL OR s.store_id = ? ORDER BY store_name, s.state = 'revoked', s.name, s.station_id`,
  )
  // A token of an old request may be of a station that a restored backup does not know.
  const seen = db.prepare<[number, string | null, string | null, string]>(
    `INSERT INTO station_seen (station_id, seen_at, program, settings)
     SELECT station_id, ?, ?, ? FROM stations WHERE station_id = ?
     ON CONFLICT (station_id) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at),
       program = coalesce(excluded.program, program), settings = coalesce(excluded.settings, settings)`,
  )
  const stores = db.prepare<[string | null, string | null], StoreRow>(
    `SELECT store, settings, accepts_raw_media FROM stores WHERE ? IS NULL OR store_id = ?
     ORDER BY store ->> 'name', store_id`,
  )
  return {
    list: ({ storeId }) => list.all(storeId, storeId).map(toEntry),
    seen: (all) => {
      for (const { stationId, at, program, settings } of all) seen.run(at, program, settings, stationId)
    },
    stores: ({ storeId }) =>
      stores.all(storeId, storeId).map((row) => ({
        store: Store.parse(JSON.parse(row.store)),
        settings: StationSettings.parse(JSON.parse(row.settings)),
        acceptsRawMedia: row.accepts_raw_media === 1,
      })),
  }
}

function toEntry(row: Row): StationEntry {
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
  return {
    stationId: row.station_id,
    name: row.name,
    role: StationRole.parse(row.role),
    storeId: row.store_id,
    storeName: row.store_name,
    state: row.state,
    announcedAt: new Date(row.announced_at).toISOString(),
    codeExpiresAt: iso(row.code_expires_at),
    enrolledAt: iso(row.enrolled_at),
    revokedAt: iso(row.revoked_at),
    seenAt: iso(row.seen_at),
    program: row.program,
    keepsJournal: row.keeps_journal === 1,
    settledThrough: row.settled_through,
  }
}
