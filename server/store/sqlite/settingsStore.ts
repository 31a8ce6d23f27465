import type { Database } from 'better-sqlite3'
import type { AuditDetails } from '../../../core/contract/audit.ts'
import {
  type CounterSettings,
  changedSettings,
  notTheirs,
  SETTING_NAMES,
  type SomeValues,
  StationDifference,
  settingsAt,
} from '../../../core/contract/counterSettings.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { accepted, refused } from '../../../core/outcome.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { SettingsStore } from '../settingsCommands.ts'
import type { Runs } from './runs.ts'
import type { Stations } from './stations.ts'

interface StationRow {
  readonly station_id: string
  readonly name: string
  readonly difference: string | null
  readonly has_version: string | null
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The part of a coupon store that knows the settings of counters, version by version. */
export function settingsStore(
  db: Database,
  { write, read }: Runs,
  stations: Stations,
  audit: AuditTrail,
): SettingsStore {
  const storeRow = db.prepare<[string], string>('SELECT settings FROM stores WHERE store_id = ?').pluck()
  const atStore = db.prepare<[string], StationRow>(
    `SELECT s.station_id, s.name, s.difference, seen.settings AS has_version FROM stations s
     LEFT JOIN station_seen seen USING (station_id)
     WHERE s.store_id = ? AND s.state <> 'revoked' AND s.role = 'counter' ORDER BY s.name, s.station_id`,
  )
  const differenceOf = db
    .prepare<[string], string>("SELECT coalesce(difference, '{}') FROM stations WHERE station_id = ?")
    .pluck()
  const keep = db.prepare<[string, string, number, string, string, number]>(
    'INSERT INTO settings_versions (scope, subject_id, version, document, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const setBy = db.prepare<[string, string, number], { name: string | null; set_at: number }>(
    `SELECT o.name, v.set_at FROM settings_versions v LEFT JOIN operators o ON o.operator_id = v.set_by
     WHERE v.scope = ? AND v.subject_id = ? AND v.version = ?`,
  )
  const changed = (scope: string, id: string, version: number) => {
    const row = setBy.get(scope, id, version)
    return { by: row?.name ?? null, at: row ? new Date(row.set_at).toISOString() : null }
  }
  const ofStore = (storeId: string): CounterSettings | null => {
    const settings = storeRow.get(storeId)
    return settings === undefined ? null : StationSettings.parse(JSON.parse(settings)).counter
  }
  const differenceAt = (stationId: string) => StationDifference.parse(JSON.parse(differenceOf.get(stationId) ?? '{}'))

  return {
    counterSettings: (storeId) =>
      read(() => {
        const counter = ofStore(storeId)
        if (!counter) return null
        const { values, fixed } = counter
        const version = Number(counter.version)
        return {
          storeId,
          version,
          values,
          fixed: SETTING_NAMES.filter((name) => fixed.includes(name)),
          ...changed('store', storeId, version),
          stations: atStore.all(storeId).map((row) => {
            const difference = StationDifference.parse(JSON.parse(row.difference ?? '{}'))
            return {
              stationId: row.station_id,
              name: row.name,
              difference,
              ...changed('station', row.station_id, difference.version),
              version: settingsAt(counter, difference).version,
              hasVersion: row.has_version,
            }
          }),
        }
      }),

    setStoreSettings: async ({ storeId, basedOn, values, fixed, by, now }) =>
      write(now, (unit) => {
        const record = stations.store(storeId)
        if (!record) return refused({ problem: 'unknown' })
        const before = record.settings.counter
        if (same([before.values, before.fixed], [values, fixed])) return accepted({ storeId })
        if (Number(before.version) !== basedOn) return refused({ problem: 'changed' })
        const counter = { version: String(basedOn + 1), values, fixed: [...fixed] }
        stations.putStore(unit, { ...record, settings: { ...record.settings, counter } })
        keep.run('store', storeId, basedOn + 1, JSON.stringify({ values, fixed }), by.id, now)
        const details = { ...detailsOf(before.values, values), version: basedOn + 1, fixed: fixed.join(' ') }
        audit.append(unit, { actor: by, action: 'settings.store', subject: { kind: 'store', id: storeId }, details })
        return accepted({ storeId })
      }),

    setStationSettings: async ({ stationId, role, ofStore: scope, basedOn, values, marks, by, now }) =>
      write(now, (unit) => {
        const station = stations.byId(stationId)
        if (!station || station.state === 'revoked') return refused({ problem: 'unknown' })
        const { storeId } = station.store
        if (scope !== null && scope !== storeId) return refused({ problem: 'unknown' })
        const counter = ofStore(storeId)
        if (!counter) return refused({ problem: 'unknown' })
        const before = differenceAt(stationId)
        if (same([before.values, before.marks], [values, marks])) return accepted({ storeId })
        if (before.version !== basedOn) return refused({ problem: 'changed' })
        const names = notTheirs(role, counter, before, { values, marks })
        if (names.length > 0) return refused({ problem: 'fixed', names })
        const version = basedOn + 1
        stations.putDifference(unit, stationId, { version, values, marks })
        keep.run('station', stationId, version, JSON.stringify({ values, marks }), by.id, now)
        const marked = SETTING_NAMES.flatMap((name) => (marks[name] ? [`${name}:${marks[name]}`] : []))
        const details = { ...detailsOf(before.values, values), version, marks: marked.join(' ') }
        const subject = { kind: 'station', id: stationId }
        audit.append(unit, { actor: by, action: 'settings.station', subject, details })
        return accepted({ storeId })
      }),
  }
}

/** Each setting that has another value, as JSON; null: as in the store again. */
function detailsOf(before: SomeValues, after: SomeValues): AuditDetails {
  const changes = changedSettings(before, after).map((name) => [name, JSON.stringify(after[name]) ?? null])
  return Object.fromEntries(changes)
}
