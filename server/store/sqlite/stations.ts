import type { Database } from 'better-sqlite3'
import type { StationDifference } from '../../../core/contract/counterSettings.ts'
import { StationRole, StationSettings } from '../../../core/contract/stations.ts'
import { Store } from '../../../core/objective.ts'
import type { AnnounceCommand, CouponStore, InvitedStation, StationRecord, StoreRecord } from '../couponStore.ts'
import type { Unit } from '../deciding/unit.ts'
import { settingsUnder } from '../rows/stationSettings.ts'
import { readOnce } from './readOnce.ts'

export interface Stations {
  byToken(tokenHash: Uint8Array): StationRecord | null
  /** The station that was given this token in exchange and uses it for the first time: the old one ends. */
  promote(tokenHash: Uint8Array): StationRecord | null
  /** Whether a station has been given this token and has not used it. */
  isNext(tokenHash: Uint8Array): boolean
  exchangeToken(stationId: string, nextTokenHash: Uint8Array): boolean
  /** What an API key with a store acts as: it has the key's id and no token of its own. */
  putOfKey(command: { stationId: string; storeId: string; name: string; now: number }): void
  putStore(unit: Unit, store: StoreRecord): void
  /** null: no such store. */
  store(storeId: string): StoreRecord | null
  putDifference(unit: Unit, stationId: string, difference: StationDifference): void
  announce(command: AnnounceCommand): boolean
  enrol(command: Parameters<CouponStore['enrolStation']>[0]): StationRecord | null
  byCode(codeHash: Uint8Array): InvitedStation | null
  putUnsigned(command: Parameters<CouponStore['putUnsignedStation']>[0]): void
  byId(stationId: string): StationRecord | null
  lastEvent(stationId: string): { readonly seq: number; readonly hash: Uint8Array } | null
  revoke(stationId: string, now: number): boolean
}

interface Row {
  readonly station_id: string
  readonly name: string
  readonly role: string
  readonly state: StationRecord['state']
  readonly public_key: Uint8Array | null
  readonly revoked_at: number | null
  readonly store_id: string
  readonly difference: string | null
}

interface StoreRow {
  readonly store: string
  readonly settings: string
  readonly accepts_raw_media: number
}

