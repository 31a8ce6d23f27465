import type { StationEvent } from '../../../core/events/event.ts'

export interface EventRow {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly station_at: number
  readonly corrected_at: number
  readonly prev_hash: string
  readonly salt: Buffer
  readonly body: string
  readonly sig: Buffer
}

/** For `SELECT`s over `event e`. */
export const EVENT_COLUMNS = 'e.seq, e.id, e.type, e.station_at, e.corrected_at, e.prev_hash, e.salt, e.body, e.sig'

const base64url = (bytes: Buffer) => bytes.toString('base64url')

/** A row as it goes over the wire. Throws for a row that no journal of ours wrote: a damaged one. */
export function sealedEvent(row: EventRow): StationEvent {
  return {
    seq: row.seq,
    prevHash: row.prev_hash,
    salt: base64url(row.salt),
    sig: base64url(row.sig),
    type: row.type,
    id: row.id,
    stationAt: new Date(row.station_at).toISOString(),
    correctedAt: new Date(row.corrected_at).toISOString(),
    body: JSON.parse(row.body) as Record<string, unknown>,
  }
}
