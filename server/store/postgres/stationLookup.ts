import { StationRole, StationSettings } from '../../../core/contract/stations.ts'
import { Store } from '../../../core/objective.ts'
import type { CouponStore, StationRecord, StoreRecord } from '../couponStore.ts'
import { settingsUnder } from '../rows/stationSettings.ts'
import type { Desk } from './desk.ts'

interface Row {
  readonly station_id: string
  readonly name: string
  readonly role: string
  readonly state: StationRecord['state']
  readonly public_key: Uint8Array | null
  readonly revoked_at: number | null
  readonly store_id: string
  readonly store: string
  readonly settings: string
  readonly accepts_raw_media: number
  readonly change_seq: number
  readonly difference: string | null
  readonly is_next: number
}

/** Who has a token: every request of a station begins with this, so it is one question. */
export function stationLookup(desk: Desk): CouponStore['stationByToken'] {
  // Only a store that has changed is parsed again.
  const parsed = new Map<string, { readonly changeSeq: number; readonly record: StoreRecord }>()
  const storeOf = (row: Row): StoreRecord => {
    const known = parsed.get(row.store_id)
    if (known?.changeSeq === row.change_seq) return known.record
    const record = {
      store: Store.parse(JSON.parse(row.store)),
      settings: StationSettings.parse(JSON.parse(row.settings)),
      acceptsRawMedia: row.accepts_raw_media === 1,
    }
    parsed.set(row.store_id, { changeSeq: row.change_seq, record })
    return record
  }

  return async (tokenHash) => {
    const row = await desk.one<Row>(
      `SELECT s.station_id, s.name, s.role, s.state, s.public_key, s.revoked_at, s.store_id, t.store, t.settings,
         t.accepts_raw_media, t.change_seq, s.difference, s.token_hash IS DISTINCT FROM $1 AS is_next
       FROM stations s JOIN stores t USING (store_id) WHERE s.token_hash = $1 OR s.next_token_hash = $1`,
      [tokenHash],
    )
    if (!row) return null
    // It uses what it was given in exchange for the first time: the old one ends.
    if (row.is_next === 1) {
      const promote =
        'UPDATE stations SET token_hash = next_token_hash, next_token_hash = NULL WHERE next_token_hash = $1'
      await desk.run(promote, [tokenHash])
    }
    const place = storeOf(row)
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
}