/** Stations and the stores they stand in. */
export function stations(db: Database): Stations {
  const columns = 'station_id, name, role, state, public_key, store_id, revoked_at, difference'
  const byToken = db.prepare<[Uint8Array], Row>(`SELECT ${columns} FROM stations WHERE token_hash = ?`)
  const nextToken = db.prepare<[Uint8Array], number>('SELECT count(*) FROM stations WHERE next_token_hash = ?').pluck()
  const promote = db.prepare<[Uint8Array]>(
    'UPDATE stations SET token_hash = next_token_hash, next_token_hash = NULL WHERE next_token_hash = ?',
  )
  const exchange = db.prepare<[Uint8Array, string]>(
    "UPDATE stations SET next_token_hash = ? WHERE station_id = ? AND state = 'enrolled'",
  )
  const putOfKey = db.prepare<[string, string, string, number, number]>(
    `INSERT INTO stations (station_id, store_id, name, role, state, announced_at, enrolled_at)
     VALUES (?, ?, ?, 'counter', 'enrolled', ?, ?)`,
  )
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM stations WHERE station_id = ?`)
  const storeChange = db.prepare<[string], number>('SELECT change_seq FROM stores WHERE store_id = ?').pluck()
  const storeById = db.prepare<[string], StoreRow>(
    'SELECT store, settings, accepts_raw_media FROM stores WHERE store_id = ?',
  )
  const putStore = db.prepare<[string, string, string, number, number]>(
    `INSERT INTO stores (store_id, store, settings, accepts_raw_media, change_seq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (store_id) DO UPDATE SET store = excluded.store, settings = excluded.settings,
       accepts_raw_media = excluded.accepts_raw_media, change_seq = excluded.change_seq`,
  )
  const putDifference = db.prepare<[string, number, string]>(
    'UPDATE stations SET difference = ?, difference_seq = ? WHERE station_id = ?',
  )
  const announce = db.prepare<[string, string, string, Uint8Array, number, string, number, string]>(
    `INSERT INTO stations (station_id, store_id, name, role, state, code_hash, code_expires_at, announced_by, announced_at)
     SELECT ?, store_id, ?, ?, 'announced', ?, ?, ?, ? FROM stores WHERE store_id = ?`,
  )
  const enrol = db.prepare<[Uint8Array, Uint8Array, number, Uint8Array, number]>(
    `UPDATE stations SET state = 'enrolled', token_hash = ?, next_token_hash = NULL, public_key = ?, enrolled_at = ?
     WHERE code_hash = ? AND code_expires_at > ? AND state = 'announced'`,
  )
  // Whose answer was lost, or is still on its way: with a token beside the first.
  const enrolAgain = db.prepare<[Uint8Array, Uint8Array, number, Uint8Array]>(
    `UPDATE stations SET next_token_hash = ?
     WHERE code_hash = ? AND code_expires_at > ? AND state = 'enrolled' AND public_key = ?`,
  )
  const byCode = db.prepare<[Uint8Array], Row & { readonly code_expires_at: number }>(
    `SELECT ${columns}, code_expires_at FROM stations WHERE code_hash = ?`,
  )
  const putUnsigned = db.prepare<[string, string, string, string, Uint8Array, number, number]>(
    `INSERT INTO stations (station_id, store_id, name, role, state, token_hash, announced_at, enrolled_at)
     VALUES (?, ?, ?, ?, 'enrolled', ?, ?, ?)
     ON CONFLICT (station_id) DO UPDATE SET token_hash = excluded.token_hash, state = 'enrolled', revoked_at = NULL`,
  )
  const revoke = db.prepare<[number, string]>(
    `UPDATE stations SET state = 'revoked', code_hash = NULL, revoked_at = COALESCE(revoked_at, ?) WHERE station_id = ?`,
  )

  const lastEvent = db.prepare<[string], { seq: number; hash: Uint8Array }>(
    'SELECT seq, hash FROM events WHERE station_id = ? ORDER BY seq DESC LIMIT 1',
  )

  // Every request looks its station up; only a store that has changed is parsed again.
  const parsedStores = new Map<string, { readonly changeSeq: number; readonly record: StoreRecord }>()
  const knownStore = (storeId: string): StoreRecord | null => {
    const changeSeq = storeChange.get(storeId) ?? 0
    const parsed = parsedStores.get(storeId)
    if (parsed?.changeSeq === changeSeq) return parsed.record
    const row = storeById.get(storeId)
    if (!row) return null
    const record: StoreRecord = {
      store: Store.parse(JSON.parse(row.store)),
      settings: StationSettings.parse(JSON.parse(row.settings)),
      acceptsRawMedia: row.accepts_raw_media === 1,
    }
    parsedStores.set(storeId, { changeSeq, record })
    return record
  }

  const storeOf = (storeId: string): StoreRecord => {
    const record = knownStore(storeId)
    if (!record) throw new Error(`a station stands in store ${storeId}, which is not there`)
    return record
  }

  const recordOf = (row: Row | undefined): StationRecord | null => {
    if (!row) return null
    const place = storeOf(row.store_id)
    return {
      ...place,
      settings: settingsUnder(place.settings, row.difference),
      stationId: row.station_id,
      name: row.name,
      role: StationRole.parse(row.role),
      state: row.state,
      publicKey: row.public_key,
      revokedAt: row.revoked_at,
    }
  }
  // Every request asks who sends it. Whatever below writes forgets.
  const known = readOnce<StationRecord>(db, 'stations')
  const findByToken = (tokenHash: Uint8Array) => known.of(tokenHash, () => recordOf(byToken.get(tokenHash)))
  /** A write; how many rows it changed. */
  const change = (write: () => { readonly changes: number }): number => {
    known.forget()
    return write().changes
  }

  return {
    byToken: findByToken,
    isNext: (tokenHash) => nextToken.get(tokenHash) === 1,
    promote: (tokenHash) => (change(() => promote.run(tokenHash)) === 1 ? findByToken(tokenHash) : null),
    exchangeToken: (stationId, nextTokenHash) => change(() => exchange.run(nextTokenHash, stationId)) === 1,
    putOfKey: ({ stationId, storeId, name, now }) =>
      void change(() => putOfKey.run(stationId, storeId, name, now, now)),
    store: knownStore,
    putDifference: (unit, stationId, difference) =>
      void change(() => putDifference.run(JSON.stringify(difference), unit.nextChange(), stationId)),
    byId: (stationId) => recordOf(byId.get(stationId)),
    lastEvent: (stationId) => lastEvent.get(stationId) ?? null,
    putStore: (unit, { store, settings, acceptsRawMedia }) =>
      void change(() =>
        putStore.run(
          store.storeId,
          JSON.stringify(store),
          JSON.stringify(settings),
          Number(acceptsRawMedia),
          unit.nextChange(),
        ),
      ),
    announce: ({ stationId, storeId, name, role, codeHash, codeExpiresAt, announcedBy, now }) =>
      change(() => announce.run(stationId, name, role, codeHash, codeExpiresAt, announcedBy, now, storeId)) === 1,
    enrol({ codeHash, tokenHash, publicKey, isProven, now }) {
      const isNew = change(() => enrol.run(tokenHash, publicKey, now, codeHash, now)) === 1
      const isAgain = !isNew && isProven && change(() => enrolAgain.run(tokenHash, codeHash, now, publicKey)) === 1
      return isNew || isAgain ? recordOf(byCode.get(codeHash)) : null
    },
    byCode(codeHash) {
      const row = byCode.get(codeHash)
      const station = recordOf(row)
      return row && station ? { station, codeExpiresAt: row.code_expires_at } : null
    },
    putUnsigned: ({ stationId, storeId, name, role, tokenHash, now }) =>
      void change(() => putUnsigned.run(stationId, storeId, name, role, tokenHash, now, now)),
    revoke: (stationId, now) => change(() => revoke.run(now, stationId)) === 1,
  }
}
