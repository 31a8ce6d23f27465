import type { Database } from 'better-sqlite3'
import type { JournalRows, KeptEvent, StationEvents } from '../deciding/eventRows.ts'

interface Row {
  readonly seq: number
  readonly hash: Uint8Array
  readonly prev_hash: Uint8Array | null
  readonly result: string
}

const kept = ({ hash, prev_hash: prevHash, result }: Row): KeptEvent => ({ hash, prevHash, result })

/**
 * Journals as they have arrived. The newest event of a station is read once and then known: what arrives is nearly always
 * what comes after it.
 */
export function journalRows(db: Database): JournalRows {
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

  const setAside = db.prepare<unknown[]>(
    `INSERT INTO quarantine (station_id, digest, seq, event_id, reason, received_at, event, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )

  const of = (stationId: string): StationEvents => {
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

  return {
    of,
    setAside: ({ stationId, digest, seq, id, reason, redacted, result, at }) =>
      void setAside.run(stationId, digest, seq, id, reason, at, redacted, JSON.stringify(result)),
  }
}
