import type { Database } from 'better-sqlite3'
import type { EventResult } from '../../../core/events/event.ts'
import type { ArrivedEvent } from '../../events/arrivedEvent.ts'

type ReadEvent = Extract<ArrivedEvent, { kind: 'read' }>

export interface KeptEvent {
  readonly hash: Uint8Array
  /** null: from a station that keeps no chain. */
  readonly prevHash: Uint8Array | null
  /** JSON of an `EventResult`. */
  readonly result: string
}

/** One station's journal as far as it has arrived, inside one transaction that nobody else writes in. */
export interface StationEvents {
  at(seq: number): KeptEvent | undefined
  /** Keeps an event with what it was answered at `now`, epoch milliseconds. */
  insert(event: ReadEvent, result: EventResult, now: number): void
  answerAnew(seq: number, result: EventResult): void
}

interface Row {
  readonly seq: number
  readonly hash: Uint8Array
  readonly prev_hash: Uint8Array | null
  readonly result: string
}

const kept = ({ hash, prev_hash: prevHash, result }: Row): KeptEvent => ({ hash, prevHash, result })

/**
 * Journals as they have arrived. The newest event of a station is read once and then known: what arrives is nearly always
 * what comes after it. Open it anew after a part of the transaction was undone.
 */
export function eventRows(db: Database): (stationId: string) => StationEvents {
  const find = db.prepare<[string, number], Row>(
    'SELECT seq, hash, prev_hash, result FROM events WHERE station_id = ? AND seq = ?',
  )
  const newest = db.prepare<[string], Row>(
    'SELECT seq, hash, prev_hash, result FROM events WHERE station_id = ? ORDER BY seq DESC LIMIT 1',
  )
  const insert = db.prepare<unknown[]>(
    `INSERT INTO events (station_id, seq, event_id, type, hash, prev_hash, station_at, corrected_at, received_at, event, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const answerAnew = db.prepare<[string, string, number]>(
    'UPDATE events SET result = ? WHERE station_id = ? AND seq = ?',
  )

  return (stationId) => {
    let last = newest.get(stationId)
    const at = (seq: number): Row | undefined => {
      if (!last || seq > last.seq) return undefined
      return seq === last.seq ? last : find.get(stationId, seq)
    }
    return {
      at(seq) {
        const row = at(seq)
        return row && kept(row)
      },
      insert(event, answer, now) {
        const { seq, id, type, hash, prevHash, stationAt, decidedAt, redacted } = event
        const result = JSON.stringify(answer)
        insert.run(stationId, seq, id, type, hash, prevHash, stationAt, decidedAt, now, redacted, result)
        if (!last || seq > last.seq) last = { seq, hash, prev_hash: prevHash, result }
      },
      answerAnew(seq, answer) {
        const result = JSON.stringify(answer)
        answerAnew.run(result, stationId, seq)
        if (last?.seq === seq) last = { ...last, result }
      },
    }
  }
}
