import type { JournalRows, KeptEvent, ReadEvent } from '../deciding/eventRows.ts'
import type { SettledRows } from '../deciding/settledThrough.ts'
import type { Call, Row, Statement } from './connection.ts'
import { put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

/** How far beyond a station's mark the working set looks for events that were answered. */
const AHEAD = 2_000

const LOAD: Statement = {
  name: 'load_journals',
  text: `SELECT json_agg(json_build_array(s.station_id, s.settled_through,
      (SELECT max(e.seq) FROM events AS e WHERE e.station_id = s.station_id),
      (SELECT json_agg(json_build_array(e.seq, encode(e.hash, 'hex'), encode(e.prev_hash, 'hex'), e.result))
       FROM unnest($2::BIGINT[]) AS n (seq) JOIN events AS e ON e.station_id = s.station_id AND e.seq = n.seq),
      (SELECT json_agg(seq) FROM (
         SELECT e.seq FROM events AS e
         WHERE e.station_id = s.station_id AND e.seq > s.settled_through AND e.seq <= s.settled_through + ${AHEAD}
         UNION SELECT q.seq FROM quarantine AS q
         WHERE q.station_id = s.station_id AND q.seq > s.settled_through AND q.seq <= s.settled_through + ${AHEAD}) AS ahead)))
    FROM stations AS s WHERE s.station_id = ANY ($1::TEXT[])`,
}

type EventColumns = readonly [number, string, string | null, string]
type StationColumns = readonly [string, number, number | null, readonly EventColumns[] | null, readonly number[] | null]
export type JournalsLoaded = readonly [readonly StationColumns[] | null]
export const NO_JOURNALS: JournalsLoaded = [null]

/** Loads stations' marks and what is asked of their journals; null when none is wanted. */
export function loadJournals({ stations, seqs }: Wants): Call | null {
  return stations.size === 0 ? null : { statement: LOAD, values: [[...stations], [...seqs]] }
}

const EVENTS: Statement = {
  name: 'new_events',
  text: `INSERT INTO events (station_id, seq, event_id, type, hash, prev_hash, station_at, corrected_at, received_at, event, result)
    SELECT * FROM unnest($1::TEXT[], $2::BIGINT[], $3::TEXT[], $4::TEXT[], $5::BYTEA[], $6::BYTEA[], $7::BIGINT[],
      $8::BIGINT[], $9::BIGINT[], $10::TEXT[], $11::TEXT[])`,
}
const ANEW: Statement = {
  name: 'answered_anew',
  text: `UPDATE events AS e SET result = x.result FROM unnest($1::TEXT[], $2::BIGINT[], $3::TEXT[]) AS x (station_id, seq, result)
    WHERE e.station_id = x.station_id AND e.seq = x.seq`,
}
const SET_ASIDE: Statement = {
  name: 'set_aside',
  text: `INSERT INTO quarantine (station_id, digest, seq, event_id, reason, received_at, event, result)
    SELECT * FROM unnest($1::TEXT[], $2::BYTEA[], $3::BIGINT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[], $7::TEXT[], $8::TEXT[])
    ON CONFLICT DO NOTHING`,
}
const THROUGH: Statement = {
  name: 'settled_through',
  text: `UPDATE stations AS s SET settled_through = x.through FROM unnest($1::TEXT[], $2::BIGINT[]) AS x (station_id, through)
    WHERE s.station_id = x.station_id`,
}

interface Station {
  readonly through: number
  newest: number
  readonly events: Map<number, KeptEvent>
  readonly answered: Set<number>
}

export interface JournalSet {
  readonly journals: JournalRows
  readonly settled: SettledRows
  /** Whether there is such a station. */
  isStation(stationId: string): boolean
  writes(): readonly Call[]
}

/** Stations' journals as far as they have arrived, in memory for one transaction. */
export function journalSet(wants: Wants, [loaded]: JournalsLoaded): JournalSet {
  const stations = new Map<string, Station>()
  for (const [stationId, through, newest, events, answered] of loaded ?? []) {
    stations.set(stationId, {
      through,
      newest: newest ?? 0,
      events: new Map(
        events?.map(([seq, hash, prev, result]) => [
          seq,
          { hash: Buffer.from(hash, 'hex'), prevHash: prev === null ? null : Buffer.from(prev, 'hex'), result },
        ]),
      ),
      answered: new Set(answered),
    })
  }
  const find = (stationId: string): Station | undefined => {
    if (!wants.stations.has(stationId)) throw new Missing('stations', stationId)
    return stations.get(stationId)
  }
  const fresh = new Map<string, { readonly event: ReadEvent; readonly at: number }>()
  const anew = new Map<string, Row>()
  const aside: Row[] = []
  const marks = new Map<string, number>()

  return {
    isStation: (stationId) => find(stationId) !== undefined,
    journals: {
      of(stationId) {
        const station = find(stationId)
        const name = (seq: number) => `${seq} ${stationId}`
        return {
          at(seq) {
            if (!station || seq > station.newest || seq < 1) return undefined
            const event = station.events.get(seq)
            if (!event && !wants.seqs.has(seq)) throw new Missing('seqs', seq)
            return event
          },
          insert(event, answer, at) {
            const { seq, hash, prevHash } = event
            station?.events.set(seq, { hash, prevHash, result: JSON.stringify(answer) })
            if (station) station.newest = Math.max(station.newest, seq)
            fresh.set(name(seq), { event, at })
          },
          answerAnew(seq, answer) {
            const result = JSON.stringify(answer)
            const before = station?.events.get(seq)
            if (before) station?.events.set(seq, { ...before, result })
            if (!fresh.has(name(seq))) anew.set(name(seq), [stationId, seq, result])
          },
        }
      },
      setAside({ stationId, digest, seq, id, reason, redacted, result, at }) {
        if (seq !== null) find(stationId)?.answered.add(seq)
        aside.push([stationId, digest, seq, id, reason, at, redacted, JSON.stringify(result)])
      },
    },
    settled: {
      read: (stationId) => marks.get(stationId) ?? find(stationId)?.through ?? null,
      write: (stationId, through) => void marks.set(stationId, through),
      isAnswered(stationId, seq) {
        const station = find(stationId)
        if (!station) return false
        // Events beyond what was looked at are looked at the next time: the mark never skips one.
        return station.answered.has(seq) || fresh.has(`${seq} ${stationId}`)
      },
    },
    writes() {
      const rows = [...fresh].map(([name, { event, at }]): Row => {
        const stationId = name.slice(name.indexOf(' ') + 1)
        const { seq, id, type, hash, prevHash, stationAt, decidedAt, redacted } = event
        const result = stations.get(stationId)?.events.get(seq)?.result ?? ''
        return [stationId, seq, id, type, hash, prevHash, stationAt, decidedAt, at, redacted, result]
      })
      return [
        ...put(EVENTS, rows),
        ...put(ANEW, [...anew.values()]),
        ...put(SET_ASIDE, aside),
        ...put(THROUGH, [...marks]),
      ]
    },
  }
}
