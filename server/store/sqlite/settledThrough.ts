import type { Database } from 'better-sqlite3'

export interface SettledThrough {
  /** Moves a station's mark over every event that follows it without a hole. Call after its events were kept; `answered`: their numbers. */
  advance(stationId: string, answered: ReadonlySet<number>): void
  /** Every event of the station up to here has been answered for; 0: not even the first. */
  of(stationId: string): number
}

/** How far a station's journal has been answered for: settled, or quarantined, which a person settles. */
export function settledThrough(db: Database): SettledThrough {
  const read = db.prepare<[string], number>('SELECT settled_through FROM stations WHERE station_id = ?').pluck()
  const write = db.prepare<[number, string]>('UPDATE stations SET settled_through = ? WHERE station_id = ?')
  const isAnswered = db
    .prepare<[string, number, string, number], number>(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM events WHERE station_id = ? AND seq = ?)
         OR EXISTS (SELECT 1 FROM quarantine WHERE station_id = ? AND seq = ?)`,
    )
    .pluck()
  const of: SettledThrough['of'] = (stationId) => read.get(stationId) ?? 0
  return {
    of,
    advance(stationId, answered) {
      const start = of(stationId)
      let through = start
      while (answered.has(through + 1) || isAnswered.get(stationId, through + 1, stationId, through + 1)) through += 1
      if (through !== start) write.run(through, stationId)
    },
  }
}
